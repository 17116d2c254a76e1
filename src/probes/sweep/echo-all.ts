import { type Address, type AddressRange, type Clock, canonicalAddress, isWithin, type Millis, type StopSignal } from '../../core/index.ts';
import type { Link } from '../machine/links.ts';
import type { Machine } from '../machine/machine.ts';
import { launcher } from '../processes/launch.ts';
import { runTool } from '../processes/run-tool.ts';
import { echoArgv } from './echo-argv.ts';

const BUDGET: Millis = 5000;
/** A hostile neighbour may answer for as many as it likes. */
const MOST = 2048;

export interface EchoOrder {
  readonly machine: Machine;
  readonly clock: Clock;
  readonly signal: StopSignal;
  readonly iface: string;
  /** The networks looked for: everybody answers from an address in the network it was asked from. */
  readonly ranges: readonly AddressRange[];
}

/**
 * Who answers an echo to all nodes of a link, asked from the link-local address and from each of ours in the networks looked
 * for. Only a hint: many keep silent, and nobody is known to be absent by it. Empty without the program for it.
 */
export async function echoAll(order: EchoOrder): Promise<readonly Address[]> {
  const { machine, iface, ranges } = order;
  const [ping, links] = await Promise.all([machine.tool('ping'), machine.links()]);
  const link = links.find((one) => one.iface === iface);
  if (ping === null || link === undefined || !link.up) return [];
  const answers: Address[] = [];
  for (const source of sourcesOn(link, ranges)) answers.push(...(await echoFrom(source, ping.path, order)));
  return [...new Set(answers)].slice(0, MOST);
}

/** null stands for its link-local address. */
const sourcesOn = ({ addresses }: Link, ranges: readonly AddressRange[]): (Address | null)[] => [
  null,
  ...addresses.map(({ address }) => address).filter((address) => address.includes(':') && isWithin(ranges, address)),
];

async function echoFrom(source: Address | null, ping: string, { machine, clock, signal, iface }: EchoOrder): Promise<Address[]> {
  let text = '';
  const facts = { iface, source };
  const command = [ping, ...echoArgv(facts)];
  await runTool({
    launch: await launcher(machine, { job: { kind: 'echo', facts, budget: BUDGET }, command, clock }),
    budget: BUDGET,
    clock,
    signal,
    read: (chunk) => {
      if (text.length < MOST * 128) text += Buffer.from(chunk).toString('latin1');
    },
  });
  return answersIn(text);
}

/** Lines like "64 bytes from fe80::1%eth0: icmp_seq=1 ttl=64 time=0.1 ms". */
export function answersIn(text: string): Address[] {
  const found = text.matchAll(/^\d+ bytes from ([0-9a-f:]{2,39})(?:%[^\s:]+)?: icmp_seq=/gim);
  return [...new Set([...found].flatMap(([, address]) => canonicalAddress(address as string) ?? []))];
}
