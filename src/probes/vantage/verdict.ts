import { type Cause, type Coverage, NO_COVERAGE, type Observation, type Outcome } from '../../core/index.ts';

/** What one look, or a part of it, proves. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly cause: Cause | null;
  readonly coverage: Coverage;
  readonly observations: readonly Observation[];
  readonly warnings: readonly string[];
}

/** A look that proves nothing: no coverage and no observations (law 1). */
export function failed(cause: Cause, warnings: readonly string[] = []): Verdict {
  return { outcome: 'failed', cause, coverage: NO_COVERAGE, observations: [], warnings };
}
