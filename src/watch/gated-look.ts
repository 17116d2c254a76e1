import type { Scan, ScanReport } from '../core/index.ts';
import type { PresenceRules, Roll } from '../inventory/index.ts';

/** A look on its way to the roll, as the gates see it. */
export interface GatedLook {
  readonly roll: Roll;
  readonly scan: Pick<Scan, 'plan' | 'target' | 'subject'>;
  readonly report: Pick<ScanReport, 'observations' | 'coverage' | 'startedAt'>;
  readonly rules: PresenceRules;
}
