import type { Address, Mac, Observation } from '../../core/index.ts';
import type { Link } from '../machine/links.ts';
import { vendorOf } from '../vendors/vendors.ts';

/**
 * Completes what nmap saw: an address of this machine gets its interface's hardware address (nmap asks no
 * neighbour about it), and a hardware address nmap has no vendor for is looked up in the registry.
 */
export function mender(links: readonly Link[]): (seen: Observation) => Observation {
  const cards = ownCards(links);
  return (seen) => {
    const mac = seen.mac ?? cards.get(seen.address) ?? null;
    return { ...seen, mac, vendor: seen.vendor ?? (mac === null ? null : vendorOf(mac)) };
  };
}

function ownCards(links: readonly Link[]): Map<Address, Mac> {
  const pairs = links.flatMap(({ mac, loopback, neighbourly, addresses }): [Address, Mac][] =>
    mac === null || loopback || neighbourly === false ? [] : addresses.map(({ address }) => [address, mac]),
  );
  return new Map(pairs);
}
