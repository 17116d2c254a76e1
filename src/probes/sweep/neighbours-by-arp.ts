import {
  type AddressRange,
  type CauseCode,
  countAddresses,
  type Mac,
  MOST_THOROUGH,
  type ScanReport,
  subtractRanges,
} from '../../core/index.ts';
import { placesOf } from '../vantage/present.ts';
import { vendorOf } from '../vendors/vendors.ts';
import { askByNmap, type Call, forNmap, remaining } from './call.ts';
import type { Piece } from './join-reports.ts';
import type { ArpLot } from './lots.ts';
import { cardsOf } from './overheard.ts';

/** Asks the neighbours of one lot by ARP; in a thorough look those who were silent once more, past it. */
export async function askNeighbours(call: Call, lot: ArpLot): Promise<Piece[]> {
  const first = await askByArp(call, lot);
  const reports = call.order.thorough === true ? await insist(call, lot.iface, first) : [first];
  return reports.map((report) => ({ reach: 'attached', report }));
}

/** What is wrong with arp-scan itself, not with the network or with this look. */
const UNFIT: readonly CauseCode[] = ['tool-missing', 'tool-failed'];

async function askByArp(call: Call, { ranges, iface }: ArpLot): Promise<ScanReport> {
  const order = { ...remaining(call), addresses: ranges, iface };
  const report = await call.options.arpScan.look(order, call.news, call.signal);
  const { cause, outcome } = report;
  if (outcome !== 'failed' || cause === null || !UNFIT.includes(cause.code)) return report;
  const instead = await askByNmap(call, { ranges, iface });
  return { ...instead, warnings: [`${cause.text}: asked with nmap instead, which is slower`, ...instead.warnings] };
}

/** Asks those who were silent once more, past ARP. Only who is silent in both ways is covered as silent; of more than can be asked so, nobody. */
async function insist(call: Call, iface: string, first: ScanReport): Promise<ScanReport[]> {
  const silent = subtractRanges(first.coverage.addresses, placesOf(first.observations));
  if (silent.length === 0) return [first];
  if (countAddresses(silent) > MOST_THOROUGH) return [withoutSilent(first, silent)];
  const order = { ...forNmap(remaining(call)), addresses: silent, iface, thorough: true };
  const second = await call.options.nmap.look(order, () => {}, call.signal);
  const cards = cardsOf((await call.options.neighbours()) ?? [], iface);
  return [withoutSilent(first, silent), asNeighbours(second, cards)];
}

const withoutSilent = (report: ScanReport, silent: readonly AddressRange[]): ScanReport => ({
  ...report,
  coverage: { ...report.coverage, addresses: subtractRanges(report.coverage.addresses, silent) },
});

/** An answer without a card came through a router, so not from a neighbour (R4). */
function asNeighbours(report: ScanReport, cards: ReadonlyMap<string, Mac>): ScanReport {
  const observations = report.observations.flatMap((seen) => {
    const mac = seen.mac ?? cards.get(seen.address) ?? null;
    return mac === null ? [] : [{ ...seen, mac, vendor: seen.vendor ?? vendorOf(mac) }];
  });
  const strange = report.observations.filter(({ address }) => !observations.some((seen) => seen.address === address));
  const addresses = subtractRanges(report.coverage.addresses, placesOf(strange));
  return { ...report, observations, coverage: { ...report.coverage, addresses } };
}
