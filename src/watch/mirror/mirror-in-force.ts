import type { Config } from '../../config/index.ts';
import type { WatcherParts } from '../outside.ts';
import { Mirroring, type MirroringParts } from './mirroring.ts';

export interface MirrorInForceParts extends Omit<MirroringParts, 'mirror'> {
  /** Left out: nobody is shown anything, as by a single command. */
  readonly make: WatcherParts['mirror'];
}

/** Has what was prepared come into force, and waits for nobody: the old mirror lets go first, as both would be the same to whoever listens. */
export type TakeOver = () => void;

/** The mirror of the config that is in force. */
export class MirrorInForce {
  readonly #parts: MirrorInForceParts;
  #wish: string | null = null;
  #mirroring: Mirroring | null = null;
  #turn: Promise<void> = Promise.resolve();
  readonly #end = new AbortController();

  constructor(parts: MirrorInForceParts) {
    this.#parts = parts;
  }

  /** Makes the mirror of a config, and connects to nobody yet. Fault for one that can never work. */
  async prepare(config: Config): Promise<TakeOver> {
    const wish = wishOf(config);
    // To begin anew would show to everybody that all of it was unavailable.
    if (wish === this.#wish && !namesFiles(config)) return () => {};
    const mirror = (await this.#parts.make?.(config)) ?? null;
    const coming = mirror && new Mirroring({ ...this.#parts, mirror });
    return () => {
      this.#wish = wish;
      this.#turn = this.#turn.then(() => this.#follow(coming));
    };
  }

  async stop(): Promise<void> {
    this.#end.abort();
    await this.#turn;
    await this.#mirroring?.stop();
  }

  async #follow(coming: Mirroring | null): Promise<void> {
    const { signal } = this.#end;
    if (signal.aborted) return;
    await this.#mirroring?.clear(coming, signal);
    this.#parts.trouble('mirror', null);
    this.#mirroring = signal.aborted ? null : coming;
    this.#mirroring?.start();
  }
}

const wishOf = ({ mqtt, site }: Config): string => JSON.stringify([mqtt, site.name]);

/** They may hold something else by now. */
const namesFiles = ({ mqtt: { urlFile, ca } }: Config): boolean => urlFile !== null || ca !== null;
