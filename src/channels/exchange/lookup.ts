import { lookup } from 'node:dns/promises';

/** All addresses of a name, canonical, as the system finds them (hosts file, mDNS, DNS). */
export type Lookup = (name: string) => Promise<readonly string[]>;

/**
 * The system's own lookup blocks one of few threads that files are read by, too, and for half a minute when DNS is down. So at most
 * two run at once, and whoever asks for the same name waits for the same answer.
 */
export function createLookup(ask: Lookup = askSystem, most = 2): Lookup {
  const running = new Map<string, Promise<readonly string[]>>();
  const waiting: (() => void)[] = [];
  let busy = 0;
  const turn = async (name: string): Promise<readonly string[]> => {
    if (busy >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    busy++;
    try {
      return await ask(name);
    } finally {
      busy--;
      running.delete(name);
      waiting.shift()?.();
    }
  };
  return (name) => {
    const known = running.get(name);
    if (known) return known;
    const fresh = turn(name);
    fresh.catch(() => {}); // whoever asked may have given up
    running.set(name, fresh);
    return fresh;
  };
}

const askSystem: Lookup = async (name) => (await lookup(name, { all: true, order: 'ipv4first' })).map(({ address }) => address);

export const systemLookup: Lookup = createLookup();
