import type { Instant, LastLook } from '../../core/index.ts';
import type { KeptRun, State } from './state.ts';

export function readLastLooks(state: State, site: string, at: Instant): readonly LastLook[] {
  return [...state.runs.values()].flatMap((runs) => {
    const run = runs.findLast((entry) => entry.look.site === site && entry.firstEnd <= at && sees(entry));
    if (!run?.look.coverage) return [];
    const { target, subject, plan, coverage } = run.look;
    return [{ target, subject, plan, coverage }];
  });
}

/** Only complete and partial scans covered anything (laws 1 and 2). */
const sees = ({ look: { outcome, coverage } }: KeptRun): boolean => coverage !== null && (outcome === 'complete' || outcome === 'partial');
