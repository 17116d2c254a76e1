import {
  type AddressRange,
  type Clock,
  countAddresses,
  type LookNews,
  type LookOrder,
  mergeRanges,
  type Prober,
  parseAddress,
  type ScanReport,
  type StopSignal,
  subtractRanges,
} from '../../core/index.ts';
import type { Machine } from '../machine/machine.ts';
import type { Neighbour } from '../neighbours/neighbour.ts';
import { isOwn } from '../vantage/parts.ts';
import { snapshot } from '../vantage/self-check.ts';
import { createSurvey, type Survey } from '../vantage/survey.ts';
import { vendorOf } from '../vendors/vendors.ts';
import { echoAll } from './echo-all.ts';
import { joinReports, type Piece } from './join-reports.ts';
import { type ArpLot, type Lots, lotsOf } from './lots.ts';
import { cardsOf, overheard, type Tables } from './overheard.ts';
import { candidatesIn } from './vast.ts';

export interface SweepProberOptions {
  readonly clock: Clock;
  readonly machine: Machine;
  readonly nmap: Prober;
  readonly arpScan: Prober;
  /** The kernel's neighbour table; null when it cannot be read. */
  readonly neighbours: () => Promise<readonly Neighbour[] | null>;
  readonly survey?: Survey;
}

/**
 * Asks who is there in the way that fits each address: neighbours by arp-scan, what lies behind routers by nmap, IPv6
 * without sweeping it. Other plans go to nmap as they are. Never rejects, as its probers do not.
 */
export function createSweepProber(options: SweepProberOptions): Prober {
  const survey = options.survey ?? createSurvey(options.machine);
  return {
    name: 'sweep',
    async look(order, news, signal) {
      if (order.plan.ports !== null || order.plan.assumeUp) return options.nmap.look(forNmap(order), news, signal);
      const startedAt = options.clock.now();
      const deadline = options.clock.monotonic() + order.plan.budget;
      const report = await sweep({ options, survey, order, news, signal, deadline });
      return { ...report, startedAt, finishedAt: options.clock.now(), asked: Number(countAddresses(order.addresses)) };
    },
  };
}

interface Call {
  readonly options: SweepProberOptions;
  readonly survey: Survey;
  readonly order: LookOrder;
  readonly news: (item: LookNews) => void;
  readonly signal: StopSignal;
  readonly deadline: number;
}

type Joined = ReturnType<typeof joinReports>;

/** nmap knows no rate without a limit but silence about it. */
function forNmap(order: LookOrder): LookOrder {
  return { ...order, plan: { ...order.plan, maxRate: order.plan.maxRate || null }, thorough: false };
}

async function sweep(call: Call): Promise<Joined> {
  const { options, survey, order } = call;
  const [now, before] = await Promise.all([snapshot(options.machine), options.neighbours()]);
  const gone = order.iface !== null && !now.links.some(({ iface }) => iface === order.iface);
  if (gone) return options.nmap.look(forNmap(order), call.news, call.signal);
  const lots = lotsOf(await survey.split(order, now), now, options.machine.privileged());
  const pieces = await askAttached(call, lots, before ?? []);
  if (lots.rest.length > 0 || pieces.length === 0) {
    const report = await askByNmap(call, { ranges: lots.rest, iface: order.iface });
    pieces.push({ reach: isOwn(lots.rest, now.links) ? 'self' : 'routed', report });
  }
  const tables = { before, after: await options.neighbours() };
  if (order.thorough === true) for (const lot of lots.arp) await insist(call, { lot, pieces, tables: { ...tables } });
  return withOverheard(joinReports(pieces), tables, call);
}

async function askAttached(call: Call, lots: Lots, before: readonly Neighbour[]): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for (const lot of lots.arp) pieces.push({ reach: 'attached', report: await askByArp(call, lot) });
  for (const lot of lots.vast) pieces.push({ reach: 'attached', report: await askVast(call, lot, before) });
  return pieces;
}

const remaining = ({ order, options, deadline }: Call): LookOrder => ({
  ...order,
  plan: { ...order.plan, budget: Math.max(1, deadline - options.clock.monotonic()) },
});

function askByNmap(call: Call, { ranges, iface }: { ranges: readonly AddressRange[]; iface: string | null }): Promise<ScanReport> {
  return call.options.nmap.look({ ...forNmap(remaining(call)), addresses: ranges, iface }, call.news, call.signal);
}

async function askByArp(call: Call, { ranges, iface }: ArpLot): Promise<ScanReport> {
  const order = { ...remaining(call), addresses: ranges, iface };
  const report = await call.options.arpScan.look(order, call.news, call.signal);
  if (report.cause?.code !== 'tool-missing') return report;
  const instead = await askByNmap(call, { ranges, iface });
  return { ...instead, warnings: [`${report.cause.text}: asked with nmap instead, which is slower`, ...instead.warnings] };
}

/** Asks only addresses somebody may be at; the silence of all others was never asked for. */
async function askVast(call: Call, { ranges, iface }: ArpLot, known: readonly Neighbour[]): Promise<ScanReport> {
  const { machine, clock } = call.options;
  const answers = await echoAll({ machine, clock, signal: call.signal, iface, ranges });
  const expected = [...(call.order.expected ?? []), ...answers.map((address) => ({ address }))];
  const candidates = candidatesIn(ranges, iface, { known, expected });
  return askByNmap(call, { ranges: candidates, iface });
}

interface Insisting {
  readonly lot: ArpLot;
  readonly pieces: Piece[];
  readonly tables: Tables;
}

/** Asks those who were silent once more, past ARP. Only who is silent in both ways is covered as silent. */
async function insist(call: Call, { lot, pieces }: Insisting): Promise<void> {
  const at = pieces.findIndex(({ report }) => report.vantage.iface === lot.iface && report.outcome === 'complete');
  const first = pieces[at]?.report;
  if (first === undefined) return;
  const silent = subtractRanges(first.coverage.addresses, seenIn(first));
  if (silent.length === 0 || countAddresses(silent) > MOST_INSISTED) return;
  const addresses = silent;
  const order = { ...forNmap(remaining(call)), addresses, iface: lot.iface, thorough: true };
  const second = await call.options.nmap.look(order, () => {}, call.signal);
  const coverage = { ...first.coverage, addresses: subtractRanges(first.coverage.addresses, silent) };
  pieces[at] = { reach: 'attached', report: { ...first, coverage } };
  const cards = cardsOf({ before: null, after: await call.options.neighbours() });
  pieces.push({ reach: 'attached', report: asNeighbours(second, cards) });
}

/** A thorough look is for a few addresses; of more, ARP has to do. */
const MOST_INSISTED = 64n;

/** An answer without a card came through a router, so not from a neighbour (R4). */
function asNeighbours(report: ScanReport, cards: ReadonlyMap<string, string>): ScanReport {
  const observations = report.observations.flatMap((seen) => {
    const mac = seen.mac ?? cards.get(seen.address) ?? null;
    return mac === null ? [] : [{ ...seen, mac, vendor: seen.vendor ?? vendorOf(mac) }];
  });
  const strange = report.observations.filter(({ address }) => !observations.some((seen) => seen.address === address));
  const coverage = { ...report.coverage, addresses: subtractRanges(report.coverage.addresses, seenIn({ observations: strange })) };
  return { ...report, observations, coverage };
}

function seenIn({ observations }: Pick<ScanReport, 'observations'>): AddressRange[] {
  const ranges = observations.flatMap(({ address }) => {
    const value = parseAddress(address);
    return value === undefined ? [] : [{ family: value.family, first: value.value, last: value.value }];
  });
  return mergeRanges(ranges);
}

/** Adds whom only the kernel heard, where the look itself can be believed. */
function withOverheard(report: Joined, tables: Tables, { order, options }: Call): Joined {
  if (report.outcome === 'failed' || report.outcome === 'cancelled') return report;
  const asked = subtractRanges(mergeRanges(order.addresses), seenIn(report));
  const heard = overheard(tables, asked, options.clock.now());
  if (heard.length === 0) return report;
  const addresses = mergeRanges([...report.coverage.addresses, ...seenIn({ observations: heard })]);
  return { ...report, observations: [...report.observations, ...heard], coverage: { ...report.coverage, addresses } };
}
