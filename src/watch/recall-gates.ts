import type { ChangeKind, Instant, Store } from '../core/index.ts';
import { CONFLICT_KINDS, conflictsTold, recallFlapping, recallOutage, recallProposals, stormFrom } from '../inventory/index.ts';
import type { GateState } from './gates.ts';
import { NO_DOUBTS } from './standing.ts';
import { textIn } from './vigil.ts';

/** Changes that say how the gates stood; those that may be many, or made many by somebody, must not push the others out. */
const RECALLED: readonly (readonly ChangeKind[])[] = [
  ['segment.lost', 'segment.restored', 'storm.began', 'storm.ended'],
  CONFLICT_KINDS,
  ['merge.proposed'],
  ['device.left', 'device.returned', 'device.flapping', 'device.stable', 'device.forgotten'],
];
/** Changes of either sort that are looked through for what was under way when the last process ended. */
const MOST_RECALLED = 2000;

/** The gates as they stood when the last process ended, from the newest changes that say so. */
export async function recallGates(store: Pick<Store, 'changes'>, now: Instant): Promise<GateState> {
  const told = await Promise.all(RECALLED.map((kinds) => store.changes({ kinds, newestFirst: true, limit: MOST_RECALLED })));
  const changes = told.flat().sort((a, b) => a.seq - b.seq);
  const networks = new Set(changes.flatMap(({ kind, after }) => (kind.startsWith('storm.') ? [textIn(after?.['where'])] : [])));
  return {
    outage: recallOutage(changes),
    flapping: recallFlapping(changes, now),
    conflicts: conflictsTold(changes),
    storms: new Map([...networks].map((where) => [where, stormFrom(changes, where)])),
    doubts: NO_DOUBTS,
    proposed: recallProposals(changes),
  };
}
