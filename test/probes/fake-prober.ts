import { type Address, isWithin, type LookOrder, type Mac, type Observation, type Prober, type ScanReport } from '../../src/core/index.ts';

/** Who stands where; null for a card that is not seen. */
export type Standing = Readonly<Record<Address, Mac | null>>;

export interface FakeProber extends Prober {
  /** What it was asked, one after the other. */
  readonly orders: readonly LookOrder[];
}

export interface Manner {
  readonly reason?: string;
  /** What its report says instead. */
  readonly but?: Partial<ScanReport>;
  /** Called before it looks. */
  readonly meanwhile?: () => void;
}

/** A prober that sees whoever stands at an address it is asked, and covers everything it is asked. */
export function fakeProber(
  name: string,
  standing: Standing = {},
  { reason = 'arp-response', but = {}, meanwhile }: Manner = {},
): FakeProber {
  const orders: LookOrder[] = [];
  return {
    name,
    orders,
    async look(order) {
      orders.push(order);
      meanwhile?.();
      const here = Object.entries(standing).filter(([address]) => isWithin(order.addresses, address));
      return { ...reportOf(order, name), observations: here.map(([address, mac]) => observed(address, mac, reason)), ...but };
    },
  };
}

/** The report of a look that went well and saw nobody. */
export function reportOf(order: Pick<LookOrder, 'addresses' | 'iface'>, tool: string): ScanReport {
  return {
    startedAt: 0,
    finishedAt: 0,
    outcome: 'complete',
    cause: null,
    coverage: { addresses: order.addresses, ports: {}, depth: 'presence', basis: 'asked' },
    vantage: { iface: order.iface, privileged: true },
    tool: { name: tool, version: '1.0' },
    commands: [[`/usr/bin/${tool}`]],
    observations: [],
    asked: 0,
    warnings: [],
    raw: null,
  };
}

export function observed(address: Address, mac: Mac | null, reason = 'arp-response'): Observation {
  return { address, mac, vendor: null, reason, seenAt: 0, names: null, ports: [], unlisted: [], timedOut: false, os: null };
}

/** A look that could not be. */
export const failing = (code: NonNullable<ScanReport['cause']>['code'], text: string): Partial<ScanReport> => ({
  outcome: 'failed',
  cause: { code, text },
  coverage: { addresses: [], ports: {}, depth: 'presence', basis: 'asked' },
  observations: [],
  commands: [],
});
