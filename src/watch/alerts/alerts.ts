import type { Config } from '../../config/index.ts';
import type { AlertWork, Change, ChannelMaker, ScanId } from '../../core/index.ts';
import type { Watching } from '../watching.ts';
import { Alarm } from './alarm.ts';
import { beliefsNow } from './beliefs.ts';
import { AlertBook } from './book.ts';
import { checkAlerts, openOnce } from './check-config.ts';
import { Clerk } from './clerk.ts';
import { Clockwork } from './clockwork.ts';
import { fitting } from './fitting.ts';
import { Judging, type JudgingParts } from './judging.ts';
import { JudgingThen } from './judging-then.ts';
import { Lanes } from './lanes.ts';
import { lostChannels } from './lost-channels.ts';
import { Unreadable } from './unreadable.ts';

/**
 * Who hears of what was committed: judged after each commit, delivered after that, each step kept before the next. Only what
 * was started judges and delivers: what a single command commits waits for the daemon, whose start judges it.
 */
export class Alerts {
  readonly book: AlertBook;
  readonly clerk: Clerk;
  readonly #wired: Watching;
  readonly #then: JudgingThen;
  readonly #judging: Judging;
  readonly #lanes: Lanes;
  readonly #clockwork: Clockwork;
  readonly #alarm: Alarm;
  readonly #unreadable: Unreadable;
  readonly #stop = new AbortController();
  #started = false;
  #maker: Promise<ChannelMaker | null> | null = null;
  #beating: Promise<void> | null = null;

  constructor(wired: Watching) {
    const { outside, trouble } = wired;
    const { store, tenancy, clock, log } = outside;
    const { site } = wired.ledger.roll;
    this.#wired = wired;
    this.book = new AlertBook({ site, store, clock, config: () => wired.config });
    const terms = () => this.book.terms;
    const changed = (work: AlertWork | null): void => this.#changed(work);
    this.clerk = new Clerk({ site, store, tenancy, clock, changed, trouble: (text) => trouble('alerts', text) });
    const { clerk } = this;
    this.#unreadable = new Unreadable(this, log);
    this.#then = new JudgingThen(wired);
    const happeningsOf: JudgingParts['happeningsOf'] = (changes, by) => this.#then.happenings(changes, by);
    this.#judging = new Judging({ site, store, clerk, log, terms, happeningsOf }, this.#stop.signal);
    this.#lanes = new Lanes({
      clerk,
      clock,
      log,
      maker: () => this.maker(),
      terms,
      dice: outside.dice,
      idle: () => this.#clockwork.note(),
    });
    const fits: ConstructorParameters<typeof Clockwork>[0]['fits'] = (by) => fitting(by, beliefsNow(wired), clock.now());
    const [busy, due] = [() => this.#lanes.busy, () => this.#lanes.poke()];
    this.#clockwork = new Clockwork({ clerk, clock, log, terms, fits, busy, due });
    this.#alarm = new Alarm({ site, clock, tellAtOnce: (message) => this.#lanes.tellAtOnce(message) });
  }

  /** What makes channels; null: nobody can be told anything from here. */
  async maker(): Promise<ChannelMaker | null> {
    const { channels } = this.#wired.outside;
    this.#maker ??= channels?.() ?? Promise.resolve(null);
    const maker = await this.#maker;
    this.book.kinds = maker?.kinds ?? [];
    return maker;
  }

  /** Fault bad-input for rules and channels of a config that can never work. */
  async check(config: Config): Promise<void> {
    checkAlerts(config, this.book.under(config), await this.maker());
  }

  /** The same, and whether its channels can be opened as things are now. */
  async try(config: Config): Promise<void> {
    await this.check(config);
    await openOnce(config.channels, await this.maker());
  }

  /** Begins with what was committed while nobody judged. */
  async start(): Promise<void> {
    await this.maker();
    this.#started = true;
    this.#unreadable.tell();
    this.#lanes.refresh(this.book.channels);
    this.#judging.note();
    this.#beating ??= this.#clockwork.run(this.#stop.signal);
  }

  /** Something was committed just now. */
  note(scan: ScanId, changes: readonly Change[]): void {
    if (!this.#started || this.#stop.signal.aborted) return;
    this.#then.note(scan, changes);
    this.#judging.note();
  }

  /** Nothing can be kept, says the keeper. */
  alarm(text: string): void {
    if (this.#started && !this.#stop.signal.aborted) this.#alarm.raise(text);
  }

  /** Rules, channels or mutes are others now. */
  async refresh(): Promise<void> {
    await this.book.load();
    this.#unreadable.tell();
    this.#revise(false);
  }

  /** The same, after another config came in force; files that its channels name may hold something else by now. */
  revise(): void {
    this.#revise(true);
  }

  #revise(anew: boolean): void {
    if (!this.#started || this.#stop.signal.aborted) return;
    this.#lanes.refresh(this.book.channels, { anew });
    this.#clockwork.look();
  }

  /** Things that need a person. */
  get troubles(): readonly string[] {
    return [...this.#unreadable.troubles, ...lostChannels(this.book), ...this.#lanes.troubles(this.#wired.outside.clock.now())];
  }

  /** What keeps a channel from delivering; null: nothing that is known. */
  hindranceOf(channel: string): string | null {
    return this.#lanes.hindranceOf(channel);
  }

  /** Ends what is under way; what was not told is told by the next start. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all([this.#lanes.end(), this.#judging.settled(), this.#beating]);
    await this.clerk.settled();
  }

  #changed(work: AlertWork | null): void {
    const { feed } = this.#wired;
    for (const incident of work?.incidents ?? []) feed.publish({ kind: 'incident.changed', incident });
    for (const notification of work?.notifications ?? []) feed.publish({ kind: 'notification.changed', notification });
    if (work === null) this.#unreadable.tell();
    this.#clockwork.note();
    if (this.#started) this.#lanes.poke();
  }
}
