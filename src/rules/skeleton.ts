import {
  type Change,
  type Delivery,
  Fault,
  type IncidentId,
  type Instant,
  type Message,
  type Notification,
  type Rule,
  type TellDevice,
  type TellLine,
} from '../core/index.ts';
import type { Desk, Step } from './desk.ts';
import type { Happening, Terms } from './terms.ts';

export interface Judging {
  /** In order, without a gap, and the first follows what was judged last. */
  readonly happenings: readonly Happening[];
  readonly terms: Terms;
  readonly now: Instant;
}

export interface Beat {
  readonly terms: Terms;
  readonly now: Instant;
}

export interface Settlement {
  readonly id: number;
  /**
   * What was sent, as {@link nextTo} gave it: the desk may have put more into it while it was on its way, which is told by
   * another one then. Left out: nothing was.
   */
  readonly sent?: Notification;
  readonly delivery: Delivery;
  readonly terms: Terms;
  readonly now: Instant;
  /** From 0 up to 1: spreads what is tried again. */
  readonly dice: number;
}

export interface Acknowledgement {
  readonly ids: readonly IncidentId[] | 'open';
  readonly by: string | null;
  readonly now: Instant;
}

export interface Resending {
  /** Dead ones, as the store has them. */
  readonly notifications: readonly Notification[];
  readonly now: Instant;
}

export interface Telling {
  readonly change: Change;
  readonly device: TellDevice | null;
  /** What the device is called now. */
  readonly name: string | null;
  /** How moments are written; left out: UTC. */
  readonly time?: (at: Instant) => string;
}

const planned = (): never => {
  throw new Fault('unavailable', 'judging: this part is being written');
};

export const judge = (_desk: Desk, _judging: Judging): Step => planned();
export const beat = (_desk: Desk, _beat: Beat): Step => planned();
/** What to send to a channel now; null: nothing. */
export const nextTo = (_desk: Desk, _channel: string, _now: Instant): Notification | null => planned();
/** When {@link beat} or {@link nextTo} has something to do without anything happening. `busy`: channels that are being told something. */
export const wakeAt = (_desk: Desk, _busy?: ReadonlySet<string>): Instant | null => planned();
export const settle = (_desk: Desk, _settlement: Settlement): Step => planned();
export const acknowledge = (_desk: Desk, _acknowledgement: Acknowledgement): Step => planned();
export const resend = (_desk: Desk, _resending: Resending): Step => planned();
/** The time is written as UTC, or as the formatter says. */
export const messageOf = (_desk: Desk, _notification: Notification, _time?: (at: Instant) => string): Message => planned();
export const subjectOf = (_change: Pick<Change, 'kind' | 'device' | 'before' | 'after'>): string => planned();
export const tellLine = (_telling: Telling): TellLine => planned();
export const USUAL_RULES: readonly Rule[] = [];
