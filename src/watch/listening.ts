import { zstdCompressSync } from 'node:zlib';
import {
  type Address,
  type Clock,
  type HeardCount,
  type Instant,
  type Listener,
  type Mac,
  type Millis,
  mergeRanges,
  type Network,
  NO_COVERAGE,
  type ScanReport,
  type Sighting,
  subtractRanges,
  type Untrusted,
} from '../core/index.ts';
import type { PresenceRules, Roll } from '../inventory/index.ts';
import { Hearsay } from './hearsay.ts';
import type { Ledger } from './ledger.ts';
import type { Log } from './log.ts';
import { type EarShot, holderOf, judgeSighting, observationsOf } from './overheard.ts';
import { overlap, type Place } from './places.ts';

export interface ListeningParts {
  readonly listener: Listener;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
  networks(): readonly Network[];
  places(): readonly Place[];
  vendorOf(mac: Mac): Untrusted | null;
  /** Rules for the moment at which somebody was heard at these addresses. */
  rules(at: Instant, where: readonly Address[]): PresenceRules;
  trouble(topic: string, text: string | null): void;
}

/** Frames of one arrival come together (DHCP, ARP, mDNS): they wait for each other this long, and nobody longer. */
const TOGETHER: Millis = 15;
/** While a storm of strangers is held back, they are looked at this seldom. */
const LONGEST_WAIT: Millis = 30_000;
/** Cards that said something before they had an address, and what of it is kept. */
const SPEECHLESS = 256;
const WORDS_KEPT = 8;
/** News that may wait while a commit is under way; what comes in a flood beyond that is seen by the next sweep. */
const WAITING = 4096;
/** How long to wait before listening is tried again. */
const AGAIN: Millis = 60_000;

/** What passes by on the wire, and becomes true within the blink of an eye. */
export class Listening {
  readonly #parts: ListeningParts;
  readonly #stop = new AbortController();
  readonly #hearsay = new Hearsay();
  readonly #speechless = new Map<Mac, Sighting[]>();
  #news: Sighting[] = [];
  #missed = 0;
  #flushing: Promise<void> | null = null;
  #round: { readonly ifaces: string; readonly end: AbortController } | null = null;
  #rounds: Promise<void> = Promise.resolve();
  #started = false;
  /** Commits in a row that held only strangers, and changed nothing. */
  #barren = 0;
  #hurry = new AbortController();

  constructor(parts: ListeningParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#started = true;
    this.refresh();
  }

  /** Listens on the wires that hold something watched; to be called again whenever that may have changed. */
  refresh(): void {
    if (!this.#started || this.#stop.signal.aborted) return;
    const ifaces = this.#ifaces();
    const key = ifaces.join(' ');
    if (key === (this.#round?.ifaces ?? '')) return;
    this.#round?.end.abort();
    const end = new AbortController();
    this.#round = key === '' ? null : { ifaces: key, end };
    if (key !== '') this.#rounds = Promise.all([this.#rounds, this.#listen(ifaces, end.signal)]).then(() => {});
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#hurry.abort();
    this.#round?.end.abort();
    await this.#rounds;
    await this.#flushing;
  }

  /** What became of all that was heard; null while nobody listens. News too many to wait for a commit count as dropped. */
  get heard(): (HeardCount & { readonly ifaces: readonly string[] }) | null {
    if (this.#round === null) return null;
    const { count } = this.#parts.listener;
    return { ...count, dropped: count.dropped + this.#missed, ifaces: this.#round.ifaces.split(' ') };
  }

  #ifaces(): string[] {
    const { networks, places } = this.#parts;
    const watched = places().flatMap(({ ranges }) => ranges);
    const near = networks().filter(({ loopback, range }) => !loopback && overlap([range], watched));
    return [...new Set(near.map(({ iface }) => iface))].sort();
  }

  async #listen(ifaces: readonly string[], signal: AbortSignal): Promise<void> {
    const { listener, clock, log, trouble } = this.#parts;
    while (!signal.aborted) {
      const cause = await listener.listen(ifaces, (sighting) => this.#hear(sighting), signal);
      if (cause === null || signal.aborted) return;
      log.warn({ ifaces, cause }, 'listening ended');
      trouble('listening', `cannot listen on ${ifaces.join(', ')}: ${cause.text}; newcomers are seen by the next sweep`);
      // What is missing does not come back by itself within seconds; what broke may.
      await clock.sleep(AGAIN, signal);
      trouble('listening', null);
    }
  }

  #hear(heard: Sighting): void {
    const { ledger, clock } = this.#parts;
    const at = clock.now();
    const device = holderOf(ledger.roll, heard.mac);
    const sighting = device ? this.#hearsay.sift(heard, device, at) : heard;
    if (sighting === null) return;
    const verdict = judgeSighting(sighting, { roll: ledger.roll, earShot: this.#earShot(sighting.iface), at });
    if (verdict.reason === 'no address yet') this.#keepWords(sighting);
    if (!verdict.news) return;
    const stranger = verdict.reason === 'a stranger';
    if (this.#news.length >= (stranger ? WAITING / 2 : WAITING)) {
      this.#missed++;
      return;
    }
    this.#news.push(...(this.#speechless.get(sighting.mac) ?? []), sighting);
    this.#speechless.delete(sighting.mac);
    if (!stranger) this.#hurry.abort();
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = null;
    });
  }

  #keepWords(sighting: Sighting): void {
    if (sighting.names.length + sighting.clues.length === 0) return;
    const words = this.#speechless.get(sighting.mac) ?? [];
    this.#speechless.delete(sighting.mac);
    this.#speechless.set(sighting.mac, [...words, sighting].slice(-WORDS_KEPT));
    const [oldest] = this.#speechless.keys();
    if (this.#speechless.size > SPEECHLESS && oldest !== undefined) this.#speechless.delete(oldest);
  }

  #earShot(iface: string): EarShot {
    const { networks, places } = this.#parts;
    const ranges = mergeRanges(places().flatMap((place) => place.ranges));
    const own = networks().filter((network) => network.iface === iface && network.range.family === 4);
    return {
      ranges,
      whole:
        own.length > 0 &&
        subtractRanges(
          own.map(({ range }) => range),
          ranges,
        ).length === 0,
    };
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
    const { ledger, log } = this.#parts;
    try {
      const report = this.#reportOf(iface, news);
      const where = report.observations.map(({ address }) => address);
      const rules = (at: Instant): PresenceRules => this.#parts.rules(at, where);
      const { roll } = ledger;
      const strange = news.every(({ mac }) => holderOf(roll, mac) === undefined);
      const { scan, changes } = await ledger.hear({ subject: iface, report, rules });
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

  #reportOf(iface: string, news: readonly Sighting[]): ScanReport {
    const { listener, vendorOf, clock } = this.#parts;
    const lines = news.map(({ way, line }) => `${way}: ${line}\n`).join('');
    const finishedAt = clock.now();
    return {
      // It took no time: what was heard while an earlier commit was under way is not overtaken by it.
      startedAt: finishedAt,
      finishedAt,
      outcome: 'complete',
      cause: null,
      coverage: NO_COVERAGE,
      vantage: { iface, privileged: true },
      tool: { name: toolOf(listener), version: '' },
      commands: [...listener.commands],
      observations: observationsOf(news, vendorOf),
      asked: 0,
      warnings: [],
      raw: zstdCompressSync(lines),
    };
  }
}

/** Who did the listening, for "why": the programs it runs. */
const toolOf = ({ name, commands }: Listener): string =>
  commands.some((words) => words.some((word) => word.endsWith('/tcpdump'))) ? 'tcpdump' : name;
