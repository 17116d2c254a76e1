import {
  type AddressRange,
  type Cause,
  type CauseCode,
  type Coverage,
  countAddresses,
  type Instant,
  mergeRanges,
  NO_COVERAGE,
  type Observation,
  type ScanReport,
  subtractRanges,
  type Vantage,
} from '../../core/index.ts';
import { answered, rangesOf, timeoutText } from '../evidence.ts';
import { coveredAddresses } from './covered-addresses.ts';

/** What another program's scan says of itself and of what it saw, whatever form it was printed in. */
export interface ForeignScan {
  readonly tool: { readonly name: string; readonly version: string };
  /** Its command line, word by word; null when it does not say. */
  readonly command: readonly string[] | null;
  /** Addresses its command line names; null when it does not say, or not clearly. */
  readonly targets: readonly AddressRange[] | null;
  /** null when it does not say. */
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  readonly ending: { readonly kind: 'whole' } | { readonly kind: 'cut' | 'failed'; readonly text: string };
  /** How many addresses it says it asked. */
  readonly asked: number | null;
  /** How many hosts it says it found; fewer read than that means that something was lost. */
  readonly up: number | null;
  /** How many of those were read. */
  readonly read: number;
  /** It only named addresses and asked nobody (nmap -sL). */
  readonly listOnly: boolean;
  /** The scanner's own addresses, when it does not ask itself. */
  readonly unasked: readonly AddressRange[];
  readonly observations: readonly Observation[];
  readonly ports: Coverage['ports'];
  readonly depth: Coverage['depth'];
  readonly vantage: Vantage;
  readonly warnings: readonly string[];
}

export interface ReadOptions {
  readonly covers: readonly AddressRange[] | null;
  readonly now: Instant;
}

/** The report of a foreign scan: judged by the same laws as our own. */
export function reportOf(scan: ForeignScan, options: ReadOptions, raw: Uint8Array | null): ScanReport {
  const finishedAt = Math.min(scan.finishedAt ?? options.now, options.now);
  const observations = scan.observations.filter(answered).map((seen) => ({ ...seen, seenAt: finishedAt }));
  return {
    startedAt: Math.min(scan.startedAt ?? finishedAt, finishedAt),
    finishedAt,
    ...judge(scan, observations, options.covers),
    vantage: scan.vantage,
    tool: scan.tool,
    commands: scan.command === null ? [] : [scan.command],
    asked: scan.asked ?? Number(countAddresses(scan.targets ?? options.covers ?? rangesOf(scan.observations))),
    raw,
  };
}

type Judged = Pick<ScanReport, 'outcome' | 'cause' | 'coverage' | 'observations' | 'warnings'>;

function judge(scan: ForeignScan, observations: readonly Observation[], covers: ReadOptions['covers']): Judged {
  const { ending, warnings } = scan;
  if (ending.kind === 'failed') return nothing(cause('tool-failed', ending.text), warnings);
  const lost = lostCause(scan);
  if (lost !== null)
    return observations.length === 0 ? nothing(lost, warnings) : { ...onlySeen(scan, observations), outcome: 'partial', cause: lost };
  const found = coveredAddresses({ ...scan, covers, observations });
  const silent = rangesOf(scan.observations.filter((seen) => !answered(seen)));
  const addresses = subtractRanges(found.addresses, [...silent, ...scan.unasked]);
  const coverage: Coverage = { addresses, ports: scan.ports, depth: scan.depth, basis: found.basis };
  const late = timeoutText(observations);
  return {
    outcome: late === null ? 'complete' : 'partial',
    cause: late === null ? null : cause('host-timeouts', late),
    coverage,
    observations,
    warnings: found.doubt === null ? warnings : [...warnings, found.doubt],
  };
}

const cause = (code: CauseCode, text: string): Cause => ({ code, text });

function lostCause({ ending, up, read }: ForeignScan): Cause | null {
  if (ending.kind !== 'whole') return cause('cut-off', ending.text);
  return up !== null && read < up ? cause('totals-differ', `it says ${up} hosts are up, but ${read} could be read`) : null;
}

function nothing(why: Cause, warnings: readonly string[]): Judged {
  return { outcome: 'failed', cause: why, coverage: NO_COVERAGE, observations: [], warnings };
}

function onlySeen({ ports, depth, warnings }: ForeignScan, observations: readonly Observation[]): Omit<Judged, 'outcome' | 'cause'> {
  return { coverage: { addresses: mergeRanges(rangesOf(observations)), ports, depth, basis: 'asked' }, observations, warnings };
}
