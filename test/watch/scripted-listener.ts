import type { Cause, Ears, Listener, Sighting, StopSignal } from '../../src/core/index.ts';
import { AT, mac } from '../make/device.ts';

/** Hears what a test lets it hear. */
export class ScriptedListener implements Listener {
  readonly name = 'script';
  readonly commands = [['listen', 'well']];
  readonly count = { heard: 0, told: 0, passed: 0, malformed: 0, dropped: 0 };
  /** Interfaces of each listening, in order, the ended ones too. */
  readonly rounds: string[] = [];
  #hear: ((sighting: Sighting) => void) | null = null;
  #end: ((cause: Cause | null) => void) | null = null;

  async listen({ ifaces, hear }: Ears, signal: StopSignal): Promise<Cause | null> {
    this.rounds.push(ifaces.join(' '));
    const { promise, resolve } = Promise.withResolvers<Cause | null>();
    [this.#hear, this.#end] = [hear, resolve];
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => resolve(null), { once: true });
    const cause = await promise;
    this.#hear = null;
    return cause;
  }

  get listening(): boolean {
    return this.#hear !== null;
  }

  hear(...sightings: readonly Sighting[]): void {
    for (const sighting of sightings) this.#hear?.(sighting);
  }

  break(cause: Cause): void {
    this.#end?.(cause);
  }
}

/** Somebody heard on eth0, by ARP unless said otherwise. */
export function heard(address: string | null, macNumber: number, fields: Partial<Sighting> = {}): Sighting {
  const line = `arp who-has ${address}`;
  return { at: AT, iface: 'eth0', way: 'arp', mac: mac(macNumber), address, names: [], clues: [], line, ...fields };
}
