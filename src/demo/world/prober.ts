import {
  type AddressRange,
  type Cause,
  type Clock,
  type Coverage,
  countAddresses,
  depthOf,
  formatRange,
  type LookNews,
  type LookOrder,
  type Mac,
  type Millis,
  mergePorts,
  NO_COVERAGE,
  type Observation,
  type PortChoice,
  type PortsAsked,
  type Prober,
  parseAddress,
  portsAskedAt,
  type ScanReport,
  type StopSignal,
  type Untrusted,
} from '../../core/index.ts';
import { chance } from '../dice.ts';
import { NETS } from '../story/thing.ts';
import { observationOf } from './seen.ts';
import { type Actual, netsIn, placeOf, type World } from './world.ts';

export interface ProberParts {
  readonly clock: Clock;
  readonly world: World;
  readonly seed: string;
  readonly dawn: number;
  readonly vendorOf: (mac: Mac) => Untrusted | null;
  /** How long the steps of a look are that tell how far it is; a look of the past is one step. */
  readonly step: () => Millis;
  /** Counts what would have been sent by an interface. */
  readonly sent: (iface: string, packets: number) => void;
}

/** Looks at the simulated networks: takes a believable while, tells how far it is, and fails where the way there is cut. */
export function createDemoProber(parts: ProberParts): Prober {
  let looks = 0;
  return {
    name: 'demo',
    look: (order, news, signal) => look({ ...parts, nth: ++looks }, { order, news }, signal),
    commands: async (order) => commandsOf(order),
  };
}

type Looking = ProberParts & { readonly nth: number };

interface Asked {
  readonly order: LookOrder;
  readonly news: (item: LookNews) => void;
}

async function look(parts: Looking, { order, news }: Asked, signal: StopSignal): Promise<ScanReport> {
  const { clock, world } = parts;
  const startedAt = clock.now();
  const hosts = answering(parts, order);
  const length = lengthOf(order, hosts.length);
  const cause = await pass(parts, { order, news, length }, signal);
  const frame = { startedAt, finishedAt: clock.now(), vantage: vantageOf(order), tool: TOOL, commands: commandsOf(order) };
  const rest = { ...frame, asked: Number(countAddresses(order.addresses)), warnings: [], raw: null };
  if (signal.aborted) return { ...rest, outcome: 'cancelled', cause: stopCause(signal), coverage: NO_COVERAGE, observations: [] };
  if (cause !== null) return { ...rest, outcome: 'failed', cause, coverage: NO_COVERAGE, observations: [] };
  const coverage = coverageOf(order, world);
  const observations = hosts.filter(({ there }) => there).map((one) => observed(parts, one, { order, coverage }));
  for (const observation of observations) news({ kind: 'host', observation });
  return { ...rest, outcome: 'complete', cause: null, coverage, observations };
}

/** Who answers: whoever is there, but for those that sleep at the moment. */
function answering({ world, seed, nth }: Looking, { addresses, thorough }: LookOrder): readonly Actual[] {
  return world.within(addresses).filter(({ thing }) => thorough || thing.drowsy === 0 || chance(seed, thing.key, nth) >= thing.drowsy);
}

interface Judging {
  readonly order: LookOrder;
  readonly coverage: Coverage;
}

function observed({ clock, dawn, vendorOf }: Looking, one: Actual, { order: { plan }, coverage }: Judging): Observation {
  const value = parseAddress(placeOf(one));
  const ports = plan.ports === null || value === undefined ? null : portsAskedAt(coverage, value);
  return observationOf(one, { at: clock.now(), ports, versions: plan.versions, dawn, vendorOf });
}

interface Passing extends Asked {
  readonly length: Millis;
}

/** Lets the time pass that a look takes; why the way there failed meanwhile, or null. */
async function pass(parts: Looking, { order, news, length }: Passing, signal: StopSignal): Promise<Cause | null> {
  const { clock, step, sent, world } = parts;
  let cut = cutIn(world, order.addresses);
  // What is sent into a cut comes back as nothing, sooner than answers would.
  const whole = cut === null ? length : Math.min(length, 3000);
  const packets = whole / 4;
  for (let gone = 0; gone < whole && !signal.aborted; ) {
    const next = Math.min(step(), whole - gone);
    await clock.sleep(next, signal);
    gone += next;
    for (const net of netsIn(order.addresses)) sent(NETS[net].iface, Math.round((packets * next) / whole));
    news({ kind: 'progress', done: gone / whole, secondsLeft: Math.round((whole - gone) / 1000), task: taskOf(order, gone / whole) });
    cut ??= cutIn(world, order.addresses);
  }
  return cut;
}

function cutIn(world: World, addresses: readonly AddressRange[]): Cause | null {
  const net = netsIn(addresses).find((key) => world.stateOf(key) === 'cut');
  if (net === undefined) return null;
  const { iface, block, routed } = NETS[net];
  return routed ? { code: 'no-route', text: `there is no route to ${block}` } : { code: 'no-carrier', text: `${iface} has no carrier` };
}

const TOOL = { name: 'demo', version: '1' };

function taskOf({ plan }: LookOrder, done: number): string {
  if (plan.ports === null) return 'ARP Ping Scan';
  if (done < 0.1) return 'Ping Scan';
  if (!plan.versions) return plan.protocol === 'udp' ? 'UDP Scan' : 'SYN Stealth Scan';
  return done < 0.5 ? 'SYN Stealth Scan' : 'Service scan';
}

/** What a look at so many who answer takes. */
function lengthOf({ plan, thorough, addresses }: LookOrder, hosts: number): Millis {
  const asked = Number(countAddresses(addresses));
  if (plan.ports === null) return thorough ? 700 : Math.min(2200, 300 + asked * 7);
  const each = { sweep: 0, ports: 380, services: 750, deep: 1500, udp: 900 }[plan.name];
  return 1500 + Math.min(asked, hosts + 2) * each;
}

const vantageOf = ({ addresses, iface }: LookOrder): ScanReport['vantage'] => {
  const ifaces = [...new Set(netsIn(addresses).map((net) => NETS[net].iface))];
  return { iface: iface ?? (ifaces.length === 1 ? (ifaces[0] ?? null) : null), privileged: true };
};

const stopCause = ({ reason }: StopSignal): Cause => ({ code: 'stopped', text: String(reason) });

const commandsOf = ({ plan, addresses, apart }: LookOrder): readonly (readonly string[])[] => {
  const places = apart?.map((lot) => lot.addresses) ?? [addresses];
  return places.map((ranges) => ['demo-look', plan.name, ...ranges.map(formatRange)]);
};

function coverageOf({ plan, addresses, apart }: LookOrder, world: World): Coverage {
  const ports = plan.ports === null || apart !== undefined ? {} : { [plan.protocol]: portsIn(plan.ports, world) };
  return { addresses, ports, depth: depthOf(plan), basis: 'asked', ...(apart && { apart }) };
}

/** The ports of a choice. The usual ones hold whatever the story serves: who opens one is to be found out. */
function portsIn(choice: PortChoice, world: World): NonNullable<PortsAsked['tcp']> {
  if (choice.kind === 'list') return choice.ports;
  if (choice.kind === 'all') return [[0, 65_535]];
  const served = world.all.flatMap(({ serves }) => [...serves.values()].map(({ port }) => [port, port] as const));
  return mergePorts([[1, Math.min(1024, choice.count)], [3000, 3010], [4444, 4444], [8000, 8100], ...served]);
}
