import type { CauseCode, ChangeDraft, ScanReport, Target } from '../core/index.ts';

/** Causes that say something about where we stand, not about who is there. */
const NOT_OUR_EYES: ReadonlySet<CauseCode> = new Set(['stopped', 'daemon-died', 'host-timeouts']);

/** What a watched target's scan says about the vantage, given whether it was blind before. */
export function judgeVantage(
  target: Target,
  report: Pick<ScanReport, 'outcome' | 'cause'>,
  wasBlind: boolean,
): { blind: boolean; changes: ChangeDraft[] } {
  if (report.outcome === 'cancelled' || (report.cause && NOT_OUR_EYES.has(report.cause.code))) return { blind: wasBlind, changes: [] };
  const blind = report.outcome === 'failed';
  if (blind === wasBlind) return { blind, changes: [] };
  const side = { target: target.spec.text, cause: report.cause ? { ...report.cause } : null };
  const kind = blind ? 'vantage.blind' : 'vantage.restored';
  return { blind, changes: [{ kind, device: null, before: null, after: side }] };
}
