/**
 * A process that looks with the real prober on the real machine (or in the namespace it is started in): one order per
 * line of standard input, one report per line of standard output. Prober and its memory live as long as the process.
 */
import { createInterface } from 'node:readline';
import { coverageText, type LookOrder, PLANS, type Plan, type PlanName, type Prober } from '../../src/core/index.ts';
import { createNmapProber, createProber, type Machine, type ToolName } from '../../src/probes/index.ts';
import { fastClock } from './clocks.ts';
import { machineHere } from './machine-here.ts';
import { rangesOf } from './stub.ts';

export interface Ask {
  readonly targets: readonly string[];
  readonly plan: PlanName;
  readonly change?: Partial<Plan>;
  readonly iface?: string;
  readonly nmapPath?: string;
  /** Looks in all ways (arp-scan for neighbours) instead of nmap alone, at this rate. */
  readonly sweepRate?: number;
  /** Programs that are not installed here. */
  readonly without?: readonly ToolName[];
  readonly thorough?: boolean;
  readonly expected?: LookOrder['expected'];
}

const clock = fastClock();
const machine = await machineHere(clock);
const probers = new Map<string, Prober>();

function proberFor({ nmapPath, sweepRate, without = [] }: Ask): Prober {
  const key = `${nmapPath} ${sweepRate} ${without}`;
  const tool: Machine['tool'] = async (name) => (without.includes(name) ? null : machine.tool(name));
  const options = { clock, machine: { ...machine, tool }, ...(nmapPath === undefined ? {} : { nmapPath }) };
  const prober = probers.get(key) ?? (sweepRate === undefined ? createNmapProber(options) : createProber({ ...options, sweepRate }));
  probers.set(key, prober);
  return prober;
}

for await (const line of createInterface({ input: process.stdin })) {
  const ask = JSON.parse(line) as Ask;
  const { targets, plan, change, iface, thorough, expected } = ask;
  const order = { plan: { ...PLANS[plan], ...change }, addresses: rangesOf(...targets), iface: iface ?? null };
  const more = { ...(thorough === undefined ? {} : { thorough }), ...(expected === undefined ? {} : { expected }) };
  const { raw, coverage, ...report } = await proberFor(ask).look({ ...order, ...more }, () => {}, new AbortController().signal);
  process.stdout.write(`${JSON.stringify({ ...report, coverage: coverageText(coverage), raw: raw?.length ?? null })}\n`);
}
