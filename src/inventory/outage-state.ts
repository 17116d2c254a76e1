import type { AddressRange, Change, Device, Instant, Json } from '../core/index.ts';
import { isWithin } from '../core/index.ts';
import type { Loss } from './outage-census.ts';
import { AT_REST, type Unrest, unrestFrom } from './outage-unrest.ts';

/** What is remembered of one segment between looks. */
export interface SegmentMemory {
  /** When the last whole look at it began. */
  readonly lookedAt: Instant | null;
  readonly loss: Loss | null;
  /** When its last outage ended: time before does not count as absence. */
  readonly restoredAt: Instant | null;
  /** Whoever was seen last before this moment was given up: they leave one by one. */
  readonly givenUp: Instant | null;
  readonly unrest: Unrest;
}

/** What is remembered of segments, by their target's text. Never edited. */
export type OutageState = ReadonlyMap<string, SegmentMemory>;
export const NO_OUTAGE: OutageState = new Map();
export const NOTHING: SegmentMemory = { lookedAt: null, loss: null, restoredAt: null, givenUp: null, unrest: AT_REST };

/** The state as it follows from past changes, oldest first. */
export function recallOutage(changes: readonly Pick<Change, 'kind' | 'after' | 'at'>[]): OutageState {
  const state = new Map<string, SegmentMemory>();
  for (const change of changes) {
    const target = change.after?.['target'];
    if (typeof target === 'string') state.set(target, recalled(state.get(target) ?? NOTHING, change));
  }
  return state;
}

function recalled(before: SegmentMemory, change: Pick<Change, 'kind' | 'after' | 'at'>): SegmentMemory {
  const { kind, after, at } = change;
  const loss = kind === 'segment.lost' ? lossIn(after, at) : null;
  if (loss) return { ...NOTHING, loss, unrest: unrestFrom(before.unrest, change) };
  if (kind !== 'segment.restored') return before;
  return { ...NOTHING, restoredAt: at, givenUp: momentIn(after?.['givenUp']), unrest: unrestFrom(before.unrest, change) };
}

function lossIn(after: Change['after'], at: Instant): Loss | null {
  const [count, of] = [after?.['lost'], after?.['of']];
  if (typeof count !== 'number' || typeof of !== 'number') return null;
  const cadence = typeof after?.['cadence'] === 'number' ? after['cadence'] : null;
  return { missedAt: momentIn(after?.['since']) ?? at, heardSince: momentIn(after?.['heardSince']), cadence, count, of, told: true };
}

function momentIn(value: Json | undefined): Instant | null {
  const moment = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(moment) ? null : moment;
}

/** The state of a new process: targets were looked at before it began. */
export function lookedAtBefore(state: OutageState, looks: readonly { readonly target: string; readonly at: Instant }[]): OutageState {
  return new Map([...state, ...looks.map(({ target, at }) => [target, lookedAtLast(state.get(target) ?? NOTHING, at)] as const)]);
}

/** Of outages that were held back nobody told when the last one began: whoever missed the last look is still lost, if anybody is. */
function lookedAtLast(memory: SegmentMemory, at: Instant): SegmentMemory {
  const { loss, unrest } = memory;
  const isUntold = loss !== null && unrest.heldSince !== null && at > loss.missedAt;
  return { ...memory, lookedAt: at, loss: isUntold ? { ...loss, missedAt: at } : loss };
}

/** Which segments are lost now, with what was lost: for whoever shows troubles. */
export function lostSegments(state: OutageState): ReadonlyMap<string, Loss> {
  return new Map([...state].flatMap(([target, { loss }]): [string, Loss][] => (loss?.told ? [[target, loss]] : [])));
}

/** Devices that were taken off the roll while they were lost are no longer waited for, nor said to answer again. */
export function withoutForgotten(
  state: OutageState,
  segments: readonly { readonly target: string; readonly ranges: readonly AddressRange[] }[],
  forgotten: readonly Device[],
): OutageState {
  const after = new Map(state);
  for (const { target, ranges } of segments) {
    const memory = state.get(target);
    if (!memory?.loss) continue;
    const { loss } = memory;
    const gone = forgotten.filter((device) => wasLost(device, loss) && device.addresses.some(({ address }) => isWithin(ranges, address)));
    if (gone.length > 0) after.set(target, { ...memory, loss: { ...loss, count: Math.max(0, loss.count - gone.length) } });
  }
  return after;
}

const wasLost = ({ presence, lastSeen }: Device, { missedAt, heardSince }: Loss): boolean =>
  presence !== 'away' && lastSeen < missedAt && lastSeen >= (heardSince ?? 0);
