import { Fault, type Millis, type Mirror, type StopSignal } from '../../core/index.ts';
import type { FeedItem, Keeper } from '../keeper.ts';
import type { WatcherParts } from '../outside.ts';
import { unhurried } from '../unhurried.ts';
import { Orders } from './orders.ts';
import { Painter } from './painter.ts';

export interface MirroringParts extends Pick<WatcherParts, 'clock' | 'log'> {
  readonly mirror: Mirror;
  readonly keeper: Keeper;
  /** Tells of a trouble, or with null that it is over. */
  readonly trouble: (topic: string, text: string | null) => void;
}

/** What may be seen in a picture. */
const SHOWN: ReadonlySet<FeedItem['kind']> = new Set(['commit', 'target.changed', 'incident.changed'] as const);
/** Commits come by the dozen: what comes within this is one picture. */
const GATHER: Millis = 40;
/** Presence is also judged by time alone. */
const TICK: Millis = 5000;
/** What differs from what was approved is counted at most this often after changes, and this often without. */
const RECOUNT: Millis = 60_000;
const RECOUNT_ANYWAY: Millis = 300_000;
/** Open incidents that are shown at most. */
const MOST_INCIDENTS = 200;

/** Keeps a mirror up to date, and carries out what it hears. It never keeps the keeper waiting. */
export class Mirroring {
  readonly #parts: MirroringParts;
  readonly #orders: Orders;
  readonly #painter = new Painter();
  readonly #end = new AbortController();
  #nap = new AbortController();
  #unsubscribe: () => void = () => {};
  #life: Promise<void> = Promise.resolve();
  #drift: { readonly seq: number; readonly at: number; readonly count: number | null } | null = null;
  #counting: Promise<void> | null = null;
  /** What the last update failed with, so that it is not told every few seconds. */
  #fault: string | null = null;

  constructor(parts: MirroringParts) {
    this.#parts = parts;
    const { keeper, clock, log } = parts;
    this.#orders = new Orders({
      keeper,
      clock,
      failed: (fault) => log.error({ fault: String(fault) }, 'a scan that MQTT ordered broke off'),
    });
  }

  start(): void {
    const { mirror, keeper, log, trouble } = this.#parts;
    mirror.start({
      order: (order) => this.#orders.carryOut(order),
      trouble: (text) => trouble('mirror', text),
      note: (level, fields, text) => log[level](fields, text),
    });
    this.#unsubscribe = keeper.subscribe(({ kind }) => {
      if (SHOWN.has(kind)) this.#rouse();
    });
    this.#life = this.#live();
  }

  async stop(): Promise<void> {
    await this.#finish();
    await this.#parts.mirror.close();
  }

  /** Stops, and leaves nothing behind but what the next one goes on showing. Never rejects. */
  async clear(next: Mirroring | null, signal: StopSignal): Promise<void> {
    const { mirror, log } = this.#parts;
    await this.#finish();
    const why = await mirror.clear(next === null ? null : next.#parts.mirror, signal).catch(String);
    if (why !== null) log.warn({ mirror: mirror.name, why }, 'what was shown at the old place of [mqtt] stays there, at least in part');
  }

  async #finish(): Promise<void> {
    this.#unsubscribe();
    this.#end.abort();
    this.#rouse();
    await this.#life;
    await this.#counting;
  }

  #rouse(): void {
    this.#nap.abort();
  }

  async #live(): Promise<void> {
    const { clock, log } = this.#parts;
    while (!this.#end.signal.aborted) {
      this.#nap = new AbortController();
      const fault = await this.#update().then(() => null, String);
      if (fault !== null && fault !== this.#fault) log.error({ fault }, 'the mirror could not be shown what there is');
      this.#fault = fault;
      await clock.sleep(TICK, this.#nap.signal);
      await clock.sleep(GATHER, this.#end.signal);
    }
  }

  async #update(): Promise<void> {
    const { mirror, keeper, clock } = this.#parts;
    const incidents = await keeper.incidents({ open: true, limit: MOST_INCIDENTS });
    const { devices, seq } = keeper.roll();
    const { startedAt, troubles } = keeper.status();
    const targets = keeper.targets().map(({ target: { id, spec } }) => ({ id, text: spec.text }));
    const daemon = { startedAt, targets, troubles };
    const scene = { now: clock.now(), devices, drift: this.#drift?.count ?? null, incidents, daemon };
    const picture = await unhurried(this.#painter.paint(scene));
    if (picture !== null) mirror.show(picture);
    this.#recount(seq);
  }

  /** Of a large network it takes longer than a picture may wait. */
  #recount(seq: number): void {
    const { clock, log } = this.#parts;
    const now = clock.monotonic();
    const old = this.#drift;
    if (this.#counting !== null || (old !== null && now - old.at < (old.seq === seq ? RECOUNT_ANYWAY : RECOUNT))) return;
    this.#counting = this.#countDrift()
      .catch((fault: unknown) => {
        log.error({ fault: String(fault) }, 'drift could not be counted for the mirror');
        return null;
      })
      .then((count) => {
        this.#drift = { seq, at: now, count };
        this.#counting = null;
        if (count !== (old?.count ?? null)) this.#rouse();
      });
  }

  async #countDrift(): Promise<number | null> {
    try {
      const { items } = await this.#parts.keeper.drift({ target: null, at: null });
      return items.length;
    } catch (thrown) {
      if (thrown instanceof Fault && thrown.code === 'not-found') return null; // nothing was approved yet
      throw thrown;
    }
  }
}
