import type { Change, ChangeDraft, ChangeKind, DeviceId, Instant, Millis } from '../core/index.ts';
import type { Roll } from './roll.ts';

const HOUR: Millis = 3_600_000;
/** More comings and goings than this within an hour are no news any more. */
const MOST = 3;
const TURNS: ReadonlySet<ChangeKind> = new Set(['device.left', 'device.returned']);

/** A device that comes and goes. */
interface Restless {
  /** Moments of its last comings and goings, oldest first: as many as it takes to flap. */
  readonly turns: readonly Instant[];
  /** Since when its comings and goings are held back; null while they are told. */
  readonly heldSince: Instant | null;
  /** How many were held back. */
  readonly held: number;
}

/** Who comes and goes how often. Never edited; a device that was quiet for an hour is not in it. */
export type FlapState = ReadonlyMap<DeviceId, Restless>;
export const NOBODY_FLAPS: FlapState = new Map();

export interface Damped {
  readonly state: FlapState;
  /** What may be told: first who became stable, then the drafts without what is held back, `device.flapping` in the place of the first. */
  readonly drafts: readonly ChangeDraft[];
  readonly held: readonly ChangeDraft[];
}

/**
 * Holds back the comings and goings of devices that flap: more than three within an hour become one `device.flapping`,
 * and an hour without one becomes one `device.stable`. Presence itself is not touched.
 */
export function dampFlapping(asked: {
  readonly state: FlapState;
  readonly drafts: readonly ChangeDraft[];
  readonly at: Instant;
  /** As it is before these drafts: where a device stands that became stable before them. */
  readonly roll: Roll;
}): Damped {
  const settled = settle(asked);
  const state = new Map(settled.state);
  const [told, held]: [ChangeDraft[], ChangeDraft[]] = [[...settled.drafts], []];
  for (const draft of asked.drafts) {
    const news = draft.device !== null && TURNS.has(draft.kind) ? turn(state, draft, asked.at) : draft;
    if (news !== draft) held.push(draft);
    if (news !== null) told.push(news);
  }
  return { state, drafts: told, held };
}

/** Who became stable by time alone: one `device.stable` each, with where it stands. A device that was forgotten is dropped in silence. */
export function settle({
  state,
  at,
  roll,
}: {
  readonly state: FlapState;
  readonly at: Instant;
  readonly roll: Roll;
}): Omit<Damped, 'held'> {
  // A clock that was set back must not keep anybody flapping for ever: its turns then lie ahead.
  const quiet = [...state].filter(([, { turns }]) => Math.abs(at - (turns.at(-1) ?? 0)) >= HOUR);
  if (quiet.length === 0) return { state, drafts: [] };
  const left = new Map(state);
  for (const [id] of quiet) left.delete(id);
  return { state: left, drafts: quiet.flatMap(([id, one]) => (one.heldSince === null ? [] : stable(id, one, { roll, at }))) };
}

/** What is told instead of a coming or going: itself, that it flaps now, or nothing. */
function turn(state: Map<DeviceId, Restless>, draft: ChangeDraft, at: Instant): ChangeDraft | null {
  const id = draft.device as DeviceId;
  const known = state.get(id) ?? { turns: [], heldSince: null, held: 0 };
  const turns = [...known.turns, at].filter((one) => Math.abs(at - one) < HOUR).slice(-(MOST + 1));
  if (known.heldSince === null && turns.length <= MOST) {
    state.set(id, { ...known, turns });
    return draft;
  }
  state.set(id, { turns, heldSince: known.heldSince ?? at, held: known.held + 1 });
  return known.heldSince === null ? flapping(draft, turns.length) : null;
}

function flapping({ device, before, after }: ChangeDraft, turns: number): ChangeDraft {
  const text = `came and went ${turns} times within an hour; its comings and goings are held back until it has been stable for an hour`;
  return { kind: 'device.flapping', device, before, after: { ...after, turns, text } };
}

function stable(
  id: DeviceId,
  { heldSince, held, turns }: Restless,
  { roll, at }: { readonly roll: Roll; readonly at: Instant },
): ChangeDraft[] {
  const device = roll.devices.get(id);
  if (device === undefined) return [];
  const { presence, addresses } = device;
  const minutes = Math.round((at - (turns.at(-1) ?? at)) / 60_000);
  const text = `stable for ${minutes} minutes: ${presence}; ${held} comings and goings were held back`;
  const since = new Date(heldSince ?? at).toISOString();
  const after = { presence, addresses: addresses.map(({ address }) => address), held, since, text };
  return [{ kind: 'device.stable', device: id, before: null, after }];
}

/**
 * The state as it follows from past changes, oldest first: those of the last hour, and every `device.flapping` with no
 * `device.stable` after it. Who still flapped is held back for an hour from now on, since what was held back left no trace.
 */
export function recallFlapping(changes: readonly Pick<Change, 'kind' | 'device' | 'at'>[], now: Instant): FlapState {
  const state = new Map<DeviceId, Restless>();
  for (const change of changes) {
    const known = change.device === null ? undefined : restlessAfter(change, state.get(change.device), now);
    if (change.device === null || known === undefined) continue;
    if (known === null) state.delete(change.device);
    else state.set(change.device, known);
  }
  return state;
}

/** How restless a device is after a change: null for one that is at rest, undefined when the change says nothing of it. */
function restlessAfter({ kind, at }: Pick<Change, 'kind' | 'at'>, before: Restless | undefined, now: Instant): Restless | null | undefined {
  if (kind === 'device.stable' || kind === 'device.forgotten') return null;
  if (kind === 'device.flapping') return { turns: [now], heldSince: at, held: 1 };
  if (!TURNS.has(kind) || Math.abs(now - at) >= HOUR) return undefined;
  return { turns: [...(before?.turns ?? []), at].slice(-(MOST + 1)), heldSince: null, held: 0 };
}
