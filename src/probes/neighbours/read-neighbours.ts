import { execFile } from 'node:child_process';
import type { Machine } from '../machine/machine.ts';
import { PLAIN_ENVIRONMENT } from '../machine/tools.ts';
import { type Neighbour, neighbourOf } from './neighbour.ts';

/** A /16 of neighbours is 8 MB of JSON. */
const MOST_OUTPUT = 64 * 1024 * 1024;

/**
 * The kernel's neighbour table as it is now, every state included; sends nothing. null when it cannot be read
 * (no iproute2, or one without JSON): that is not an empty table.
 */
export async function readNeighbours(machine: Machine): Promise<readonly Neighbour[] | null> {
  const ip = await machine.tool('ip');
  return ip === null ? null : parseNeighbours(await show(ip.path));
}

function show(ip: string): Promise<string> {
  return new Promise((resolve) => {
    const options = { env: PLAIN_ENVIRONMENT, timeout: 5000, maxBuffer: MOST_OUTPUT };
    execFile(ip, ['-s', '-j', 'neigh', 'show'], options, (failure, stdout) => resolve(failure === null ? stdout : ''));
  });
}

interface IpNeighbour {
  readonly dst?: unknown;
  readonly dev?: unknown;
  readonly lladdr?: unknown;
  readonly state?: unknown;
  /** Seconds since it was heard last. */
  readonly confirmed?: unknown;
}

/** What `ip -s -j neigh show` prints; null when that is no JSON list. */
export function parseNeighbours(text: string): readonly Neighbour[] | null {
  let lines: unknown;
  try {
    lines = JSON.parse(text);
  } catch {
    return null;
  }
  return Array.isArray(lines) ? lines.flatMap((line) => ofJson((line ?? {}) as IpNeighbour)) : null;
}

function ofJson({ dst, dev, lladdr, state, confirmed }: IpNeighbour): Neighbour[] {
  const word: unknown = Array.isArray(state) ? state[0] : state;
  const found = neighbourOf({ address: dst, mac: lladdr, iface: dev, state: word });
  if (found === undefined) return [];
  return Number.isSafeInteger(confirmed) ? [{ ...found, ago: ((confirmed as number) + 1) * 1000 }] : [found];
}
