import { type AddressRange, type AddressValue, formatRange, mergeRanges, rangesHold, subtractRanges } from './address.ts';
import type { Observation } from './host.ts';
import type { Depth, PlanName } from './plan.ts';
import { type PortsAsked, portsOfEither } from './ports.ts';
import { parseTarget, type TargetId } from './target.ts';
import type { Instant } from './time.ts';

export type ScanId = number;
export type RunId = number;

/** How a scan ended. Earned by checks before and after, never read off an exit code. */
export type Outcome = 'complete' | 'partial' | 'failed' | 'cancelled';

/** Why a scan is not complete. */
export type CauseCode =
  | 'interface-gone'
  | 'interface-down'
  | 'no-carrier'
  | 'address-lost'
  | 'link-flapped'
  | 'other-route'
  | 'no-route'
  | 'other-network'
  /** The guard expects another gateway, network or public address than we have. */
  | 'wrong-vantage'
  /** Nobody answered what the guard asked, so where we stand is not known. */
  | 'vantage-unproven'
  | 'canary-silent'
  | 'totals-differ'
  | 'killed'
  | 'cut-off'
  | 'unreadable'
  | 'over-budget'
  /** Quiet hours began, and it was stopped for them. */
  | 'quiet-hours'
  | 'tool-missing'
  | 'tool-failed'
  | 'no-privilege'
  | 'not-resolved'
  | 'out-of-scope'
  | 'host-timeouts'
  | 'stopped'
  | 'daemon-died';

export interface Cause {
  readonly code: CauseCode;
  /** One sentence for people: lower case, with the interface, number or signal it is about. */
  readonly text: string;
  /** The device it is about, if it is about one. */
  readonly device?: number;
}

/** What a scan really asked. Only what lies inside can be gone, closed or away. */
export interface Coverage {
  /** Addresses whose presence was asked and whose silence means something. */
  readonly addresses: readonly AddressRange[];
  /** Ports asked of every covered host that answered in time. */
  readonly ports: PortsAsked;
  /** Where hosts were asked different ports: what each lot was asked, all of it. Left out: all were asked the same. */
  readonly apart?: readonly Lot[];
  readonly depth: Depth;
  /** `asked`: we chose the addresses. `inferred`: read off a foreign report that only counts them. */
  readonly basis: 'asked' | 'inferred';
}

/** Addresses of which the same ports are asked: every port of every address. Sorted and disjoint; lots may share addresses. */
export interface Lot {
  readonly addresses: readonly AddressRange[];
  readonly ports: PortsAsked;
}

export const NO_COVERAGE: Coverage = { addresses: [], ports: {}, depth: 'presence', basis: 'asked' };

export function coversAddress(coverage: Coverage, address: AddressValue): boolean {
  return rangesHold(coverage.addresses, address);
}

/** The ports asked at an address that is covered. */
export function portsAskedAt({ ports, apart }: Coverage, address: AddressValue): PortsAsked {
  const lots = apart?.filter(({ addresses }) => rangesHold(addresses, address)) ?? [];
  return lots.length === 0 ? ports : lots.map((lot) => lot.ports).reduce(portsOfEither);
}

/** The same coverage as several, in each of which every address was asked the same ports. */
export function evenly(coverage: Coverage): readonly Coverage[] {
  const { apart, ...even } = coverage;
  if (apart === undefined) return [coverage];
  const lots = apart.map(({ addresses, ports }): Coverage => ({ ...even, addresses: overlap(coverage.addresses, addresses), ports }));
  const rest = subtractRanges(
    coverage.addresses,
    apart.flatMap(({ addresses }) => addresses),
  );
  return [{ ...even, addresses: rest }, ...lots].filter(({ addresses }) => addresses.length > 0);
}

const overlap = (a: readonly AddressRange[], b: readonly AddressRange[]): AddressRange[] => subtractRanges(a, subtractRanges(a, b));

/** Coverage as JSON: ranges as text, since JSON has no big integers. */
export interface CoverageText {
  readonly addresses: readonly string[];
  readonly ports: PortsAsked;
  readonly apart?: readonly { readonly addresses: readonly string[]; readonly ports: PortsAsked }[];
  readonly depth: Depth;
  readonly basis: 'asked' | 'inferred';
}

export function coverageText({ apart, ...coverage }: Coverage): CoverageText {
  const lots = apart?.map(({ addresses, ports }) => ({ addresses: addresses.map(formatRange), ports }));
  return { ...coverage, addresses: coverage.addresses.map(formatRange), ...(lots && { apart: lots }) };
}

export function coverageFromText({ apart, ...text }: CoverageText): Coverage {
  const lots = apart?.map(({ addresses, ports }): Lot => ({ addresses: rangesFromText(addresses), ports }));
  return { ...text, addresses: rangesFromText(text.addresses), ...(lots && { apart: lots }) };
}

function rangesFromText(texts: readonly string[]): AddressRange[] {
  const ranges = texts.flatMap((part) => {
    const target = parseTarget(part);
    return target.ok && target.value.kind === 'ranges' ? target.value.ranges : [];
  });
  return mergeRanges(ranges);
}

/** Where a probe stood and what it could do. */
export interface Vantage {
  /** Interface it looked from; null when several or unknown. */
  readonly iface: string | null;
  /** Raw packets (ARP, SYN) or only connections. */
  readonly privileged: boolean;
}

/** What a prober or a reader brings home: one look at the network, outcome and coverage included. */
export interface ScanReport {
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly outcome: Outcome;
  readonly cause: Cause | null;
  readonly coverage: Coverage;
  readonly vantage: Vantage;
  readonly tool: { readonly name: string; readonly version: string };
  /** The exact commands, argument by argument; one per process. */
  readonly commands: readonly (readonly string[])[];
  readonly observations: readonly Observation[];
  /** Addresses asked, up or not. */
  readonly asked: number;
  readonly warnings: readonly string[];
  /** Packets that left by the interface meanwhile, whoever sent them; left out: nobody counted. */
  readonly sent?: number;
  /** The tool's own output, zstd-compressed; null when there is none to keep. */
  readonly raw: Uint8Array | null;
}

/** A scan as the store keeps it. */
export interface Scan {
  readonly id: ScanId;
  readonly site: string;
  /** null for a scan by hand and for ingested files. */
  readonly target: TargetId | null;
  /** What was asked for, in words: the target's text, or the file's name. */
  readonly subject: string;
  /** What made it: a plan, a report that was brought, what was overheard, a person's word, or other programs' records. */
  readonly plan: PlanName | 'ingest' | 'listen' | 'edit' | 'import';
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly outcome: Outcome | 'running';
  readonly cause: Cause | null;
  readonly coverage: Coverage | null;
  readonly vantage: Vantage | null;
  readonly tool: { readonly name: string; readonly version: string } | null;
  readonly commands: readonly (readonly string[])[];
  readonly asked: number;
  readonly up: number;
  /** How many changes it made. */
  readonly changes: number;
  /** The run of like scans it belongs to; null while running. */
  readonly run: RunId | null;
}

/** Consecutive scans of one subject and plan that ended alike: first, last and count outlive the single rows. */
export interface Run {
  readonly id: RunId;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly count: number;
}
