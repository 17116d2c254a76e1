import { blockRange, type Cause, type CauseCode, formatAddress, parseAddress } from '../../core/index.ts';
import type { Link } from '../machine/links.ts';
import type { Machine } from '../machine/machine.ts';
import { type Route, routeTo } from '../machine/routes.ts';
import type { Part } from './parts.ts';

/** What this machine was like at one moment, as far as a look depends on it. */
export interface Snapshot {
  readonly links: readonly Link[];
  readonly routes: readonly Route[] | null;
}

export async function snapshot(machine: Machine): Promise<Snapshot> {
  const [links, routes] = await Promise.all([machine.links(), machine.routes()]);
  return { links, routes };
}

/** Why looking at this part through this machine would prove nothing; null when it can see. */
export function checkBefore(part: Part, { links, routes }: Snapshot, privileged: boolean): Cause | null {
  if (part.reach === 'unreachable') return cause('no-route', `this machine has no route to ${firstAddress(part)}`);
  if (part.reach === 'self') return loopbackCheck(links);
  if (part.iface === null) return null;
  const link = links.find(({ iface }) => iface === part.iface);
  return linkCheck(part.iface, link) ?? addressCheck(part, link as Link) ?? wayCheck(part, routes, privileged);
}

/** The same after the look, and whether the link stayed what it was all the while. */
export function checkAfter(part: Part, sides: { before: Snapshot; after: Snapshot }, privileged: boolean): Cause | null {
  const now = checkBefore(part, sides.after, privileged);
  if (now !== null || part.iface === null) return now;
  const [was, is] = [sides.before, sides.after].map(({ links }) => links.find(({ iface }) => iface === part.iface)) as [Link, Link];
  return flapCheck(was, is) ?? sameAddressCheck(was, is);
}

const cause = (code: CauseCode, text: string): Cause => ({ code, text });

function loopbackCheck(links: readonly Link[]): Cause | null {
  const loopback = links.find((link) => link.loopback);
  return loopback === undefined || loopback.up ? null : cause('interface-down', `the loopback interface ${loopback.iface} is down`);
}

function linkCheck(iface: string, link: Link | undefined): Cause | null {
  if (link === undefined) return cause('interface-gone', `interface ${iface} does not exist`);
  if (!link.up) return cause('interface-down', `interface ${iface} is down`);
  return link.carrier === false ? cause('no-carrier', `interface ${iface} has no carrier (cable out, or not associated)`) : null;
}

function addressCheck(part: Part, link: Link): Cause | null {
  const ranges = link.addresses.flatMap(({ address, prefix }) => {
    const value = parseAddress(address);
    return value?.family === part.family ? [blockRange(value, prefix)] : [];
  });
  const { network } = part;
  const held = network === null ? ranges.length > 0 : ranges.some(({ first, last }) => first === network.first && last === network.last);
  return held ? null : cause('address-lost', `interface ${link.iface} has no address in the network of ${firstAddress(part)}`);
}

/** Connections follow the routing table whatever -e says; only raw frames obey it. */
function wayCheck(part: Part, routes: readonly Route[] | null, privileged: boolean): Cause | null {
  if (privileged || routes === null) return null;
  const address = firstAddress(part);
  const route = routeTo(routes, address);
  if (route === undefined) return cause('no-route', `this machine has no route to ${address}`);
  return route.iface === part.iface
    ? null
    : cause('other-route', `the route to ${address} leads through ${route.iface}, not ${part.iface}`);
}

function flapCheck(was: Link, is: Link): Cause | null {
  if (was.carrierChanges === is.carrierChanges) return null;
  return cause('link-flapped', `interface ${is.iface} lost its carrier and got it back during the scan`);
}

/** IPv6 privacy addresses come and go by design; an IPv4 address that changes means another lease or network. */
function sameAddressCheck(was: Link, is: Link): Cause | null {
  const lost = was.addresses.find(({ address }) => !address.includes(':') && !is.addresses.some((other) => other.address === address));
  return lost === undefined ? null : cause('address-lost', `interface ${is.iface} lost its address ${lost.address} during the scan`);
}

function firstAddress({ ranges, family }: Part): string {
  return formatAddress({ family, value: ranges[0]?.first ?? 0n });
}
