import {
  type Clock,
  type Clue,
  type Ears,
  type HostName,
  type Listener,
  type Sighting,
  type SightingWay,
  untrusted,
} from '../../core/index.ts';
import { NETS } from '../story/thing.ts';
import { type Actual, placeOf, type World } from './world.ts';

/** Hears who comes: what a phone or laptop says when it joins a network. Behind a router nobody is heard. */
export function createDemoListener({ clock, world }: { readonly clock: Clock; readonly world: World }): Listener {
  let ears: Ears | null = null;
  const count = { heard: 0, told: 0, passed: 0, malformed: 0, dropped: 0 };
  world.onNoise((one) => {
    if (ears === null || !ears.ifaces.includes(NETS[one.thing.net].iface)) return;
    for (const sighting of sightingsOf(one, clock.now())) {
      count.heard++;
      count.told++;
      ears.hear(sighting);
    }
  });
  return {
    name: 'demo',
    count,
    commands: [['demo-listen']],
    async listen(asked, signal) {
      ears = asked;
      const over = Promise.withResolvers<null>();
      if (signal.aborted) over.resolve(null);
      signal.addEventListener('abort', () => over.resolve(null), { once: true });
      await over.promise;
      if (ears === asked) ears = null;
      return null;
    },
  };
}

/** The frames of one arrival. */
export function sightingsOf(one: Actual, at: number): Sighting[] {
  const { thing, mac } = one;
  if (mac === null) return [];
  const [address, { iface }] = [placeOf(one), NETS[thing.net]];
  const frame = (way: SightingWay, line: string): Sighting => ({
    at,
    iface,
    way,
    mac,
    address,
    names: namesBy(one, way),
    clues: cluesBy(one, way),
    line,
  });
  return [
    frame('dhcp', `dhcp request from ${address}`),
    frame('arp', `arp who-has ${NETS[thing.net].prefix}1 tell ${address}`),
    ...(thing.sources.includes('mdns') ? [frame('mdns', `mdns from ${address}`)] : []),
  ];
}

function namesBy({ thing: { name, sources } }: Actual, way: SightingWay): HostName[] {
  if (name === null || (way !== 'dhcp' && way !== 'mdns') || !sources.includes(way)) return [];
  return [{ name: untrusted(way === 'mdns' ? `${name}.local` : name), source: way }];
}

const cluesBy = ({ thing: { clues } }: Actual, way: SightingWay): Clue[] =>
  clues.flatMap(([kind, value]) => (kind.startsWith(way === 'arp' ? 'router' : way) ? [{ kind, value: untrusted(value) }] : []));
