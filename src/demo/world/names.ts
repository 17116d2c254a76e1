import {
  type Address,
  type Clock,
  type HostName,
  type Instant,
  type Millis,
  mergeClues,
  type NameSource,
  type Names,
  type Observation,
  untrusted,
} from '../../core/index.ts';
import { NETS } from '../story/thing.ts';
import { type Actual, placeOf, type World } from './world.ts';

/** How long after its answer somebody is asked again. */
const REFRESH: Millis = 6 * 3_600_000;

/** Names of the simulated networks, with a memory of who was asked when. */
export function createDemoNames({ world, clock }: { readonly world: World; readonly clock: Clock }): Names {
  const asked = new Map<string, Instant>();
  const isFresh = (seen: Observation): boolean => clock.now() - (asked.get(keyOf(seen)) ?? Number.NEGATIVE_INFINITY) < REFRESH;
  return {
    addressesOf: async (hostname) =>
      world.all.filter((one) => one.there && namesOf(one).some(({ name }) => name === hostname)).map(placeOf),
    nameAll: async (observations, _signal, ask) => {
      const due = observations.filter((seen) => ask?.fresh || !isFresh(seen));
      if (due.length === 0) return observations;
      for (const seen of due) asked.set(keyOf(seen), clock.now());
      const known = Map.groupBy(
        world.all.filter(({ there }) => there),
        placeOf,
      );
      return observations.map((seen) => (due.includes(seen) ? named(seen, known) : seen));
    },
  };
}

const keyOf = ({ address, mac }: Observation): string => `${address} ${mac}`;

function named(seen: Observation, known: ReadonlyMap<Address, readonly Actual[]>): Observation {
  const one = known.get(seen.address)?.find(({ mac }) => mac === seen.mac);
  if (one === undefined) return seen;
  const clues = one.thing.clues.map(([kind, value]) => ({ kind, value: untrusted(value) }));
  return { ...seen, names: namesOf(one), clues: mergeClues(seen.clues ?? [], clues) };
}

const namesOf = ({ thing: { name, sources, net } }: Actual): HostName[] =>
  name === null ? [] : sources.map((source) => ({ name: untrusted(nameBy(source, name, NETS[net].domain)), source }));

function nameBy(source: NameSource, name: string, domain: string): string {
  if (source === 'dns') return name.includes('.') ? name : `${name}.${domain}`;
  return source === 'mdns' ? `${name}.local` : name;
}
