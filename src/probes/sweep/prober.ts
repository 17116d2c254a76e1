import { countAddresses, mergeRanges, type Prober, type ScanReport, subtractRanges } from '../../core/index.ts';
import type { Neighbour } from '../neighbours/neighbour.ts';
import { isOwn } from '../vantage/parts.ts';
import { placesOf } from '../vantage/present.ts';
import { snapshot } from '../vantage/self-check.ts';
import { createSurvey } from '../vantage/survey.ts';
import { askByNmap, type Call, forNmap, type SweepProberOptions } from './call.ts';
import { echoAll } from './echo-all.ts';
import { joinReports, type Piece } from './join-reports.ts';
import { type ArpLot, type Lots, lotsOf } from './lots.ts';
import { askNeighbours } from './neighbours-by-arp.ts';
import { overheard, type Tables } from './overheard.ts';
import { candidatesIn } from './vast.ts';

/**
 * Asks who is there in the way that fits each address: neighbours by arp-scan, what lies behind routers by nmap, IPv6
 * without sweeping it. Other plans go to nmap as they are. Never rejects, as its probers do not.
 */
export function createSweepProber(options: SweepProberOptions): Prober {
  const survey = options.survey ?? createSurvey(options.machine);
  return {
    name: 'sweep',
    commands: async (order) => (await options.nmap.commands?.(forNmap(order))) ?? [],
    async look(order, news, signal) {
      if (order.plan.ports !== null || order.plan.assumeUp || order.apart) return options.nmap.look(forNmap(order), news, signal);
      const startedAt = options.clock.now();
      const deadline = options.clock.monotonic() + order.plan.budget;
      const report = await sweep({ options, survey, order, news, signal, deadline });
      return { ...report, startedAt, finishedAt: options.clock.now(), asked: Number(countAddresses(order.addresses)) };
    },
  };
}

type Joined = ReturnType<typeof joinReports>;

async function sweep(call: Call): Promise<Joined> {
  const { options, survey, order } = call;
  // Read before anybody is asked: what the look itself makes the kernel learn would pass for old otherwise.
  const [now, before] = await Promise.all([snapshot(options.machine), options.neighbours()]);
  const gone = order.iface !== null && !now.links.some(({ iface }) => iface === order.iface);
  if (gone) return options.nmap.look(forNmap(order), call.news, call.signal);
  const lots = lotsOf(await survey.split(order, now), now, options.machine.privileged());
  const pieces = await askAttached(call, lots, before ?? []);
  if (lots.rest.length > 0 || pieces.length === 0) {
    const report = await askByNmap(call, { ranges: lots.rest, iface: order.iface });
    pieces.push({ reach: isOwn(lots.rest, now.links) ? 'self' : 'routed', report });
  }
  return withOverheard(joinReports(pieces), { before, after: await options.neighbours() }, call);
}

async function askAttached(call: Call, lots: Lots, before: readonly Neighbour[]): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for (const lot of lots.arp) pieces.push(...(await askNeighbours(call, lot)));
  for (const lot of lots.vast) pieces.push({ reach: 'attached', report: await askVast(call, lot, before) });
  return pieces;
}

/** Asks only addresses somebody may be at; the silence of all others was never asked for. */
async function askVast(call: Call, { ranges, iface }: ArpLot, known: readonly Neighbour[]): Promise<ScanReport> {
  const { machine, clock } = call.options;
  const answers = await echoAll({ machine, clock, signal: call.signal, iface, ranges });
  const expected = [...(call.order.expected ?? []), ...answers.map((address) => ({ address }))];
  const candidates = candidatesIn(ranges, iface, { known, expected });
  return askByNmap(call, { ranges: candidates, iface });
}

/** Adds whom only the kernel heard, where the look itself can be believed. */
function withOverheard(report: Joined, tables: Tables, { order, options }: Call): Joined {
  if (report.outcome === 'failed' || report.outcome === 'cancelled') return report;
  const asked = subtractRanges(mergeRanges(order.addresses), placesOf(report.observations));
  const heard = overheard(tables, { ranges: asked, iface: order.iface }, options.clock.now());
  if (heard.length === 0) return report;
  const addresses = mergeRanges([...report.coverage.addresses, ...placesOf(heard)]);
  return { ...report, observations: [...report.observations, ...heard], coverage: { ...report.coverage, addresses } };
}
