import type { Address, AddressRange, Finding, Mac, Network } from '../../core/index.ts';
import { NETS, type NetKey } from '../story/thing.ts';
import { netsIn, placeOf, rangeOf, type World } from './world.ts';

const ATTACHED: readonly NetKey[] = ['home', 'desks'];

/** What the machine of the story says of where it stands. */
export interface DemoSurroundings {
  networks(): readonly Network[];
  ifaceOf(range: AddressRange): string | null;
  gateways(): readonly Address[];
  privileged(): boolean;
  diagnose(): Promise<readonly Finding[]>;
  cardAt(address: Address): Promise<Mac | null>;
  sentPackets(): Promise<ReadonlyMap<string, number>>;
}

/** `sent` is counted by who looks. */
export function demoSurroundings(world: World, sent: ReadonlyMap<string, number>): DemoSurroundings {
  const networks = ATTACHED.map(
    (net): Network => ({ iface: NETS[net].iface, block: NETS[net].block, range: rangeOf(net), loopback: false }),
  );
  return {
    networks: () => networks,
    ifaceOf: (range) => {
      const [net] = netsIn([range]);
      return net === undefined || NETS[net].routed ? null : NETS[net].iface;
    },
    gateways: () => ATTACHED.map((net) => `${NETS[net].prefix}1`),
    privileged: () => true,
    diagnose: async () => FINDINGS,
    cardAt: async (address) => world.all.find((one) => one.there && placeOf(one) === address)?.mac ?? null,
    sentPackets: async () => new Map(sent),
  };
}

const FINDINGS: readonly Finding[] = [
  { level: 'fine', topic: 'network', text: 'a simulated home and office: nothing is sent, and nobody is asked', remedy: null },
  {
    level: 'limited',
    topic: 'demo',
    text: 'what is shown here happened to nobody',
    remedy: 'run "rollcall start" to watch a network of yours',
  },
];
