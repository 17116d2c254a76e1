import { type Address, type AddressRange, Fault, isWithin, type Mac, parseAddress } from '../../core/index.ts';
import { addressOf, NET_KEYS, NETS, type NetKey, type Served, type Thing } from '../story/thing.ts';
import type { Deed } from './deed.ts';

/** A thing as it is at the moment. */
export interface Actual {
  readonly thing: Thing;
  there: boolean;
  host: number;
  mac: Mac | null;
  /** By protocol and port ("tcp/22"). */
  readonly serves: Map<string, Served>;
}

export type NetState = 'well' | 'cut' | 'hushed';

/** The simulated networks as they are now. Deeds change them; looking at them does not. */
export class World {
  readonly #things: ReadonlyMap<string, Actual>;
  readonly #nets = new Map<NetKey, NetState>();
  #hear: (seen: Actual) => void = () => {};

  constructor(things: readonly Thing[]) {
    this.#things = new Map(things.map((thing) => [thing.key, actualOf(thing)]));
  }

  /** Whoever comes, moves or shows another card can be heard by whoever listens. */
  onNoise(hear: (seen: Actual) => void): void {
    this.#hear = hear;
  }

  get all(): readonly Actual[] {
    return [...this.#things.values()];
  }

  /** Fault not-found for a key that is not in the story. */
  thing(key: string): Actual {
    const known = this.#things.get(key);
    if (known === undefined) throw new Fault('not-found', `finding ${JSON.stringify(key)}: the story has no such thing`, 'name one of it');
    return known;
  }

  stateOf(net: NetKey): NetState {
    return this.#nets.get(net) ?? 'well';
  }

  /** Whoever is there at these addresses and can be reached. */
  within(ranges: readonly AddressRange[]): readonly Actual[] {
    return this.all.filter((one) => one.there && this.#reaches(one) && isWithin(ranges, placeOf(one)));
  }

  apply(deed: Deed): void {
    if ('net' in deed) {
      this.#nets.set(deed.net, deed.kind === 'mended' ? 'well' : deed.kind);
      return;
    }
    const one = this.thing(deed.thing);
    if (change(one, deed) && one.there && this.#reaches(one)) this.#hear(one);
  }

  #reaches({ thing: { net }, host }: Actual): boolean {
    return this.stateOf(net) === 'well' || (this.stateOf(net) === 'hushed' && host === 1);
  }
}

export const placeOf = ({ thing: { net }, host }: Actual): Address => addressOf(net, host);

export const servedAt = ({ protocol, port }: Pick<Served, 'protocol' | 'port'>): string => `${protocol}/${port}`;

/** The networks that addresses lie in. */
export function netsIn(ranges: readonly AddressRange[]): readonly NetKey[] {
  return NET_KEYS.filter((net) => {
    const whole = rangeOf(net);
    return ranges.some(({ family, first, last }) => family === whole.family && first <= whole.last && last >= whole.first);
  });
}

const wholeOf = (net: NetKey): AddressRange => {
  const first = parseAddress(`${NETS[net].prefix}0`)?.value ?? 0n;
  return { family: 4, first, last: first + 255n };
};
const WHOLE: Readonly<Record<NetKey, AddressRange>> = { home: wholeOf('home'), desks: wholeOf('desks'), yard: wholeOf('yard') };

/** All of a network. */
export const rangeOf = (net: NetKey): AddressRange => WHOLE[net];

function actualOf(thing: Thing): Actual {
  const { habit, host, mac, serves } = thing;
  const there = habit.kind === 'always' || habit.kind === 'with';
  return { thing, there, host, mac, serves: new Map(serves.map((served) => [servedAt(served), served])) };
}

/** Does it; whether it makes a noise. */
function change(one: Actual, deed: Exclude<Deed, { net: NetKey }>): boolean {
  if (deed.kind === 'serves') one.serves.set(servedAt(deed.served), deed.served);
  else if (deed.kind === 'stops') one.serves.delete(`tcp/${deed.port}`);
  else if (deed.kind === 'moves') one.host = deed.host;
  else if (deed.kind === 'masks') one.mac = deed.mac;
  else return turn(one, deed.kind === 'comes');
  return deed.kind === 'moves' || deed.kind === 'masks';
}

function turn(one: Actual, there: boolean): boolean {
  const isNew = there && !one.there;
  one.there = there;
  return isNew;
}
