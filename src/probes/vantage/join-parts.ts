import {
  type AddressRange,
  type Cause,
  type Coverage,
  type Lot,
  mergeRanges,
  NO_COVERAGE,
  type Outcome,
  portsOfBoth,
  rangesOf,
  subtractRanges,
} from '../../core/index.ts';
import type { Part } from './parts.ts';
import type { Verdict } from './verdict.ts';

/** One part of a look, and what it proves. */
export interface JudgedPart {
  readonly part: Pick<Part, 'reach'>;
  readonly verdict: Verdict;
}

/** The verdict on a whole look. What failed covers nothing, so its devices stay as they are (R7). */
export function joinParts(ends: readonly JudgedPart[]): Verdict {
  const verdicts = trusted(ends).map(({ verdict }) => verdict);
  return {
    outcome: joinedOutcome(verdicts),
    cause: firstCause(verdicts),
    coverage: joinedCoverage(verdicts.filter(({ outcome }) => outcome !== 'failed')),
    observations: verdicts.flatMap(({ observations }) => observations),
    warnings: [...otherCauses(verdicts), ...new Set(ends.flatMap(({ verdict }) => verdict.warnings))],
  };
}

/** This machine's own address always answers itself: beside nothing but failures it would make a dead network look half alive. */
function trusted(ends: readonly JudgedPart[]): readonly JudgedPart[] {
  const abroad = ends.filter(({ part }) => part.reach !== 'self');
  return abroad.length > 0 && abroad.every(({ verdict }) => verdict.outcome === 'failed') ? abroad : ends;
}

function joinedOutcome(verdicts: readonly Verdict[]): Outcome {
  const outcomes = new Set(verdicts.map(({ outcome }) => outcome));
  if (outcomes.has('cancelled')) return 'cancelled';
  if (outcomes.size <= 1) return verdicts[0]?.outcome ?? 'complete';
  return 'partial';
}

/** A stop explains everything after it; otherwise what failed comes before what is merely incomplete. */
function firstCause(verdicts: readonly Verdict[]): Cause | null {
  const byWeight = ['cancelled', 'failed', 'partial'].flatMap((outcome) => verdicts.filter((verdict) => verdict.outcome === outcome));
  return byWeight[0]?.cause ?? null;
}

/** The report has room for one cause; the others must not get lost. */
function otherCauses(verdicts: readonly Verdict[]): string[] {
  const first = firstCause(verdicts)?.text;
  const texts = new Set(verdicts.flatMap(({ cause }) => cause?.text ?? []));
  return [...texts].filter((text) => text !== first);
}

/** Addresses of all, and which of them were asked which ports: where those differ, lot by lot. */
function joinedCoverage(verdicts: readonly Verdict[]): Coverage {
  const asking = verdicts.filter(({ coverage }) => coverage.addresses.length > 0);
  const [first, ...rest] = asking.map(({ coverage }) => coverage);
  if (first === undefined) return NO_COVERAGE;
  const addresses = mergeRanges(asking.flatMap(({ coverage }) => coverage.addresses));
  const lots = lotsOf(asking);
  if (lots.length === 1) return { ...first, addresses };
  const apart = lots.filter((lot) => lot.addresses.length > 0);
  return { ...first, addresses, ports: rest.reduce((ports, coverage) => portsOfBoth(ports, coverage.ports), first.ports), apart };
}

/** Addresses asked the same ports, together. */
function lotsOf(verdicts: readonly Verdict[]): Lot[] {
  const everybody = answerersOf(verdicts);
  const alike = Map.groupBy(verdicts, ({ coverage: { ports } }) => JSON.stringify([ports.tcp, ports.udp, ports.sctp, ports.ip]));
  return [...alike.values()].map((some) => {
    // Whoever answered other runs and not these, by a lost reply, was not asked their ports: it must not be said to have closed them.
    const missed = subtractRanges(everybody, answerersOf(some));
    const addresses = subtractRanges(mergeRanges(some.flatMap(({ coverage }) => coverage.addresses)), missed);
    return { addresses, ports: (some[0] as Verdict).coverage.ports };
  });
}

const answerersOf = (verdicts: readonly Verdict[]): AddressRange[] =>
  rangesOf(verdicts.flatMap(({ observations }) => observations.map(({ address }) => address)));
