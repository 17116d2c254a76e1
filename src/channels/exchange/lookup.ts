import { lookup } from 'node:dns/promises';

/** All addresses of a name, canonical, as the system finds them (hosts file, mDNS, DNS). */
export type Lookup = (name: string) => Promise<readonly string[]>;

/** Names that are remembered as doubtful at most. */
const MOST_DOUBTFUL = 1000;

/**
 * The system's own lookup blocks one of few threads that files are read by, too, and for half a minute when DNS is down. So at most
 * two run at once, and whoever asks for the same name waits for the same answer. Names that were not found the last time have one turn
 * less, so that they never keep all others waiting.
 */
export function createLookup(ask: Lookup = askSystem, most = 2): Lookup {
  const running = new Map<string, Promise<readonly string[]>>();
  const doubtful = new Set<string>();
  const [turn, doubtfulTurn] = [turns(most), turns(Math.max(1, most - 1))];
  const asked = async (name: string): Promise<readonly string[]> => {
    try {
      const found = await ask(name);
      doubtful.delete(name);
      return found;
    } catch (thrown) {
      if (doubtful.size < MOST_DOUBTFUL) doubtful.add(name);
      throw thrown;
    }
  };
  return (name) => {
    const known = running.get(name);
    if (known) return known;
    const inTurn = () => turn(() => asked(name));
    const fresh = (doubtful.has(name) ? doubtfulTurn(inTurn) : inTurn()).finally(() => running.delete(name));
    fresh.catch(() => {}); // whoever asked may have given up
    running.set(name, fresh);
    return fresh;
  };
}

/** Does so many things at once, and others in the order in which they came. */
function turns(most: number) {
  const waiting: (() => void)[] = [];
  let busy = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (busy < most) busy++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // A turn goes from hand to hand: nobody takes it in between.
      const next = waiting.shift();
      if (next === undefined) busy--;
      else next();
    }
  };
}

const askSystem: Lookup = async (name) => (await lookup(name, { all: true, order: 'ipv4first' })).map(({ address }) => address);

export const systemLookup: Lookup = createLookup();
