import { Fault, type Instant } from '../../../core/index.ts';
import { type ForeignScan, reportOf } from '../foreign-scan.ts';
import { createXmlReport } from '../nmap-xml-report.ts';
import { timeText, Unusable } from './draft.ts';
import type { FileReader, FileScene } from './file-reader.ts';
import { CLOCK_SKEW, OLDEST } from './limits.ts';

/** Reads a scan that somebody kept as nmap's XML, dated by what it says itself. */
export function createPastScan({ name, options, draft }: FileScene): FileReader {
  const reader = createXmlReport();
  return {
    write: (chunk) => orUnusable(() => reader.write(chunk)),
    end() {
      const scan = orUnusable(() => reader.end());
      const report = reportOf({ ...scan, finishedAt: madeAt(scan, options.now) }, { covers: options.covers, now: options.now }, null);
      if (report.outcome === 'failed') throw new Unusable(report.cause?.text ?? 'its scan failed');
      if (report.outcome !== 'complete')
        draft.refuse(name, null, `${report.cause?.text ?? 'it is not whole'}; the hosts read before count`);
      const { startedAt, finishedAt } = report;
      const rows = report.observations.length;
      return { format: 'nmap', rows, firstAt: startedAt, lastAt: finishedAt, notes: [], look: report };
    },
  };
}

function madeAt({ startedAt, finishedAt }: ForeignScan, now: Instant): Instant {
  const at = finishedAt ?? startedAt;
  if (at === null) throw new Unusable('it does not say when it was made');
  if (at < OLDEST || at > now + CLOCK_SKEW) throw new Unusable(`it was made at ${timeText(at)}, which cannot be`);
  return at;
}

function orUnusable<T>(work: () => T): T {
  try {
    return work();
  } catch (failure) {
    if (failure instanceof Fault) throw new Unusable(failure.message);
    throw failure;
  }
}
