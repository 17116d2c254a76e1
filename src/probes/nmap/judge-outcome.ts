import {
  type AddressRange,
  type Cause,
  type CauseCode,
  type Coverage,
  countAddresses,
  depthOf,
  mergeRanges,
  NO_COVERAGE,
  type Observation,
  type Outcome,
  type Plan,
  type PortSet,
  type Protocol,
  parseAddress,
  rangesHold,
  subtractRanges,
  untrusted,
} from '../../core/index.ts';
import { answered, type NmapEnding, rangesOf, timeoutText } from '../../nmap-xml/index.ts';
import type { ProcessEnd } from '../processes/run-tool.ts';
import type { Part } from '../vantage/parts.ts';
import { failed, type Verdict } from '../vantage/verdict.ts';

/** Everything known about one finished nmap. */
export interface Evidence {
  readonly part: Part;
  readonly plan: Plan;
  readonly privileged: boolean;
  /** The part's neighbours must answer with a hardware address: attached, by raw frames, on an Ethernet-like link. */
  readonly expectsMacs: boolean;
  /** What the self-check after the scan found; it also failed when the one before did. */
  readonly selfCheck: Cause | null;
  readonly end: ProcessEnd;
  readonly ending: NmapEnding;
  /** Complete hosts only, in the order they came. */
  readonly observations: readonly Observation[];
  /** Ports nmap said it would ask. */
  readonly ports: Readonly<Partial<Record<Protocol, PortSet>>>;
}

/**
 * What a run of nmap proves (faults §2). Its exit code is the last thing asked: nmap ends with 0 and "success"
 * when its cable is out.
 */
export function judgeOutcome(evidence: Evidence): Verdict {
  const warnings = [...evidence.end.complaints, ...evidence.ending.warnings];
  const blind = blindCause(evidence);
  const cut = cutCause(evidence);
  if (evidence.end.ended === 'stopped') return { ...cutShort(evidence, 'cancelled', blind === null), cause: cut, warnings };
  if (blind !== null) return failed(blind, warnings);
  if (cut !== null) return { ...cutShort(evidence, 'partial', true), cause: cut, warnings };
  return { ...whole(evidence), warnings };
}

const cause = (code: CauseCode, text: string): Cause => ({ code, text });

/** Reasons to believe nothing of what was seen; the root cause first. */
function blindCause(evidence: Evidence): Cause | null {
  return (
    startCause(evidence) ??
    evidence.selfCheck ??
    routeCause(evidence) ??
    refusal(evidence) ??
    strangerCause(evidence) ??
    totalsCause(evidence)
  );
}

function startCause({ end, ending }: Evidence): Cause | null {
  if (end.startFailure !== null) {
    const code = /ENOENT|EACCES/.test(end.startFailure) ? 'tool-missing' : 'tool-failed';
    return cause(code, `nmap could not be started: ${end.startFailure}`);
  }
  // The leash starts nmap by exec; its own exit codes for that are a shell's.
  const notFound = (end.code === 127 || end.code === 126) && ending.finished === null;
  return notFound ? cause('tool-missing', `nmap could not be run: ${end.complaints[0] ?? `exit code ${end.code}`}`) : null;
}

function routeCause({ end }: Evidence): Cause | null {
  if (end.unrouted === 0) return null;
  return cause('no-route', `nmap failed to determine a route to ${end.unrouted} of its targets`);
}

/** nmap says itself that it failed, or says nothing that can be read. */
function refusal({ ending, end }: Evidence): Cause | null {
  const said = ending.finished;
  if (said !== null && said.exit !== 'success') return toolCause(said.errorMessage || end.complaints[0] || 'it gave no reason');
  if (ending.ending === 'unreadable' && end.code === 0 && end.ended === null)
    return cause('unreadable', `nmap's output is no XML of a scan: ${ending.fault?.message ?? 'it is empty'}`);
  return null;
}

const PRIVILEGE = /root privileg|not permitted|permission denied|failed to open device/i;

function toolCause(message: string): Cause {
  return cause(PRIVILEGE.test(message) ? 'no-privilege' : 'tool-failed', `nmap failed: ${untrusted(message, 300)}`);
}

/** A neighbour without a hardware address answered through a router: that is another network by the same numbers. */
function strangerCause({ expectsMacs, observations, part }: Evidence): Cause | null {
  const stranger = expectsMacs ? observations.find(({ mac }) => mac === null) : undefined;
  return stranger === undefined
    ? null
    : cause(
        'other-route',
        `${stranger.address} answered (${stranger.reason}) without a hardware address, so not as a neighbour on ${part.iface}`,
      );
}

function totalsCause({ ending, part }: Evidence): Cause | null {
  if (ending.ending !== 'complete' || ending.finished === null) return null;
  const { total } = ending.finished;
  const asked = countAddresses(part.ranges);
  return total !== null && BigInt(total) === asked
    ? null
    : cause('totals-differ', `nmap asked ${total ?? 'an unknown number'} of ${asked} addresses`);
}

/** Reasons why the scan did not come to its end; complete hosts before that are still evidence. */
function cutCause({ end, ending, plan }: Evidence): Cause | null {
  if (end.ended === 'stopped') return cause('stopped', 'the scan was stopped');
  if (end.ended === 'over-budget') return cause('over-budget', `the scan took longer than its ${Math.round(plan.budget / 1000)} s`);
  if (end.ended === 'unreadable') return cause('unreadable', "nmap's output could not be read further");
  if (end.signal !== null) return cause('killed', `nmap was ended by ${end.signal}`);
  if (end.code !== 0) return toolCause(end.complaints[0] ?? `exit code ${end.code}`);
  return ending.ending === 'complete' && ending.finished !== null ? null : cause('cut-off', "nmap's output ended in the middle");
}

/** Keeps what was seen as proof of presence; covers only that, so that nobody else can be missed. */
function cutShort(evidence: Evidence, outcome: Outcome, believed: boolean): Omit<Verdict, 'cause' | 'warnings'> {
  const observations = believed ? evidence.observations.filter(isEvidence(evidence)) : [];
  if (observations.length === 0) return { outcome: outcome === 'partial' ? 'failed' : outcome, coverage: NO_COVERAGE, observations };
  const addresses = mergeRanges(rangesOf(observations));
  return { outcome, coverage: coverageOf(evidence, addresses), observations };
}

function whole(evidence: Evidence): Omit<Verdict, 'warnings'> {
  const observations = evidence.observations.filter(isEvidence(evidence));
  // With -Pn a silent address was asked for ports, not whether it is there: its silence proves nothing.
  const silent = rangesOf(evidence.observations.filter((seen) => !observations.includes(seen)));
  const coverage = coverageOf(evidence, subtractRanges(evidence.part.ranges, silent));
  const late = timeoutText(observations);
  if (late === null) return { outcome: 'complete', cause: null, coverage, observations };
  return { outcome: 'partial', cause: cause('host-timeouts', late), coverage, observations };
}

function coverageOf({ plan, ports }: Evidence, addresses: readonly AddressRange[]): Coverage {
  return { addresses, ports, depth: depthOf(plan), basis: 'asked' };
}

/** An answer of the host itself, at an address that was asked. */
function isEvidence({ part }: Evidence): (seen: Observation) => boolean {
  return (seen) => {
    const value = parseAddress(seen.address);
    return value !== undefined && rangesHold(part.ranges, value) && answered(seen);
  };
}
