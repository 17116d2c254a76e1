import { type Neighbour, neighbourOf } from './neighbour.ts';

/**
 * One line of `ip -o monitor neigh` ("10.0.0.9 dev lan0 lladdr 02:00:5e:00:53:01 REACHABLE"). null: an entry that
 * was removed; undefined: no such line.
 */
export function parseMonitorLine(line: string): Neighbour | null | undefined {
  const words = line.trim().split(/\s+/, MOST_WORDS);
  if (words[0] === 'Deleted') return null;
  const after = (word: string): string | undefined => {
    const at = words.indexOf(word, 1);
    return at < 0 ? undefined : words[at + 1];
  };
  return neighbourOf({ address: words[0], mac: after('lladdr'), iface: after('dev'), state: words.at(-1) });
}

/** Address, interface, card, flags (router, proxy, extern_learn, ...) and state are fewer. */
const MOST_WORDS = 16;
