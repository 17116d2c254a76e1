import { type AddressRange, depthOf, type Plan } from '../core/index.ts';

/** A piece of work in a lane. */
interface Entry {
  readonly key: string;
  readonly work: () => Promise<void>;
}

/**
 * Who may scan when: within a lane one job runs at a time (one scan per network segment), and of each key at
 * most one more waits. A slow scan therefore never piles up its successors (R14).
 */
export class Lanes {
  readonly #waiting = new Map<string, Entry[]>();
  readonly #running = new Map<string, Promise<void>>();
  #closed = false;

  /** False when a job of this key already waits, or when the lanes are closed. */
  enter(lane: string, entry: Entry, { first = false }: { first?: boolean } = {}): boolean {
    const waiting = this.#waiting.get(lane) ?? [];
    if (this.#closed || waiting.some(({ key }) => key === entry.key)) return false;
    if (first) waiting.unshift(entry);
    else waiting.push(entry);
    this.#waiting.set(lane, waiting);
    if (!this.#running.has(lane)) this.#running.set(lane, this.#drain(lane));
    return true;
  }

  async #drain(lane: string): Promise<void> {
    for (let next = this.#next(lane); next; next = this.#next(lane)) await next.work();
    this.#running.delete(lane);
  }

  #next(lane: string): Entry | undefined {
    return this.#closed ? undefined : this.#waiting.get(lane)?.shift();
  }

  /** Forgets what waits and resolves when what runs has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting.clear();
    await Promise.all(this.#running.values());
  }
}

/**
 * The lane of a scan: its network segment, and whether it only sweeps. A sweep is a few packets and must not wait
 * for a port scan of the same segment, or presence would go stale behind it.
 */
export function laneOf(addresses: readonly AddressRange[], plan: Plan, ifaceOf: (range: AddressRange) => string | null): string {
  const first = addresses[0];
  const segment = (first && ifaceOf(first)) ?? 'routed';
  return `${segment} ${depthOf(plan) === 'presence' ? 'sweep' : 'ports'}`;
}
