import type { Incident } from '../core/index.ts';
import { isOpen } from './gathering.ts';
import type { Sitting } from './sitting.ts';

/** Takes back what was still to be asked of people about an incident. */
export function withdraw(sitting: Pick<Sitting, 'draft' | 'now'>, { id }: Pick<Incident, 'id'>, because: string): void {
  const { draft, now } = sitting;
  for (const row of draft.rowsOf(id)) {
    const asks = row.kind === 'reminder' || row.kind === 'escalation';
    if (asks && row.state === 'waiting' && isOpen(sitting, row)) draft.putRow({ ...row, state: 'folded', endedAt: now, because });
  }
}
