import { type AddressRange, depthOf, type Plan } from '../core/index.ts';

/** A piece of work in a lane. */
export interface Errand {
  readonly key: string;
  readonly work: () => Promise<void>;
  /** Somebody stands and waits for it: goes before all that merely became due, behind its like. */
  readonly urgent?: boolean;
  /** Called in place of `work` when its turn will never come. */
  readonly dropped?: () => Promise<void>;
}

/** Urgent errands in a row, while others wait: a flood of newcomers must not put off what is due for ever. */
const IN_A_ROW = 8;

/**
 * Who may scan when: within a lane one job runs at a time (one scan per network segment), and of each key at
 * most one more waits. A slow scan therefore never piles up its successors (R14).
 */
export class Lanes {
  readonly #waiting = new Map<string, Errand[]>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #onFault: (fault: unknown) => void;
  #closed = false;

  /** `onFault` hears of work that threw; the lane goes on. */
  constructor(onFault: (fault: unknown) => void) {
    this.#onFault = onFault;
  }

  /** False when a job of this key already waits, or when the lanes are closed. */
  enter(lane: string, errand: Errand): boolean {
    const waiting = this.#waiting.get(lane) ?? [];
    if (this.#closed || waiting.some(({ key }) => key === errand.key)) return false;
    const place = errand.urgent ? waiting.findIndex(({ urgent }) => !urgent) : -1;
    waiting.splice(place < 0 ? waiting.length : place, 0, errand);
    this.#waiting.set(lane, waiting);
    // Set before the first job begins, so that a job which enters another finds its lane taken.
    if (!this.#running.has(lane))
      this.#running.set(
        lane,
        Promise.resolve().then(() => this.#drain(lane)),
      );
    return true;
  }

  async #drain(lane: string): Promise<void> {
    let hurried = 0;
    for (let next = this.#next(lane, hurried); next; next = this.#next(lane, hurried)) {
      hurried = next.urgent ? hurried + 1 : 0;
      await next.work().catch(this.#onFault);
    }
    this.#running.delete(lane);
  }

  #next(lane: string, hurried: number): Errand | undefined {
    const waiting = this.#waiting.get(lane);
    const patient = hurried < IN_A_ROW ? -1 : (waiting ?? []).findIndex(({ urgent }) => !urgent);
    return patient > 0 ? waiting?.splice(patient, 1)[0] : waiting?.shift();
  }

  /** Takes waiting jobs of a key out of their lanes. */
  async drop(key: string): Promise<void> {
    await this.#takeOut((errand) => errand.key === key);
  }

  /** Drops what waits, lets nobody in any more, and resolves when what runs has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([this.#takeOut(() => true), ...this.#running.values()]);
  }

  async #takeOut(isMeant: (errand: Errand) => boolean): Promise<void> {
    const out = [...this.#waiting.values()].flat().filter(isMeant);
    for (const [lane, waiting] of this.#waiting)
      this.#waiting.set(
        lane,
        waiting.filter((errand) => !isMeant(errand)),
      );
    await Promise.all(out.map(async (errand) => errand.dropped?.().catch(this.#onFault)));
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
