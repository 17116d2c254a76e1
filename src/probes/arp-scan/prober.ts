import {
  type Cause,
  type Clock,
  countAddresses,
  type LookNews,
  type LookOrder,
  type Observation,
  type Prober,
  type StopSignal,
} from '../../core/index.ts';
import type { Machine } from '../machine/machine.ts';
import { createRawOutput } from '../raw-output.ts';
import { type Findings, findingsOf, type PartEnd, unseen } from '../vantage/look.ts';
import { mender } from '../vantage/mend.ts';
import { holds, type Part } from '../vantage/parts.ts';
import { PRESENT } from '../vantage/present.ts';
import { type Snapshot, snapshot } from '../vantage/self-check.ts';
import { createSurvey, type Survey } from '../vantage/survey.ts';
import { paceOf, USUAL_RATE } from './argv.ts';
import { runPart } from './run-part.ts';

export interface ArpScanProberOptions {
  readonly clock: Clock;
  readonly machine: Machine;
  /** Path of arp-scan; without one it is looked for. */
  readonly arpScanPath?: string;
  /** Frames a second where the plan names no rate; 0: as fast as the wire takes them. 500 when left out. */
  readonly rate?: number;
  readonly survey?: Survey;
}

const NAME = 'arp-scan';
const MISSING: Cause = { code: 'tool-missing', text: 'arp-scan is not installed' };
const NOT_FOR_PORTS: Cause = { code: 'tool-failed', text: 'arp-scan asks who is there, not for ports' };

/** Asks IPv4 neighbours by ARP who is there: presence plans only. Never rejects: every failure is an outcome. */
export function createArpScanProber(options: ArpScanProberOptions): Prober {
  const survey = options.survey ?? createSurvey(options.machine);
  const find = toolFinder(options);
  return {
    name: NAME,
    async look(order, news, signal) {
      const startedAt = options.clock.now();
      const report = await lookOr({ options, survey, find, order, news, signal });
      return { startedAt, finishedAt: options.clock.now(), asked: Number(countAddresses(order.addresses)), ...report };
    },
  };
}

interface Call {
  readonly options: ArpScanProberOptions;
  readonly survey: Survey;
  readonly find: () => Promise<string | null>;
  readonly order: LookOrder;
  readonly news: (item: LookNews) => void;
  readonly signal: StopSignal;
}

/** Asking a tool for its version each minute costs more than it tells; one that goes missing fails by itself. */
function toolFinder({ arpScanPath, machine }: ArpScanProberOptions): () => Promise<string | null> {
  let found: string | null = arpScanPath ?? null;
  return async () => {
    found ??= (await machine.tool('arp-scan'))?.path ?? null;
    return found;
  };
}

async function lookOr(call: Call): Promise<Findings> {
  try {
    return await look(call);
  } catch (reason) {
    return unseen(NAME, { code: 'tool-failed', text: `looking failed: ${String(reason)}` }, call.options.machine);
  }
}

async function look(call: Call): Promise<Findings> {
  const { options, order, news, signal, survey } = call;
  const { clock, machine } = options;
  if (order.plan.ports !== null) return unseen(NAME, NOT_FOR_PORTS, machine);
  const deadline = clock.monotonic() + order.plan.budget;
  const [tool, before] = await Promise.all([call.find(), snapshot(machine)]);
  if (tool === null) return unseen(NAME, MISSING, machine);
  const parts = await survey.split(order, before);
  const raw = createRawOutput();
  const pace = paceOf(order.plan.maxRate ?? options.rate ?? USUAL_RATE, order.thorough === true);
  const ends: PartEnd[] = [];
  for (const part of parts) {
    if (part.reach === 'self') ends.push(ownEnd(part, before, clock.now()));
    else ends.push(await runPart(part, { order, machine, clock, tool, pace, raw, news, signal, deadline }, before));
  }
  const ifaces = new Set(parts.flatMap(({ iface }) => iface ?? []));
  return {
    ...findingsOf(NAME, ends),
    vantage: { iface: ifaces.size === 1 ? ([...ifaces][0] ?? null) : null, privileged: true },
    raw: await raw.finish(),
  };
}

/** arp-scan does not ask the machine it runs on, and need not: we are here. */
function ownEnd(part: Part, { links }: Snapshot, seenAt: number): PartEnd {
  const mend = mender(links);
  const own = new Set(links.flatMap(({ addresses }) => addresses.map(({ address }) => address)));
  const asked = [...own].filter((address) => holds(part.ranges, address));
  const observations = asked.map((address): Observation => {
    return mend({ ...PRESENT, address, mac: null, vendor: null, reason: 'localhost-response', seenAt });
  });
  const coverage = { addresses: part.ranges, ports: {}, depth: 'presence', basis: 'asked' } as const;
  return { part, verdict: { outcome: 'complete', cause: null, coverage, observations, warnings: [] }, command: null, version: null };
}
