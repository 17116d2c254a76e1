/**
 * A process that looks with the real prober on the real machine (or in the namespace it is started in): one order per
 * line of standard input, one report per line of standard output. Prober and its memory live as long as the process.
 */
import { createInterface } from 'node:readline';
import { coverageText, PLANS, type Plan, type PlanName } from '../../src/core/index.ts';
import { createMachine, createNmapProber } from '../../src/probes/index.ts';
import { fastClock } from './clocks.ts';
import { rangesOf } from './stub.ts';

export interface Ask {
  readonly targets: readonly string[];
  readonly plan: PlanName;
  readonly change?: Partial<Plan>;
  readonly iface?: string;
  readonly nmapPath?: string;
}

const clock = fastClock();
const machine = createMachine();
const probers = new Map<string | undefined, ReturnType<typeof createNmapProber>>();

function proberFor(nmapPath: string | undefined): ReturnType<typeof createNmapProber> {
  const prober = probers.get(nmapPath) ?? createNmapProber({ clock, machine, ...(nmapPath === undefined ? {} : { nmapPath }) });
  probers.set(nmapPath, prober);
  return prober;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { targets, plan, change, iface, nmapPath } = JSON.parse(line) as Ask;
  const order = { plan: { ...PLANS[plan], ...change }, addresses: rangesOf(...targets), iface: iface ?? null };
  const { raw, coverage, ...report } = await proberFor(nmapPath).look(order, () => {}, new AbortController().signal);
  process.stdout.write(`${JSON.stringify({ ...report, coverage: coverageText(coverage), raw: raw?.length ?? null })}\n`);
}
