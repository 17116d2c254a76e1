import { ipBatch } from './ip.ts';

/** A veth from a port of the switch to the card in a namespace. */
export interface Cable {
  readonly plug: string;
  readonly namespace: string;
  readonly mac: string;
  readonly iface?: string;
}

/** What ip is to do in the switch for it. */
export function cableLines({ plug, namespace, mac, iface = 'eth0' }: Cable): string[] {
  return [
    `link add name ${plug} type veth peer name ${iface} address ${mac} netns ${namespace}`,
    `link set ${plug} master br0`,
    `link set ${plug} up`,
  ];
}

export interface Detour {
  readonly router: string;
  readonly probe: { readonly namespace: string; readonly address: string };
  /** For which addresses the router answers. */
  readonly answers: readonly string[];
}

/** A network where nobody has a MAC, yet every address of the LAN answers pings. */
export async function layDetour({ router, probe, answers }: Detour): Promise<void> {
  await ipBatch([`netns add ${router}`]);
  await ipBatch(['link set lo up', `link add name in0 type veth peer name out0 netns ${probe.namespace}`], router);
  const routes = answers.map((address) => `route add local ${address}/32 dev lo`);
  await ipBatch(['addr add 198.51.100.1/24 dev in0', 'link set in0 up', ...routes, `route add ${probe.address}/32 dev in0`], router);
  await ipBatch(['addr add 198.51.100.2/24 dev out0', 'link set out0 up', 'route add default via 198.51.100.1'], probe.namespace);
}
