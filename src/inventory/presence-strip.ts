import type { Instant, Presence } from '../core/index.ts';

/** What a device was in a slot of time; none: nobody knew it yet. */
export type SlotState = Presence | 'none';

/** So many slots in a row of one state. */
export type StripRun = readonly [state: SlotState, slots: number];

export interface StripSlots {
  readonly since: Instant;
  readonly until: Instant;
  readonly slots: number;
}

interface Stretch {
  readonly presence: Presence;
  readonly from: Instant;
  /** null: it lasts. */
  readonly to: Instant | null;
}

const STATES: readonly SlotState[] = ['none', 'unknown', 'away', 'present'];

/** Sessions, oldest first, as slots of one length: each is what the device was for the longest part of it. */
export function stripOf(sessions: readonly Stretch[], { since, until, slots }: StripSlots): readonly StripRun[] {
  const length = (until - since) / slots;
  const runs: [SlotState, number][] = [];
  let at = 0;
  for (let slot = 0; slot < slots; slot++) {
    const [from, to] = [since + slot * length, since + (slot + 1) * length];
    while (at < sessions.length && endOf(sessions[at]) <= from) at++;
    const state = mostOf(sessions, { at, from, to });
    const last = runs.at(-1);
    if (last?.[0] === state) last[1]++;
    else runs.push([state, 1]);
  }
  return runs;
}

const endOf = (session: Stretch | undefined): Instant => session?.to ?? Number.POSITIVE_INFINITY;

/** Of two that are as long presence counts more than absence, and both more than that nobody knows. */
function mostOf(
  sessions: readonly Stretch[],
  { at, from, to }: { readonly at: number; readonly from: Instant; readonly to: Instant },
): SlotState {
  const lengths = { none: to - from, unknown: 0, away: 0, present: 0 };
  for (let i = at; i < sessions.length; i++) {
    const session = sessions[i] as Stretch;
    if (session.from >= to) break;
    const part = Math.min(endOf(session), to) - Math.max(session.from, from);
    lengths[session.presence] += part;
    lengths.none -= part;
  }
  return STATES.reduce((most, state) => (lengths[state] >= lengths[most] ? state : most), 'none');
}
