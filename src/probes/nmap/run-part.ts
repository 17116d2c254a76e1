import type { LookOrder } from '../../core/index.ts';
import { launcher } from '../processes/launch.ts';
import { runTool } from '../processes/run-tool.ts';
import { type Look, notBegun, notStarted, type PartEnd } from '../vantage/look.ts';
import { mender } from '../vantage/mend.ts';
import type { Part } from '../vantage/parts.ts';
import { checkAfter, checkBefore, type Snapshot, snapshot } from '../vantage/self-check.ts';
import { type ArgvFacts, buildArgv } from './build-argv.ts';
import { judgeOutcome } from './judge-outcome.ts';
import { listen, type PartNews } from './listen.ts';

/** What is the same for all parts of one look with nmap. */
export interface NmapLook extends Look {
  readonly privileged: boolean;
  /** Every address of the order is this machine's own. */
  readonly local: boolean;
}

/** Looks at one part: self-check, nmap, self-check, judgement. */
export async function runPart(part: Part, look: NmapLook, news: (item: PartNews) => void): Promise<PartEnd> {
  const before = await snapshot(look.machine);
  const cause = notBegun(look) ?? checkBefore(part, before, byFrames(look));
  if (cause === null) return runBetween(part, { look, before, news });
  return notStarted(part, cause);
}

/** What the command line of the nmap that looks at a part is made of. */
export function factsOf(
  { family, ranges, ports, iface }: Part,
  { order, privileged, local }: Pick<NmapLook, 'order' | 'privileged' | 'local'>,
): ArgvFacts {
  const facts = { plan: order.plan, family, ranges, iface, privileged, local, thorough: order.thorough === true, ...governedBy(order) };
  return { ...facts, ...(ports && { ports }) };
}

interface Setting {
  readonly look: NmapLook;
  readonly before: Snapshot;
  readonly news: (item: PartNews) => void;
}

async function runBetween(part: Part, { look, before, news }: Setting): Promise<PartEnd> {
  const { order, machine, clock, tool, privileged, raw, signal } = look;
  const { plan } = order;
  const facts = factsOf(part, look);
  const command = [tool, ...buildArgv(facts)];
  const listener = listen({ part, plan, clock, mend: mender(before.links), news });
  const read = (chunk: Uint8Array): void => {
    raw.write(chunk);
    listener.write(chunk);
  };
  const budget = look.deadline - clock.monotonic();
  const launch = await launcher(machine, { job: { kind: 'nmap', facts, budget }, command, clock });
  const end = await runTool({ launch, budget, clock, signal, read });
  const { version, ...heard } = listener.end();
  const selfCheck = checkAfter(part, { before, after: await snapshot(machine) }, byFrames(look));
  const verdict = judgeOutcome({ part, plan, privileged, expectsMacs: expectsMacs(part, look, before), selfCheck, end, ...heard });
  return { part, verdict, command, version };
}

/** What the governor made of the order. */
const governedBy = ({ pace, fragile }: LookOrder): Pick<LookOrder, 'pace' | 'fragile'> => ({
  ...(pace && { pace }),
  ...(fragile !== undefined && { fragile }),
});

/** Whether raw frames are sent, which obey -e. Connections, and packets of a thorough look, go where the kernel sends them. */
const byFrames = ({ privileged, order }: NmapLook): boolean => privileged && order.thorough !== true;

function expectsMacs({ reach, iface }: Part, look: NmapLook, { links }: Snapshot): boolean {
  return byFrames(look) && reach === 'attached' && links.some((link) => link.iface === iface && link.neighbourly === true);
}
