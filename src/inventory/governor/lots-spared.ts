import {
  type AddressRange,
  type LookOrder,
  type Lot,
  mergeRanges,
  type PortRange,
  type PortSet,
  type Protocol,
  subtractRanges,
} from '../../core/index.ts';
import { FRAGILE_PORTS } from './tender.ts';

/** What is left of an order of exact pairs without these addresses, and where versions are asked, without fragile ports. null: nothing. */
export function withoutSpared(order: LookOrder, away: readonly AddressRange[], fragile: boolean): LookOrder | null {
  const addresses = subtractRanges(order.addresses, away);
  if (order.apart === undefined) return addresses.length === 0 ? null : { ...order, fragile, addresses };
  const keeps = fragile || !order.plan.versions;
  const lots = order.apart.flatMap((lot): Lot[] => {
    const there = subtractRanges(lot.addresses, away);
    const ports = keeps ? lot.ports : sturdy(lot.ports);
    return there.length === 0 || Object.keys(ports).length === 0 ? [] : [{ addresses: there, ports }];
  });
  return lots.length === 0 ? null : { ...order, fragile, apart: lots, addresses: mergeRanges(lots.flatMap((lot) => lot.addresses)) };
}

function sturdy(ports: Lot['ports']): Lot['ports'] {
  const left = Object.entries(ports).map(([protocol, some]) => [protocol as Protocol, portsWithout(some, FRAGILE_PORTS)] as const);
  return Object.fromEntries(left.filter(([, some]) => some.length > 0));
}

/** The ports of one set that are not in the other. */
export function portsWithout(ports: PortSet, others: PortSet): PortSet {
  return others.reduce<PortSet>(
    (rest, [first, last]) =>
      rest.flatMap(([from, to]): PortRange[] => {
        const before: PortRange[] = from < first ? [[from, Math.min(to, first - 1)]] : [];
        const behind: PortRange[] = to > last ? [[Math.max(from, last + 1), to]] : [];
        return [...before, ...behind];
      }),
    ports,
  );
}
