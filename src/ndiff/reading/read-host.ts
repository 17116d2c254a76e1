import { Tokenizer } from '../../nmap-xml/index.ts';
import { hostName } from '../host-name.ts';
import type { NdiffHost } from '../scan.ts';
import { NDIFF_LIMITS } from './limits.ts';
import { Walk } from './walk.ts';

const ROOT = Uint8Array.from('<nmaprun>', (character) => character.charCodeAt(0));
const silent = (): void => {};

/** The second reading: hosts by their bytes, one after the other, in any order. */
export class HostReader {
  readonly #tokenizer: Tokenizer;
  #host: NdiffHost | null = null;

  constructor() {
    const walk = new Walk({
      refuse: (message) => this.#tokenizer.refuse(message),
      warn: silent, // the first reading has complained
      nameOf: hostName,
      openHost: silent,
      closeHost: (host) => {
        this.#host = host.finish();
      },
      fingerprint: null,
    });
    this.#tokenizer = new Tokenizer(walk, { limits: NDIFF_LIMITS });
    this.#tokenizer.write(ROOT);
  }

  /** The host these bytes are; null when they are none: then the file is no longer what it was. */
  read(bytes: Uint8Array): NdiffHost | null {
    this.#host = null;
    this.#tokenizer.write(bytes);
    return this.#tokenizer.fault === null ? this.#host : null;
  }
}
