import {
  type AddressRange,
  type Cause,
  type CauseCode,
  type Coverage,
  countAddresses,
  mergeRanges,
  NO_COVERAGE,
  type Outcome,
  subtractRanges,
} from '../core/index.ts';
import { coveredAddresses } from './covered-addresses.ts';
import type { Answers } from './evidence.ts';

/** What another program's scan says of itself, whatever form it was printed in. */
export interface ScanClaims {
  /** Addresses its command line names; null when it does not say, or not clearly. */
  readonly targets: readonly AddressRange[] | null;
  /** Whether there is a command line at all: where its targets are not clear, they are not the one block that could be guessed. */
  readonly commanded: boolean;
  /** more: it is whole, but something follows that is no part of it. */
  readonly ending: { readonly kind: 'whole' } | { readonly kind: 'more' | 'cut' | 'failed'; readonly text: string };
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
  /** Addresses it says are down: asked, and nobody there. */
  readonly absent: readonly AddressRange[];
  readonly ports: Coverage['ports'];
  readonly depth: Coverage['depth'];
  readonly warnings: readonly string[];
}

/** What claims and answers together prove. */
export interface ScanJudgement {
  /** Never cancelled. */
  readonly outcome: Outcome;
  readonly cause: Cause | null;
  readonly coverage: Coverage;
  readonly warnings: readonly string[];
}

/** Judges a scan by the same laws as our own. `covers`: addresses the user says were asked, when it does not tell itself. */
export function judgeScan(claims: ScanClaims, answers: Answers, covers: readonly AddressRange[] | null): ScanJudgement {
  const { ending, warnings } = claims;
  if (ending.kind === 'failed') return failed(cause('tool-failed', ending.text), warnings);
  const lost = lostCause(claims);
  if (lost !== null && answers.present.ranges.length === 0) return failed(lost, warnings);
  if (lost !== null) return { outcome: 'partial', cause: lost, coverage: coverageOfSeen(claims, answers), warnings };
  const found = coveredAddresses({ ...claims, covers, seen: seenBy(claims, answers), resumed: isResumed(claims) });
  const blemish = blemishOf(claims, answers);
  const addresses = subtractRanges(found.addresses, [...answers.silent.ranges, ...claims.unasked]);
  const lonely = covers === null ? lonelyText(addresses, answers) : null;
  return {
    outcome: blemish === null ? 'complete' : 'partial',
    cause: blemish,
    coverage: {
      addresses: lonely === null ? addresses : mergeRanges(answers.present.ranges),
      ports: claims.ports,
      depth: claims.depth,
      basis: found.basis,
    },
    warnings: [...warnings, ...[found.doubt, lonely].filter((doubt) => doubt !== null)],
  };
}

/** nmap says success also when its cable is out (R2), and nobody can look at that cable any more. One machine alone may well be off. */
function lonelyText(addresses: readonly AddressRange[], { others, present }: Answers): string | null {
  const silent = countAddresses(subtractRanges(addresses, present.ranges));
  if (others > 0 || silent < 2n) return null;
  const found = present.ranges.length === 0 ? 'nobody' : 'nobody but its own machine';
  return `it found ${found}, as it would with its cable out, so nobody can be missing; name what it asked to change that`;
}

/** Of a scan without a sound end: only the addresses it said something of. */
export function coverageOfSeen(claims: ScanClaims, answers: Answers): Coverage {
  return { addresses: seenBy(claims, answers), ports: claims.ports, depth: claims.depth, basis: 'asked' };
}

const seenBy = ({ absent }: ScanClaims, { present }: Answers): AddressRange[] => mergeRanges([...present.ranges, ...absent]);

const cause = (code: CauseCode, text: string): Cause => ({ code, text });

function lostCause({ ending, up, read }: ScanClaims): Cause | null {
  if (ending.kind === 'cut') return cause('cut-off', ending.text);
  return up !== null && read < up ? cause('totals-differ', `it says ${up} hosts are up, but ${read} could be read`) : null;
}

/** nmap then lists the hosts of both parts, and counts those of the last. */
const isResumed = ({ up, read }: ScanClaims): boolean => up !== null && read > up;

/** What leaves the coverage as it is, and must be said all the same. */
function blemishOf({ ending }: ScanClaims, answers: Answers): Cause | null {
  if (ending.kind === 'more') return cause('cut-off', ending.text);
  const late = answers.timeoutText();
  return late === null ? null : cause('host-timeouts', late);
}

function failed(why: Cause, warnings: readonly string[]): ScanJudgement {
  return { outcome: 'failed', cause: why, coverage: NO_COVERAGE, warnings };
}
