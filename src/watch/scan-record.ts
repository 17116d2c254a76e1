import { type Instant, NO_COVERAGE, type Scan, type ScanReport, untrusted } from '../core/index.ts';

/** A scan as it is begun in the store. */
type Begun = Omit<Scan, 'id' | 'run' | 'changes'>;

/** The scan as its report ended it. */
export function finishedScan(begun: Scan, report: ScanReport): Scan & { finishedAt: Instant } {
  const { finishedAt, outcome, cause, coverage, vantage, tool, commands, asked } = report;
  const startedAt = Math.min(report.startedAt, finishedAt);
  return { ...begun, startedAt, finishedAt, outcome, cause, coverage, vantage, tool, commands, asked, up: hostsUp(report) };
}

/** Whoever is asked different ports by several runs answers each of them. */
const hostsUp = ({ observations }: ScanReport): number => new Set(observations.map(({ address, mac }) => `${address} ${mac}`)).size;

/** What was heard on a wire: a scan that asked nobody. */
export function heardScan(site: string, subject: string, report: ScanReport): Begun {
  const { startedAt, cause, coverage, vantage, tool, commands, asked } = report;
  const told = { cause, coverage, vantage, tool, commands, asked };
  return { site, target: null, subject, plan: 'listen', startedAt, finishedAt: null, up: 0, outcome: 'running', ...told };
}

/** Other programs' records, taken in at once: a sighting of nobody. */
export function importScan(site: string, subject: string, { at, up }: { at: Instant; up: number }): Begun & { finishedAt: Instant } {
  return { ...wordScan(site, subject, at), plan: 'import', up };
}

/** A scan that somebody made long ago: kept for what it covered. */
export function lookScan(site: string, report: ScanReport): Begun & { finishedAt: Instant } {
  const { startedAt, finishedAt, outcome, cause, coverage, vantage, tool, commands, asked, observations } = report;
  const told = { startedAt, finishedAt, outcome, cause, coverage, vantage, tool, commands, asked, up: observations.length };
  return { site, target: null, subject: subjectOf(report), plan: 'import', ...told };
}

/** What was run, but for where it was written: each night's scan is one of the same subject. */
function subjectOf({ commands: [words = []] }: ScanReport): string {
  const kept = words.filter((word, i) => !isOutput(word) && !isOutput(words[i - 1] ?? ''));
  return untrusted(kept.join(' '), 200) || 'nmap XML';
}

const isOutput = (word: string): boolean => /^-o[XNGAS]$/.test(word);

/** A person's word: written like a scan (law 4), and a sighting of nobody. */
export function wordScan(site: string, subject: string, at: Instant): Begun & { finishedAt: Instant } {
  const nothing = { cause: null, coverage: NO_COVERAGE, vantage: null, tool: null, commands: [], asked: 0, up: 0 } as const;
  return { site, subject, target: null, plan: 'edit', startedAt: at, finishedAt: at, outcome: 'complete', ...nothing };
}
