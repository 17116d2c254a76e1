import { Resolver } from 'node:dns/promises';
import type { Millis, StopSignal } from '../../core/index.ts';

/** A DNS resolver that gives up as a whole at its deadline. */
export interface Lookup {
  /** The records; empty when the server says there are none; null when nobody answered in time. */
  ask(kind: 'PTR' | 'A' | 'AAAA', name: string): Promise<readonly string[] | null>;
  /** Call when done: stops the deadline's timer. */
  close(): void;
}

export interface LookupOptions {
  /** Addresses, or addresses with port; empty: those of the system. */
  readonly servers: readonly string[];
  /** For one try of one question. */
  readonly timeout: Millis;
  /** For everything together. */
  readonly deadline: Millis;
  readonly signal: StopSignal;
}

/** "No such name" and "no such record" are answers; everything else is silence or refusal. */
const NEGATIVE: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA']);

export function openLookup({ servers, timeout, deadline, signal }: LookupOptions): Lookup {
  const resolver = new Resolver({ timeout, tries: 2 });
  if (servers.length > 0) resolver.setServers([...servers]);
  let over = signal.aborted;
  const stop = (): void => {
    over = true;
    resolver.cancel();
  };
  const timer = setTimeout(stop, deadline);
  signal.addEventListener('abort', stop, { once: true });
  return {
    async ask(kind, name) {
      if (over) return null;
      try {
        return await resolver.resolve(name, kind);
      } catch (reason) {
        return NEGATIVE.has((reason as NodeJS.ErrnoException).code ?? '') ? [] : null;
      }
    },
    close() {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      resolver.cancel();
    },
  };
}
