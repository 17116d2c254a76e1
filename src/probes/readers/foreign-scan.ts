import { type AddressRange, countAddresses, type Instant, type Observation, type ScanReport, type Vantage } from '../../core/index.ts';
import { Answers, judgeScan, rangesOf, type ScanClaims } from '../../nmap-xml/index.ts';

/** What another program's scan says of itself and of what it saw, whatever form it was printed in. */
export interface ForeignScan extends ScanClaims {
  readonly tool: { readonly name: string; readonly version: string };
  /** Its command line, word by word; null when it does not say. */
  readonly command: readonly string[] | null;
  /** null when it does not say. */
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  readonly observations: readonly Observation[];
  readonly vantage: Vantage;
}

export interface ReadOptions {
  readonly covers: readonly AddressRange[] | null;
  readonly now: Instant;
}

/** The report of a foreign scan: judged by the same laws as our own. */
export function reportOf(scan: ForeignScan, options: ReadOptions, raw: Uint8Array | null): ScanReport {
  const finishedAt = Math.min(scan.finishedAt ?? options.now, options.now);
  const answers = new Answers();
  const seen = scan.observations.filter((observation) => answers.add(observation));
  const judgement = judgeScan(scan, answers, options.covers);
  return {
    startedAt: Math.min(scan.startedAt ?? finishedAt, finishedAt),
    finishedAt,
    ...judgement,
    observations: judgement.outcome === 'failed' ? [] : seen.map((observation) => ({ ...observation, seenAt: finishedAt })),
    vantage: scan.vantage,
    tool: scan.tool,
    commands: scan.command === null ? [] : [scan.command],
    asked: scan.asked ?? Number(countAddresses(scan.targets ?? options.covers ?? rangesOf(scan.observations))),
    raw,
  };
}
