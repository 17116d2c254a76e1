import type { CauseCode, ChangeDraft, ScanReport, Target } from '../core/index.ts';

/** Causes that say something about how the scan was ended or who was slow, not about our eyes. */
const NOT_OUR_EYES: ReadonlySet<CauseCode> = new Set(['stopped', 'daemon-died', 'host-timeouts']);

/** What a watched target's scan says about the vantage, given whether it was blind before: nothing unless that changed. */
export function judgeVantage(target: Target, report: Pick<ScanReport, 'outcome' | 'cause'>, wasBlind: boolean): ChangeDraft[] {
  if (report.outcome === 'cancelled' || (report.cause && NOT_OUR_EYES.has(report.cause.code))) return [];
  const blind = report.outcome === 'failed';
  if (blind === wasBlind) return [];
  const side = { target: target.spec.text, cause: report.cause ? { ...report.cause } : null };
  return [{ kind: blind ? 'vantage.blind' : 'vantage.restored', device: null, before: null, after: side }];
}
