import {
  type Cause,
  type CauseCode,
  type Coverage,
  countAddresses,
  type Observation,
  type Outcome,
  type Plan,
  untrusted,
} from '../../core/index.ts';
import type { ProcessEnd } from '../processes/run-tool.ts';
import type { Part } from '../vantage/parts.ts';
import { placesOf } from '../vantage/present.ts';
import { failed, type Verdict } from '../vantage/verdict.ts';
import type { Told } from './answers.ts';

/** Everything known about one finished arp-scan. */
export interface Evidence {
  readonly part: Part;
  readonly plan: Plan;
  /** What the self-check after the scan found. */
  readonly selfCheck: Cause | null;
  readonly end: ProcessEnd;
  readonly told: Told;
  /** At addresses of the part only. */
  readonly observations: readonly Observation[];
}

/** What a run of arp-scan proves (faults §2). It ends with 0 when the cable is out, and when its address is gone. */
export function judgeArpScan(evidence: Evidence): Verdict {
  const { end, part, observations } = evidence;
  const warnings = end.complaints;
  const blind = blindCause(evidence);
  const cut = cutCause(evidence);
  if (end.ended === 'stopped') return { ...cutShort('cancelled', blind === null ? observations : []), cause: cut, warnings };
  if (blind !== null) return failed(blind, warnings);
  if (cut === null) return { outcome: 'complete', cause: null, coverage: asked(part.ranges), observations, warnings };
  return observations.length === 0 ? failed(cut, warnings) : { ...cutShort('partial', observations), cause: cut, warnings };
}

const cause = (code: CauseCode, text: string): Cause => ({ code, text });

/** Reasons to believe nothing of what was seen; the root cause first. */
function blindCause({ end, told, selfCheck, part }: Evidence): Cause | null {
  if (end.startFailure !== null) {
    const code = /ENOENT|EACCES/.test(end.startFailure) ? 'tool-missing' : 'tool-failed';
    return cause(code, `arp-scan could not be started: ${end.startFailure}`);
  }
  // The leash starts arp-scan by exec; its own exit codes for that are a shell's.
  if ((end.code === 127 || end.code === 126) && told.asked === null)
    return cause('tool-missing', `arp-scan could not be run: ${end.complaints[0] ?? `exit code ${end.code}`}`);
  if (selfCheck !== null) return selfCheck;
  const count = countAddresses(part.ranges);
  return told.asked === null || BigInt(told.asked) === count
    ? null
    : cause('totals-differ', `arp-scan asked ${told.asked} of ${count} addresses`);
}

const PRIVILEGE = /root|not permitted|permission denied|CAP_NET_RAW/i;

/** Reasons why the scan did not come to its end; answers before that are still evidence. */
function cutCause({ end, told, plan }: Evidence): Cause | null {
  if (end.ended === 'stopped') return cause('stopped', 'the scan was stopped');
  if (end.ended === 'over-budget') return cause('over-budget', `the scan took longer than its ${Math.round(plan.budget / 1000)} s`);
  if (end.ended === 'unreadable') return cause('unreadable', "arp-scan's output could not be read further");
  if (end.signal !== null) return cause('killed', `arp-scan was ended by ${end.signal}`);
  if (end.code !== 0) {
    const privilege = end.complaints.find((line) => PRIVILEGE.test(line));
    const said = privilege ?? end.complaints[0] ?? `exit code ${end.code}`;
    return cause(privilege === undefined ? 'tool-failed' : 'no-privilege', `arp-scan failed: ${untrusted(said, 300)}`);
  }
  return told.asked === null ? cause('cut-off', "arp-scan's output has no last line, so it did not finish") : null;
}

/** Keeps what was seen as proof of presence; covers only that, so that nobody else can be missed. */
function cutShort(outcome: Outcome, observations: readonly Observation[]): Omit<Verdict, 'cause' | 'warnings'> {
  return { outcome, coverage: asked(placesOf(observations)), observations };
}

const asked = (addresses: Coverage['addresses']): Coverage => ({ addresses, ports: {}, depth: 'presence', basis: 'asked' });
