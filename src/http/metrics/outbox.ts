import type { Registry } from 'prom-client';
import type { Notification } from '../../core/index.ts';
import { type Tally, tally } from './meters.ts';

/** Most that are remembered of those that ended. */
const MOST = 10_000;

interface Waiting {
  readonly channel: string;
  /** Since when it could be sent, or from when on it can be. */
  readonly since: number;
}

/** What waits for each channel, and what was counted of it. */
export class Outbox {
  readonly #ended: Tally<'channel' | 'state'>;
  readonly #failed: Tally<'channel'>;
  readonly #waiting = new Map<number, Waiting>();
  /** How often each was tried, as far as it waits or is remembered; a dead one may be sent anew. */
  readonly #attempts = new Map<number, number>();
  /** Those that ended lately: what is told of one again is not counted again. */
  readonly #over = new Set<number>();
  readonly #channels = new Set<string>();

  constructor(registry: Registry) {
    this.#ended = tally(registry, {
      name: 'rollcall_notifications_total',
      help: 'Notifications since the daemon began that were delivered, given up (dead), or told by another one (folded).',
      labels: ['channel', 'state'],
    });
    this.#failed = tally(registry, {
      name: 'rollcall_delivery_failures_total',
      help: 'Attempts to deliver that failed since the daemon began.',
      labels: ['channel'],
    });
  }

  /** One as it is now; of each its last word counts. */
  note({ id, channel, state, attempts, ...times }: Notification): void {
    this.#know(channel);
    if (state !== 'waiting' && this.#over.has(id)) return;
    const before = this.#attempts.get(id) ?? Math.max(0, attempts - 1); // of one from before us, only the last is ours
    if (state !== 'delivered' && attempts > before) this.#failed.add({ channel }, attempts - before);
    this.remember({ id, channel, attempts, ...times });
    if (state === 'waiting') return;
    this.#ended.add({ channel, state });
    this.#end(id);
  }

  #end(id: number): void {
    this.#waiting.delete(id);
    this.#over.add(id);
    if (this.#over.size <= MOST) return;
    const [oldest = id] = this.#over;
    this.#over.delete(oldest);
    this.#attempts.delete(oldest);
  }

  /** One that waits since before anybody counted. */
  remember({ id, channel, attempts, madeAt, dueAt }: Pick<Notification, 'id' | 'channel' | 'attempts' | 'madeAt' | 'dueAt'>): void {
    this.#know(channel);
    this.#over.delete(id);
    // What failed is due when it is tried again, but could be sent long before.
    this.#waiting.set(id, { channel, since: attempts > 0 ? madeAt : dueAt });
    this.#attempts.set(id, attempts);
  }

  *queues(now: number): Generator<{ readonly channel: string; readonly waiting: number; readonly oldest: number }> {
    const all = [...this.#waiting.values()];
    for (const channel of this.#channels) {
      const own = all.filter((one) => one.channel === channel);
      const oldest = own.reduce((longest, { since }) => Math.max(longest, now - since), 0);
      yield { channel, waiting: own.length, oldest: oldest / 1000 };
    }
  }

  /** A channel begins with 0, so that its first success can be seen. */
  #know(channel: string): void {
    if (this.#channels.has(channel)) return;
    this.#channels.add(channel);
    this.#failed.add({ channel }, 0);
    for (const state of ['delivered', 'dead', 'folded']) this.#ended.add({ channel, state }, 0);
  }
}
