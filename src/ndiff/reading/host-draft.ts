import { compareText } from '../code-points.ts';
import type { NdiffAddress, NdiffHost, NdiffPort, NdiffScript, NdiffService } from '../scan.ts';

type Draft<T> = { -readonly [K in keyof T]: T[K] };
export type PortDraft = Draft<Omit<NdiffPort, 'scripts'>> & { readonly scripts: NdiffScript[] };

export const NO_SERVICE: NdiffService = { name: null, product: null, version: null, extrainfo: null, tunnel: null };

/** A list in which everything counts once, however often it is given. */
class Distinct<T> {
  readonly list: T[] = [];
  readonly #key: (thing: T) => string;
  /** Made only for long lists: most hold one thing or two. */
  #keys: Set<string> | null = null;

  constructor(key: (thing: T) => string) {
    this.#key = key;
  }

  clear(): void {
    this.list.length = 0;
    this.#keys = null;
  }

  add(thing: T): void {
    const key = this.#key(thing);
    if (this.list.length > SHORT) {
      this.#keys ??= new Set(this.list.map(this.#key));
      if (this.#keys.has(key)) return;
      this.#keys.add(key);
    } else if (this.list.some((known) => this.#key(known) === key)) return;
    this.list.push(thing);
  }
}

const SHORT = 8;
const addressKey = ({ type, text }: NdiffAddress): string => `${type} ${text}`;
const itself = (text: string): string => text;

/** A host while it is being read. */
export class HostDraft {
  state: string | null = null;
  readonly extraports = new Map<string | null, number | bigint>();
  readonly ports = new Map<string, PortDraft>();
  readonly os: string[] = [];
  readonly scripts: NdiffScript[] = [];
  readonly #addresses = new Distinct<NdiffAddress>(addressKey);
  readonly #hostnames = new Distinct<string>(itself);

  get addresses(): readonly NdiffAddress[] {
    return this.#addresses.list;
  }

  get hostnames(): readonly string[] {
    return this.#hostnames.list;
  }

  addAddress(address: NdiffAddress): void {
    this.#addresses.add(address);
  }

  addHostname(name: string): void {
    this.#hostnames.add(name);
  }

  /** As if nothing had been read: one draft serves all hosts of which nothing is kept. */
  clear(): void {
    this.state = null;
    this.extraports.clear();
    this.ports.clear();
    this.os.length = 0;
    this.scripts.length = 0;
    this.#addresses.clear();
    this.#hostnames.clear();
  }

  finish(): NdiffHost {
    const { state, addresses, hostnames, extraports, ports, os, scripts } = this;
    scripts.sort(byIdThenOutput);
    return { state, addresses, hostnames, extraports, ports, os, scripts };
  }
}

/** The order Ndiff means scripts to have (Python 3 has none and dies). */
export function byIdThenOutput(a: NdiffScript, b: NdiffScript): number {
  return compareText(a.id, b.id) || compareText(a.output, b.output);
}
