import type { Clock, LookOrder, Millis, StopSignal } from '../../core/index.ts';
import type { Machine } from '../machine/machine.ts';
import { runTool } from '../processes/run-tool.ts';
import type { RawOutput } from '../raw-output.ts';
import { mender } from '../vantage/mend.ts';
import type { Part } from '../vantage/parts.ts';
import { checkAfter, checkBefore, type Snapshot, snapshot } from '../vantage/self-check.ts';
import { failed, type Verdict } from '../vantage/verdict.ts';
import { buildArgv } from './build-argv.ts';
import { judgeOutcome } from './judge-outcome.ts';
import { listen, type PartNews } from './listen.ts';

/** What is the same for all parts of one look. */
export interface Look {
  readonly order: LookOrder;
  readonly machine: Machine;
  readonly clock: Clock;
  /** Path of nmap. */
  readonly nmap: string;
  readonly privileged: boolean;
  /** Every address of the order is this machine's own. */
  readonly local: boolean;
  readonly raw: RawOutput;
  readonly signal: StopSignal;
  /** On the monotonic clock: when the budget of the whole look is spent. */
  readonly deadline: Millis;
}

export interface PartEnd {
  readonly part: Part;
  readonly verdict: Verdict;
  /** null when nmap was not even started. */
  readonly command: readonly string[] | null;
  /** As nmap gave it. */
  readonly version: string | null;
}

/** Looks at one part: self-check, nmap, self-check, judgement. */
export async function runPart(part: Part, look: Look, news: (item: PartNews) => void): Promise<PartEnd> {
  const before = await snapshot(look.machine);
  const cause = notBegun(look) ?? checkBefore(part, before, byFrames(look));
  if (cause === null) return runBetween(part, { look, before, news });
  const verdict = cause.code === 'stopped' ? { ...failed(cause), outcome: 'cancelled' as const } : failed(cause);
  return { part, verdict, command: null, version: null };
}

/** Time ran out, or the user did, before this part's turn. */
function notBegun({ signal, clock, deadline, order }: Look): Verdict['cause'] {
  if (signal.aborted) return { code: 'stopped', text: 'the scan was stopped' };
  if (clock.monotonic() < deadline) return null;
  return { code: 'over-budget', text: `the scan took longer than its ${Math.round(order.plan.budget / 1000)} s` };
}

interface Setting {
  readonly look: Look;
  readonly before: Snapshot;
  readonly news: (item: PartNews) => void;
}

async function runBetween(part: Part, { look, before, news }: Setting): Promise<PartEnd> {
  const { order, machine, clock, nmap, privileged, local, raw, signal } = look;
  const { plan } = order;
  const argv = buildArgv({
    plan,
    family: part.family,
    ranges: part.ranges,
    iface: part.iface,
    privileged,
    local,
    thorough: order.thorough === true,
  });
  const listener = listen({ part, plan, clock, mend: mender(before.links), news });
  const read = (chunk: Uint8Array): void => {
    raw.write(chunk);
    listener.write(chunk);
  };
  const budget = look.deadline - clock.monotonic();
  const end = await runTool({ leash: await machine.leash(), tool: nmap, argv, budget, clock, signal, read });
  const { version, ...heard } = listener.end();
  const selfCheck = checkAfter(part, { before, after: await snapshot(machine) }, byFrames(look));
  const verdict = judgeOutcome({ part, plan, privileged, expectsMacs: expectsMacs(part, look, before), selfCheck, end, ...heard });
  return { part, verdict, command: [nmap, ...argv], version };
}

/** Whether raw frames are sent, which obey -e. Connections, and packets of a thorough look, go where the kernel sends them. */
const byFrames = ({ privileged, order }: Look): boolean => privileged && order.thorough !== true;

function expectsMacs({ reach, iface }: Part, look: Look, { links }: Snapshot): boolean {
  return byFrames(look) && reach === 'attached' && links.some((link) => link.iface === iface && link.neighbourly === true);
}
