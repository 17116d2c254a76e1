import type { ChangeKind, Notification, TellLine } from '../core/index.ts';
import { rootOf, subjectOf } from './subjects.ts';

/** What tells of something, as far as it matters what else tells of the same. */
export type Telling = Pick<Notification, 'rule' | 'rules' | 'lines'>;

/** The rules that something is told by. */
export const rulesOf = ({ rule, rules }: Pick<Telling, 'rule' | 'rules'>): readonly string[] => rules ?? (rule === null ? [] : [rule]);

/** What a channel is told of one cause. */
export interface CauseTold {
  /** What it was told within the span of the ceiling, and what waits to be told; by number. */
  readonly told: readonly Notification[];
  /** Whether there is trouble of a network in it. */
  readonly isTrouble: boolean;
}

/** What hangs together: its messages, and what ties others to it. */
interface Cause {
  readonly ids: Set<number>;
  /** Those of them that were told; there are few, however much waits. */
  readonly sent: Set<number>;
  readonly keys: Set<string>;
  /** It has trouble of a network in it, which may be behind everything. */
  isTrouble: boolean;
}

/**
 * Messages of one channel by their cause. Whatever tells by the same rule, of the same device (or person, or group), or of the
 * same look has one, and so has whatever else comes beside trouble of a network; and so on, from one to the next.
 */
export class Causes {
  #all: Cause[] = [];

  constructor(rows: Iterable<Notification>) {
    for (const row of rows) this.add(row);
  }

  /** Takes a message in, or what was added to one. */
  add({ id, state, ...what }: Telling & Pick<Notification, 'id' | 'state'>): void {
    const { keys, isTrouble } = tiesOf(what);
    const sent = state === 'delivered' ? [id] : [];
    const [tied, free] = split(this.#all, (one) => one.ids.has(id) || isTied(one, { keys, isTrouble }));
    const [first = { ids: new Set(), sent: new Set(), keys: new Set(), isTrouble }, ...others] = tied.sort(
      (a, b) => b.keys.size - a.keys.size,
    );
    for (const other of [...others, { ids: [id], sent, keys, isTrouble }]) {
      for (const each of other.ids) first.ids.add(each);
      for (const each of other.sent) first.sent.add(each);
      for (const key of other.keys) first.keys.add(key);
      first.isTrouble ||= other.isTrouble;
    }
    this.#all = [first, ...free];
  }

  /** What has one cause with something, and of that which ids: all, or those that were told. */
  of(what: Telling, which: 'ids' | 'sent'): { readonly ids: readonly number[]; readonly isTrouble: boolean } {
    const ties = tiesOf(what);
    const tied = this.#all.filter((one) => isTied(one, ties));
    return {
      ids: tied.flatMap((one) => [...one[which]]).sort((a, b) => a - b),
      isTrouble: ties.isTrouble || tied.some(({ isTrouble }) => isTrouble),
    };
  }
}

interface Ties {
  readonly keys: ReadonlySet<string>;
  readonly isTrouble: boolean;
}

const isTied = (one: Ties, other: Ties): boolean => one.isTrouble || other.isTrouble || !one.keys.isDisjointFrom(other.keys);

function tiesOf(what: Telling): Ties {
  const keys = new Set(rulesOf(what).map((rule) => `rule ${rule}`));
  for (const line of what.lines) keys.add(`look ${line.at}`).add(subjectIn(line));
  return { keys, isTrouble: what.lines.some(({ kind }) => OF_NETWORK.has(kind)) };
}

const subjectIn = (line: TellLine): string => rootOf(subjectOf({ ...line, device: line.device?.id ?? null }));

function split<T>(all: readonly T[], wanted: (one: T) => boolean): [T[], T[]] {
  const [yes, no]: [T[], T[]] = [[], []];
  for (const one of all) (wanted(one) ? yes : no).push(one);
  return [yes, no];
}

const OF_NETWORK: ReadonlySet<ChangeKind> = new Set([
  'vantage.blind',
  'vantage.restored',
  'vantage.changed',
  'segment.lost',
  'segment.restored',
  'storm.began',
  'storm.ended',
  'address.conflict',
  'gateway.changed',
]);
