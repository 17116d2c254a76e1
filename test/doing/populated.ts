import type { Observation, WakeOrder } from '../../src/core/index.ts';
import { covering, HOUR, port, seen, service } from '../make/device.ts';
import { declared, every, LAN, type Wish, watching } from '../watch/stand.ts';
import { type OpenHouse, openHouse } from './open-house.ts';

/** Cards as they are sold: not made up by a device. */
export const CARD = 'f0:18:98:00:00:01';

const ssh = (version: string): Observation['ports'][number] => port(22, 'open', service('OpenSSH', { name: 'ssh', version }));

export const hosts = (version = '9.2p1'): Observation[] => [
  { ...seen('10.0.0.1', 1, { ports: [ssh(version), port(80)] }), mac: CARD },
  seen('10.0.0.2', 2, { ports: [port(631)] }),
  seen('10.0.0.3'),
];

export interface Populated extends OpenHouse {
  /** Who answers from now on. */
  set(observations: readonly Observation[]): Promise<void>;
  readonly woken: WakeOrder[];
}

/** A watched network with a server (#1), a printer with a made-up hardware address (#2), and one that has none (#3). */
export async function populated(wish: Wish = {}): Promise<Populated> {
  let here: readonly Observation[] = hosts();
  const woken: WakeOrder[] = [];
  const waker: NonNullable<Wish['waker']> = {
    wake: async (order) => {
      woken.push(order);
      return { ok: true, value: { mac: order.mac, iface: order.network.iface, from: '10.0.0.200', to: '10.0.0.255' } };
    },
  };
  const house = await openHouse({
    config: watching(declared(LAN, every(HOUR))),
    script: () => ({ hosts: here, coverage: covering([LAN], '1-1000') }),
    waker,
    ...wish,
  });
  await house.stand.clock.pass(HOUR);
  return Object.assign(house, {
    woken,
    set: async (observations: readonly Observation[]) => {
      here = observations;
      await house.stand.clock.pass(HOUR);
    },
  });
}
