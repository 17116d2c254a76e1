import { setTimeout as pause } from 'node:timers/promises';
import { ipBatch, ipJson } from './ip.ts';

/** Where the probe stands; look from here only. */
export interface Stand {
  readonly namespace: string;
  readonly iface: string;
  readonly address: string;
  readonly mac: string;
}

/** What may befall the probe's own link (R1 to R3). Each change is true when it resolves. */
export class ProbeLink {
  readonly #stand: Stand;
  readonly #switch: string;
  /** The address with the length of its network's prefix. */
  readonly #block: string;

  constructor(stand: Stand, where: { readonly switch: string; readonly bits: string }) {
    this.#stand = stand;
    this.#switch = where.switch;
    this.#block = `${stand.address}${where.bits}`;
  }

  async down(): Promise<void> {
    await ipBatch([`link set ${this.#stand.iface} down`], this.#stand.namespace);
    await this.until('down');
  }

  async up(): Promise<void> {
    await ipBatch([`link set ${this.#stand.iface} up`], this.#stand.namespace);
    await this.until('up');
  }

  async unplug(): Promise<void> {
    await ipBatch(['link set probe down'], this.#switch);
    await this.until('down');
  }

  async plug(): Promise<void> {
    await ipBatch(['link set probe up'], this.#switch);
    await this.until('up');
  }

  dropAddress(): Promise<void> {
    return ipBatch([`addr del ${this.#block} dev ${this.#stand.iface}`], this.#stand.namespace);
  }

  restoreAddress(): Promise<void> {
    return ipBatch([`addr add ${this.#block} dev ${this.#stand.iface}`], this.#stand.namespace);
  }

  /** The kernel tells operstate up to a second late; tests must not race it. */
  async until(wanted: 'up' | 'down'): Promise<void> {
    const { namespace, iface } = this.#stand;
    const deadline = performance.now() + 5000;
    for (;;) {
      const [link] = await ipJson(namespace, ['link', 'show', 'dev', iface]);
      if ((link?.['operstate'] === 'UP') === (wanted === 'up')) return;
      if (performance.now() > deadline) throw new Error(`${iface} is ${String(link?.['operstate'])} and does not go ${wanted}`);
      await pause(10);
    }
  }
}
