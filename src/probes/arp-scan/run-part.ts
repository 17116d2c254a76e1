import { type Address, type Cause, countAddresses, formatAddress, type LookNews, type Observation } from '../../core/index.ts';
import { launcher } from '../processes/launch.ts';
import { runTool } from '../processes/run-tool.ts';
import { type Look, notBegun, notStarted, type PartEnd } from '../vantage/look.ts';
import { holds, type Part } from '../vantage/parts.ts';
import { PRESENT } from '../vantage/present.ts';
import { checkAfter, checkBefore, type Snapshot, snapshot } from '../vantage/self-check.ts';
import { vendorOf } from '../vendors/vendors.ts';
import { type Answer, createAnswerReader } from './answers.ts';
import { arpScanArgv, type Pace } from './argv.ts';
import { judgeArpScan } from './judge.ts';

/** What is the same for all parts of one look with arp-scan. */
export interface ArpLook extends Look {
  readonly pace: Pace;
  readonly news: (item: LookNews) => void;
}

/** Sweeps one part: self-check, arp-scan, self-check, judgement. `before`: this machine as just seen. */
export async function runPart(part: Part, look: ArpLook, before: Snapshot): Promise<PartEnd> {
  const cause = notBegun(look) ?? unfit(part) ?? checkBefore(part, before, true);
  if (cause === null) return sweep(part, look, before);
  return notStarted(part, cause);
}

function unfit(part: Part): Cause | null {
  if (part.reach === 'attached' && part.family === 4 && part.iface !== null) return null;
  const first = formatAddress({ family: part.family, value: part.ranges[0]?.first ?? 0n });
  return { code: 'no-route', text: `arp-scan reaches IPv4 neighbours only, and ${first} is none` };
}

async function sweep(part: Part, look: ArpLook, before: Snapshot): Promise<PartEnd> {
  const { machine, clock, tool, pace, raw, signal, order } = look;
  const iface = part.iface as string;
  const facts = { iface, source: sourceOf(part, before), ranges: part.ranges, pace };
  const command = [tool, ...arpScanArgv(facts)];
  const observations: Observation[] = [];
  const total = Number(countAddresses(part.ranges));
  const reader = createAnswerReader((answer) => {
    if (!holds(part.ranges, answer.address)) return;
    const observation = observationOf(answer, clock.now());
    observations.push(observation);
    look.news({ kind: 'host', observation });
  });
  const read = (chunk: Uint8Array): void => {
    raw.write(chunk);
    reader.write(chunk);
  };
  const forecast = tellProgress(total, look);
  const budget = look.deadline - clock.monotonic();
  const launch = await launcher(machine, { job: { kind: 'arp-scan', facts, budget }, command, clock });
  const end = await runTool({ launch, budget, clock, signal, read });
  forecast.end();
  const told = reader.end();
  const selfCheck = checkAfter(part, { before, after: await snapshot(machine) }, true);
  const verdict = judgeArpScan({ part, plan: order.plan, selfCheck, end, told, observations });
  return { part, verdict, command, version: told.version };
}

/** arp-scan says nothing while it runs, but its pace is known: an empty network takes all tries. */
function tellProgress(total: number, { pace, clock, news }: ArpLook): { end(): void } {
  const over = new AbortController();
  const began = clock.monotonic();
  const expected = (pace.rate === 0 ? 0 : (total * pace.tries * 1000) / pace.rate) + pace.patience * pace.tries;
  const tick = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await clock.sleep(1000, over.signal);
      if (over.signal.aborted) return;
      const passed = clock.monotonic() - began;
      const secondsLeft = Math.max(0, Math.round((expected - passed) / 1000));
      news({ kind: 'progress', done: Math.min(0.99, passed / expected), secondsLeft, task: 'arp-scan' });
    }
  };
  void tick();
  return { end: () => over.abort() };
}

/** Our address in the network asked: some devices answer nobody from another one. */
function sourceOf({ network, iface }: Part, { links }: Snapshot): Address | null {
  const own = links.find((link) => link.iface === iface)?.addresses ?? [];
  return own.find(({ address }) => !address.includes(':') && (network === null || holds([network], address)))?.address ?? null;
}

function observationOf({ address, mac }: Answer, seenAt: number): Observation {
  return { ...PRESENT, address, mac, vendor: vendorOf(mac), reason: 'arp-response', seenAt };
}
