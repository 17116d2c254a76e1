import type { Network } from '../../src/core/index.ts';
import type { Link, Machine, Route, Tool, ToolName } from '../../src/probes/index.ts';
import { networksOf } from '../../src/probes/machine/networks.ts';
import { parseRoutes4 } from '../../src/probes/machine/routes.ts';

/** An interface that is fine, with what is to be different. */
export function link(iface: string, addresses: readonly string[], other: Partial<Link> = {}): Link {
  return {
    iface,
    mac: '02:00:5e:00:53:01',
    addresses: addresses.map((text) => ({ address: text.split('/')[0] as string, prefix: Number(text.split('/')[1]) })),
    loopback: false,
    neighbourly: true,
    up: true,
    carrier: true,
    carrierChanges: 2,
    ...other,
  };
}

export const LOOPBACK: Link = link('lo', ['127.0.0.1/8', '::1/128'], { mac: null, loopback: true, neighbourly: false });

/** /proc/net/route with a default route through `iface`. */
export function defaultRoute(iface: string): Route[] {
  return parseRoutes4(
    `Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\n${iface}\t00000000\t02004E0A\t0003\t0\t0\t0\t00000000\t0\t0\t0\n`,
  );
}

export interface FakeFacts {
  /** One list per reading; the last one stays. */
  readonly links?: readonly (readonly Link[])[];
  readonly routes?: readonly Route[] | null;
  readonly privileged?: boolean;
  readonly tools?: Partial<Record<ToolName, Tool>>;
  readonly leash?: readonly string[];
}

/** A machine that is what the test says. */
export function fakeMachine(facts: FakeFacts = {}): Machine & { readonly readings: () => number } {
  const lists = facts.links ?? [[LOOPBACK, link('va', ['10.77.0.1/24'])]];
  let readings = 0;
  const links = async (): Promise<readonly Link[]> => lists[Math.min(readings++, lists.length - 1)] as readonly Link[];
  return {
    links,
    networks: async (): Promise<readonly Network[]> => networksOf(await links()),
    routes: async () => facts.routes ?? null,
    privileged: () => facts.privileged ?? true,
    tool: async (name) => facts.tools?.[name] ?? null,
    leash: async () => facts.leash ?? [],
    readings: () => readings,
  };
}
