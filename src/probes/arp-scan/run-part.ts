import {
  type Address,
  type Cause,
  type Clock,
  countAddresses,
  formatAddress,
  type LookNews,
  type LookOrder,
  type Millis,
  type Observation,
  type StopSignal,
} from '../../core/index.ts';
import type { Machine } from '../machine/machine.ts';
import { runTool } from '../processes/run-tool.ts';
import type { RawOutput } from '../raw-output.ts';
import { holds, type Part } from '../vantage/parts.ts';
import { PRESENT } from '../vantage/present.ts';
import { checkAfter, checkBefore, type Snapshot, snapshot } from '../vantage/self-check.ts';
import { failed, type Verdict } from '../vantage/verdict.ts';
import { vendorOf } from '../vendors/vendors.ts';
import { type Answer, createAnswerReader } from './answers.ts';
import { arpScanArgv, type Pace } from './argv.ts';
import { judgeArpScan } from './judge.ts';

/** What is the same for all parts of one look. */
export interface Look {
  readonly order: LookOrder;
  readonly machine: Machine;
  readonly clock: Clock;
  /** Path of arp-scan. */
  readonly tool: string;
  readonly pace: Pace;
  readonly raw: RawOutput;
  readonly news: (item: LookNews) => void;
  readonly signal: StopSignal;
  /** On the monotonic clock: when the budget of the whole look is spent. */
  readonly deadline: Millis;
}

export interface PartEnd {
  readonly part: Part;
  readonly verdict: Verdict;
  /** null when arp-scan was not even started. */
  readonly command: readonly string[] | null;
  readonly version: string | null;
}

/** Sweeps one part: self-check, arp-scan, self-check, judgement. `before`: this machine as just seen. */
export async function runPart(part: Part, look: Look, before: Snapshot): Promise<PartEnd> {
  const cause = unfit(part, look) ?? checkBefore(part, before, true);
  if (cause === null) return sweep(part, look, before);
  const verdict = cause.code === 'stopped' ? { ...failed(cause), outcome: 'cancelled' as const } : failed(cause);
  return { part, verdict, command: null, version: null };
}

function unfit(part: Part, { signal, clock, deadline, order }: Look): Cause | null {
  if (signal.aborted) return { code: 'stopped', text: 'the scan was stopped' };
  if (clock.monotonic() >= deadline)
    return { code: 'over-budget', text: `the scan took longer than its ${Math.round(order.plan.budget / 1000)} s` };
  if (part.reach === 'attached' && part.family === 4 && part.iface !== null) return null;
  const first = formatAddress({ family: part.family, value: part.ranges[0]?.first ?? 0n });
  return { code: 'no-route', text: `arp-scan reaches IPv4 neighbours only, and ${first} is none` };
}

async function sweep(part: Part, look: Look, before: Snapshot): Promise<PartEnd> {
  const { machine, clock, tool, pace, raw, signal, order } = look;
  const iface = part.iface as string;
  const argv = arpScanArgv({ iface, source: sourceOf(part, before), ranges: part.ranges, pace });
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
  const end = await runTool({ leash: await machine.leash(), tool, argv, budget, clock, signal, read });
  forecast.end();
  const told = reader.end();
  const selfCheck = checkAfter(part, { before, after: await snapshot(machine) }, true);
  const verdict = judgeArpScan({ part, plan: order.plan, selfCheck, end, told, observations });
  return { part, verdict, command: [tool, ...argv], version: told.version };
}

/** arp-scan says nothing while it runs, but its pace is known: an empty network takes all tries. */
function tellProgress(total: number, { pace, clock, news }: Look): { end(): void } {
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
