import type { AddressRange, Clock, Ears, Listener, Network, StopSignal } from '../../core/index.ts';
import type { Machine } from '../machine/machine.ts';
import { type Arrival, type Counts, createIntake } from './intake.ts';
import { type Round, startRound } from './round.ts';
import { territoryOf } from './territory.ts';
import type { TurnstileLimits } from './turnstile.ts';
import { captureOn, followNeighbours, type Way } from './ways.ts';

export interface ListenerOptions {
  readonly clock: Clock;
  readonly machine: Machine;
  readonly limits?: TurnstileLimits;
}

/**
 * Listens with tcpdump, one for each interface, and to the kernel's neighbour table. What is left to those who may not capture is {@link createNeighbourListener}.
 */
export function createListener(options: ListenerOptions): Listener {
  return listenerOf('listen', options, (ifaces) => [...ifaces.map(captureOn), followNeighbours(ifaces)]);
}

/** Listens to the kernel's neighbour table only: needs no privilege, and hears of those this machine talks to. */
export function createNeighbourListener(options: ListenerOptions): Listener {
  return listenerOf('neighbours', options, (ifaces) => [followNeighbours(ifaces)]);
}

function listenerOf(name: string, options: ListenerOptions, waysOf: (ifaces: readonly string[]) => readonly Way[]): Listener {
  const counts: Counts = { heard: 0, told: 0, passed: 0, malformed: 0, dropped: 0 };
  let round: Round | null = null;
  return {
    name,
    get count() {
      return { ...counts };
    },
    get commands() {
      return round?.commands ?? [];
    },
    async listen({ ifaces, hear, knows }, signal) {
      await round?.end();
      if (signal.aborted) return null;
      const distinct = await neighbourly(options.machine, ifaces);
      const over = follow(signal);
      const intakes = await openIntakes(distinct, { ...options, counts, hear, knows, over: over.signal });
      const context = {
        ...options,
        signal: over.signal,
        take(iface: string, arrival: Omit<Arrival, 'now'>) {
          // What is left of a listening is not waited for by who stopped it: nothing may be told afterwards.
          if (!over.signal.aborted) intakes.get(iface)?.({ ...arrival, now: options.clock.monotonic() });
        },
        onDropped: (count: number) => void (counts.dropped += count),
      };
      round = startRound(waysOf(distinct), context, over);
      return round.cause;
    },
  };
}

/** The interfaces on which neighbours have hardware addresses; there is nobody to be heard on a loopback or a tunnel. */
async function neighbourly(machine: Machine, ifaces: readonly string[]): Promise<readonly string[]> {
  const links = await machine.links();
  const without = new Set(links.filter((link) => link.neighbourly === false).map(({ iface }) => iface));
  return [...new Set(ifaces)].filter((iface) => !without.has(iface));
}

/** A controller that stops with the signal, and can be stopped by itself. */
function follow(signal: StopSignal): AbortController {
  const over = new AbortController();
  const stop = (): void => over.abort();
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  over.signal.addEventListener('abort', () => signal.removeEventListener('abort', stop), { once: true });
  return over;
}

interface Opening extends ListenerOptions {
  readonly counts: Counts;
  readonly hear: Ears['hear'];
  readonly knows: Ears['knows'];
  readonly over: AbortSignal;
}

/** How often this machine's networks are read again. */
const READ_NETWORKS_EVERY = 10_000;

async function openIntakes(ifaces: readonly string[], opening: Opening): Promise<ReadonlyMap<string, ReturnType<typeof createIntake>>> {
  const { clock, machine, over, limits, ...rest } = opening;
  let territories = territoriesOf(await machine.networks(), ifaces);
  const refresh = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(READ_NETWORKS_EVERY, over);
      if (over.aborted) return;
      territories = territoriesOf(await machine.networks(), ifaces);
    }
  };
  void refresh();
  const start = clock.monotonic();
  const intakeOf = (iface: string) =>
    createIntake({ ...rest, iface, start, territory: () => territories.get(iface) ?? [], ...(limits === undefined ? {} : { limits }) });
  return new Map(ifaces.map((iface) => [iface, intakeOf(iface)]));
}

const territoriesOf = (networks: readonly Network[], ifaces: readonly string[]): ReadonlyMap<string, readonly AddressRange[]> =>
  new Map(ifaces.map((iface) => [iface, territoryOf(networks, iface)]));
