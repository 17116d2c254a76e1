import {
  type Address,
  type Clock,
  type Instant,
  type Listener,
  type Mac,
  type Millis,
  mergeRanges,
  type Network,
  type Sighting,
  subtractRanges,
  type Untrusted,
} from '../core/index.ts';
import type { PresenceRules, Roll } from '../inventory/index.ts';
import { heardReport } from './heard-report.ts';
import { Hearsay } from './hearsay.ts';
import type { Ledger } from './ledger.ts';
import type { Log } from './log.ts';
import { type EarShot, holderOf, judgeSighting } from './overheard.ts';
import type { Place } from './places.ts';
import { Speechless } from './speechless.ts';

export interface NewsParts {
  readonly listener: Listener;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
  networks(): readonly Network[];
  places(): readonly Place[];
  vendorOf(mac: Mac): Untrusted | null;
  /** Rules for the moment at which somebody was heard at these addresses. */
  rules(at: Instant, where: readonly Address[]): PresenceRules;
}

/** Frames of one arrival come together (DHCP, ARP, mDNS): they wait for each other this long, and nobody longer. */
const TOGETHER: Millis = 15;
/** While a storm of strangers is held back, they are looked at this seldom. */
const LONGEST_WAIT: Millis = 30_000;
/** News that may wait while a commit is under way; what comes in a flood beyond that is seen by the next sweep. */
const WAITING = 4096;

/** From what is heard to what is kept: sighted, sifted, and committed as soon as the ledger has time. */
export class HeardNews {
  readonly #parts: NewsParts;
  readonly #hearsay = new Hearsay();
  readonly #speechless = new Speechless();
  #news: Sighting[] = [];
  #missed = 0;
  #flushing: Promise<void> | null = null;
  /** Commits in a row that held only strangers, and changed nothing. */
  #barren = 0;
  #hurry = new AbortController();

  constructor(parts: NewsParts) {
    this.#parts = parts;
  }

  /** News that were too many to wait for a commit. */
  get missed(): number {
    return this.#missed;
  }

  hear(heard: Sighting): void {
    const { ledger, clock } = this.#parts;
    const at = clock.now();
    const device = holderOf(ledger.roll, heard.mac);
    const sighting = device ? this.#hearsay.sift(heard, device, at) : heard;
    if (sighting === null) return;
    const verdict = judgeSighting(sighting, { roll: ledger.roll, earShot: this.#earShot(sighting.iface), at });
    if (verdict.reason === 'no address yet') this.#speechless.keep(sighting);
    if (verdict.news) this.#queue(sighting, verdict.reason === 'a stranger');
  }

  /** Resolves when all that was heard is kept. */
  async settled(): Promise<void> {
    this.#hurry.abort();
    await this.#flushing;
  }

  #queue(sighting: Sighting, isStranger: boolean): void {
    if (this.#news.length >= (isStranger ? WAITING / 2 : WAITING)) {
      this.#missed++;
      return;
    }
    this.#news.push(...this.#speechless.take(sighting.mac), sighting);
    if (!isStranger) this.#hurry.abort();
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = null;
    });
  }

  #earShot(iface: string): EarShot {
    const { networks, places } = this.#parts;
    const ranges = mergeRanges(places().flatMap((place) => place.ranges));
    const own = networks().flatMap((network) => (network.iface === iface && network.range.family === 4 ? [network.range] : []));
    return { ranges, whole: own.length > 0 && subtractRanges(own, ranges).length === 0 };
  }

  async #flush(): Promise<void> {
    const { clock } = this.#parts;
    while (this.#news.length > 0) {
      await clock.sleep(TOGETHER);
      // Strangers whom nobody believes are not worth a commit each time; news of those we know does not wait for them.
      if (this.#barren > 0) await clock.sleep(Math.min(LONGEST_WAIT, TOGETHER * 2 ** this.#barren), this.#hurry.signal);
      this.#hurry = new AbortController();
      const news = this.#news;
      this.#news = [];
      // One commit for each wire: where a stranger is decides who is held back.
      for (const [iface, heard] of Map.groupBy(news, (sighting) => sighting.iface)) await this.#commit(iface, heard);
    }
  }

  async #commit(iface: string, news: readonly Sighting[]): Promise<void> {
    const { ledger, log, clock } = this.#parts;
    try {
      const report = heardReport(news, { iface, at: clock.now() }, this.#parts);
      const where = report.observations.map(({ address }) => address);
      const { roll } = ledger;
      const strange = news.every(({ mac }) => holderOf(roll, mac) === undefined);
      const { scan, changes } = await ledger.hear({ subject: iface, report, rules: (at) => this.#parts.rules(at, where) });
      this.#remember(news, roll);
      this.#barren = strange && changes.length === 0 ? this.#barren + 1 : 0;
      log.debug({ scan: scan.id, heard: news.length, changes: changes.length }, 'heard');
    } catch (fault) {
      // Whoever is there will be heard again, or seen by the next sweep.
      log.error({ fault: String(fault) }, 'what was heard could not be kept');
    }
  }

  #remember(news: readonly Sighting[], before: Roll): void {
    for (const sighting of news) {
      const device = holderOf(before, sighting.mac);
      if (device) this.#hearsay.note(sighting, device, this.#parts.clock.now());
    }
  }
}
