import { type Attributes, Tokenizer, type XmlFault } from '../../nmap-xml/index.ts';
import { hostName } from '../host-name.ts';
import { idOf } from '../identity.ts';
import type { NdiffHeader } from '../scan.ts';
import { Fingerprint } from './fingerprint.ts';
import type { HostDraft } from './host-draft.ts';
import { HostRows, type HostTable } from './host-table.ts';
import { NDIFF_LIMITS } from './limits.ts';
import { opensPort, PortLines } from './port-lines.ts';
import { Walk } from './walk.ts';

export interface SurveyOptions {
  /** At least 16 bytes that nobody can make collide: what was scanned may wish to look unchanged. */
  digest(bytes: Uint8Array): Uint8Array;
  /** Hears what Ndiff complains of. */
  warn(text: string): void;
}

export type Survey =
  | { readonly ok: true; readonly header: NdiffHeader; readonly hosts: HostTable }
  /** Ndiff dies of it. */
  | { readonly ok: false; readonly fault: XmlFault };

/** The first reading of a scan: judges all of it, and keeps of each host only who it is, where it stands and a fingerprint. */
export class Surveyor {
  readonly #tokenizer: Tokenizer;
  readonly #walk: Walk;
  readonly #rows = new HostRows();
  readonly #fingerprint = new Fingerprint();
  readonly #ports = new PortLines(this.#fingerprint);
  readonly #digest: SurveyOptions['digest'];
  #offset = 0;

  constructor({ digest, warn }: SurveyOptions) {
    this.#digest = digest;
    this.#walk = new Walk({
      refuse: (message) => this.#tokenizer.refuse(message),
      warn: (text) => {
        this.#ports.forget();
        warn(text);
      },
      nameOf: hostName,
      openHost: () => {
        this.#offset = this.#tokenizer.tagStart;
      },
      closeHost: (host) => this.#closeHost(host),
      fingerprint: this.#fingerprint,
    });
    this.#tokenizer = new Tokenizer(this, { limits: NDIFF_LIMITS });
  }

  /** For the tokenizer. */
  start(name: string, attributes: Attributes): void {
    if (this.#walk.takesApart(name)) this.#ports.forget();
    this.#walk.start(name, attributes);
  }

  /** For the tokenizer. */
  end(name: string): void {
    this.#walk.end(name);
    if (name === 'port') this.#ports.close({ offset: this.#tokenizer.tagEnd, depth: this.#walk.depth });
  }

  /** For the tokenizer: leaves out ports it has read before. */
  skip(bytes: Uint8Array, at: number, end: number): number {
    if (!opensPort(bytes, at) || !this.#walk.expectsPort) return 0;
    return this.#ports.pass(bytes, at, { end, offset: this.#tokenizer.tagStart, depth: this.#walk.depth });
  }

  /** Takes the next bytes, cut anywhere; they may be reused afterwards. */
  write(chunk: Uint8Array): void {
    this.#tokenizer.write(chunk);
  }

  /** Whether it is over before the end: what comes after need not be fetched. */
  get stopped(): boolean {
    return this.#tokenizer.fault !== null;
  }

  finish(): Survey {
    const fault = this.#tokenizer.end();
    return fault === null ? { ok: true, header: this.#walk.scan, hosts: this.#rows.finish() } : { ok: false, fault };
  }

  #closeHost({ addresses, hostnames }: HostDraft): void {
    const place = { offset: this.#offset, length: this.#tokenizer.tagEnd - this.#offset };
    this.#rows.add(idOf(addresses, hostnames), place, this.#digest(this.#fingerprint.bytes.subarray(0, this.#fingerprint.length)));
  }
}
