import assert from 'node:assert/strict';
import type { AlertMemory, AlertWork, Delivery, Incident, Message, Notification, Verdict } from '../../src/core/index.ts';
import {
  acknowledge,
  beat,
  type Desk,
  deskOf,
  type Fits,
  judge,
  messageOf,
  nextTo,
  resend,
  type Step,
  settle,
  type Terms,
  wakeAt,
} from '../../src/rules/index.ts';
import { rewound, unaged } from '../../src/watch/alerts/rewind.ts';
import { DAY, type Event, happeningOf, terms } from '../make/alerts.ts';
import { AT } from '../make/device.ts';

/** One message that arrived. */
export interface Arrived {
  /** Since the beginning, ms; a clock that is set back takes nothing away. */
  readonly at: number;
  /** What was asked for when it was sent. */
  readonly terms: Terms;
  readonly channel: string;
  readonly row: Notification;
  readonly message: Message;
}

export interface StandOptions {
  readonly terms?: Partial<Terms>;
  /** What a channel answers; left out: it takes everything. */
  readonly sink?: (row: Notification, at: number) => Delivery;
  /** How long a delivery takes. */
  readonly latency?: (row: Notification) => number;
  readonly dice?: (row: Notification) => number;
  /** Whether devices fit filters when people would be asked again. */
  readonly fits?: Fits;
  /** Whether the program starts anew after a step, by number. */
  readonly crashes?: (step: number) => boolean;
}

export const taken = (handle?: string): Delivery => ({ outcome: 'delivered', receipt: 'ok', ...(handle === undefined ? {} : { handle }) });
export const refused = (fields: Partial<Extract<Delivery, { outcome: 'refused' }>> = {}): Delivery => ({
  outcome: 'refused',
  reason: 'it answered 503',
  remedy: 'wait',
  what: 'channel',
  again: true,
  after: null,
  ...fields,
});

interface Flight {
  readonly sent: Notification;
  readonly terms: Terms;
  readonly doneAt: number;
}

/** Alerting in virtual time: a script of what happens, a store that remembers what it is given, and channels that record. */
export class Stand {
  readonly arrived: Arrived[] = [];
  readonly verdicts = new Map<number, Verdict>();
  /** What was asked for when changes were judged, by their numbers. */
  readonly termsOf = new Map<number, Terms>();
  readonly incidents = new Map<number, Incident>();
  readonly rows = new Map<number, Notification>();
  /** Reminders and escalations as they were made, with when that was, and what was asked for by then. */
  readonly asked: { readonly row: Notification; readonly at: number; readonly terms: Terms }[] = [];
  /** Those that were put off on purpose. */
  readonly deferred = new Set<number>();
  /** What the clock on the wall says. */
  now = AT;
  /** How far it was set back. */
  #back = 0;
  desk: Desk;
  steps = 0;
  terms: Terms;
  readonly #options: StandOptions;
  readonly #script: { readonly at: number; readonly act: () => void }[] = [];
  readonly #flights = new Map<string, Flight>();
  #judged = 0;
  #seq = 0;
  #scan = 0;

  constructor(options: StandOptions = {}) {
    this.#options = options;
    this.terms = terms(options.terms);
    this.desk = deskOf(this.memory(), 'home');
  }

  /** At a moment (ms since the beginning) these changes are committed, by one scan. */
  at(ms: number, ...events: Event[]): this {
    return this.do(ms, () => this.commit(...events));
  }

  do(ms: number, act: () => void): this {
    this.#script.push({ at: AT + ms, act });
    return this;
  }

  commit(...events: Event[]): void {
    this.#scan += 1;
    const happenings = events.map((event) => {
      this.#seq += 1;
      return happeningOf(event, { seq: this.#seq, at: this.now, scan: this.#scan });
    });
    this.take(judge(this.desk, { happenings, terms: this.terms, now: this.now }));
  }

  acknowledge(ids: readonly number[] | 'open', by: string | null = null): void {
    this.take(acknowledge(this.desk, { ids, by, now: this.now }));
  }

  resend(...ids: number[]): void {
    const notifications = ids.flatMap((id) => this.rows.get(id) ?? []);
    this.take(resend(this.desk, { notifications, terms: this.terms, now: this.now }));
  }

  /** What is asked for is something else from now on. */
  change(fields: Partial<Terms>): void {
    this.terms = { ...this.terms, ...fields };
    this.beat();
  }

  /** The clock is set: the next to look reads what is remembered, and moves that along. */
  jump(by: number): void {
    this.now += by;
    this.#back += Math.max(0, -by);
    const { incidents, notifications, ...memory } = by < 0 ? rewound(this.memory(), -by) : unaged(this.memory(), by);
    this.#store({ site: 'home', judged: null, verdicts: [], incidents, notifications });
    this.desk = deskOf({ ...memory, incidents, notifications }, 'home');
    // Set back is noticed at once; set forward by the next step.
    if (by < 0) this.beat();
  }

  get #occasion(): Parameters<typeof beat>[1] {
    const { fits } = this.#options;
    return { terms: this.terms, now: this.now, ...(fits && { fits }) };
  }

  beat(): void {
    this.take(beat(this.desk, this.#occasion));
  }

  /** Lets the time run until so many ms after the beginning, or until nothing happens any more. */
  run(ms = 30 * DAY): this {
    const end = AT + ms;
    for (let turns = 0; ; turns++) {
      assert.ok(turns < 50_000, 'it never comes to rest');
      const next = this.#nextMoment();
      if (next === null || next > end) break;
      this.now += Math.max(0, next - this.#time);
      this.#turn();
    }
    this.now += Math.max(0, end - this.#time);
    return this;
  }

  /** The moment on a clock that is never set back. */
  get #time(): number {
    return this.now + this.#back;
  }

  /** What a channel was told, in order: "kind title". */
  told(name = 'mail'): string[] {
    return this.arrived.filter(({ channel }) => channel === name).map(({ row }) => `${row.kind} ${row.title}`);
  }

  verdict(seq: number): string {
    return (this.verdicts.get(seq)?.rules ?? []).map(({ verdict, reason }) => `${verdict} ${reason}`).join(', ');
  }

  /** What a program that starts now would read. */
  memory(): AlertMemory {
    const recent = (at: number | null, span = DAY): boolean => at === null || at > this.now - span;
    return structuredClone({
      judged: this.#judged,
      lastIncident: Math.max(0, ...this.incidents.keys()),
      lastNotification: Math.max(0, ...this.rows.keys()),
      tag: 'tag',
      incidents: sorted(this.incidents).filter(({ closedAt, changedAt }) => closedAt === null || recent(changedAt, 7 * DAY)),
      notifications: sorted(this.rows).filter(({ state, endedAt }) => state === 'waiting' || recent(endedAt)),
    });
  }

  /** The desk of a program that starts now. */
  restart(): Desk {
    return deskOf(this.memory(), 'home');
  }

  take({ desk, work }: Step): void {
    this.#store(work);
    this.steps += 1;
    this.desk = this.#options.crashes?.(this.steps) ? this.restart() : desk;
  }

  #store({ judged, verdicts, incidents, notifications }: AlertWork): void {
    this.#judged = judged ?? this.#judged;
    for (const verdict of verdicts) {
      this.verdicts.set(verdict.seq, verdict);
      this.termsOf.set(verdict.seq, this.terms);
    }
    for (const incident of incidents) this.incidents.set(incident.id, incident);
    for (const row of notifications) {
      assert.equal(row.state === 'waiting', row.endedAt === null, 'what waits has not ended');
      if (!this.rows.has(row.id) && (row.kind === 'reminder' || row.kind === 'escalation'))
        this.asked.push({ row, at: this.now, terms: this.terms });
      this.rows.set(row.id, row);
      if (row.state === 'waiting' && row.attempts === 0 && row.dueAt > this.now) this.deferred.add(row.id);
    }
  }

  #nextMoment(): number | null {
    const moments = [
      ...this.#script.map(({ at }) => at),
      ...[...this.#flights.values()].map(({ doneAt }) => doneAt),
      (wakeAt(this.desk, new Set(this.#flights.keys())) ?? Infinity) + this.#back,
    ];
    const next = Math.min(...moments);
    return next === Infinity ? null : next;
  }

  #turn(): void {
    this.#script.sort((a, b) => a.at - b.at);
    while (this.#script[0] && this.#script[0].at <= this.#time) this.#script.shift()?.act();
    for (const [name, flight] of this.#flights) if (flight.doneAt <= this.#time) this.#land(name, flight);
    if ((wakeAt(this.desk) ?? Infinity) <= this.now) this.beat();
    // What one gives up another one may have to tell.
    for (let sent = 0; [...this.desk.channels].sort().some((name) => this.#send(name)); sent++)
      assert.ok(sent < 10_000, 'it never stops sending');
    const wakes = wakeAt(this.desk, new Set(this.#flights.keys())) ?? Infinity;
    assert.ok(wakes > this.now, 'after a beat nothing is due');
  }

  /** Nothing is to do before it is said to be. */
  probe(): void {
    const busy = new Set(this.#flights.keys());
    if ((wakeAt(this.desk, busy) ?? Infinity) <= this.now) return;
    const { work } = beat(this.desk, this.#occasion);
    assert.deepEqual([work.incidents, work.notifications], [[], []], 'a beat before its time does nothing');
    for (const name of this.desk.channels) if (!busy.has(name)) assert.equal(nextTo(this.desk, name, this.now), null);
  }

  /** Whether there was something to send. */
  #send(name: string): boolean {
    const sent = this.#flights.has(name) ? null : nextTo(this.desk, name, this.now);
    if (sent === null) return false;
    const latency = this.#options.latency?.(sent) ?? 0;
    const flight = { sent, terms: this.terms, doneAt: this.#time + latency };
    this.#flights.set(name, flight);
    if (latency === 0) this.#land(name, flight);
    return true;
  }

  #land(name: string, { sent, terms: asked }: Flight): void {
    this.#flights.delete(name);
    const at = this.#time - AT;
    const edits = this.terms.channels.find((channel) => channel.name === name)?.edits ?? false;
    const delivery = this.#options.sink?.(sent, at) ?? taken(edits ? `handle-${sent.kind === 'edit' ? sent.instead : sent.id}` : undefined);
    if (delivery.outcome === 'delivered')
      this.arrived.push({ at, terms: asked, channel: name, row: sent, message: messageOf(this.desk, sent) });
    const dice = this.#options.dice?.(sent) ?? 1;
    this.take(settle(this.desk, { id: sent.id, sent, delivery, terms: this.terms, now: this.now, dice }));
  }
}

const sorted = <Row extends { readonly id: number }>(rows: ReadonlyMap<number, Row>): Row[] =>
  [...rows.values()].sort((a, b) => a.id - b.id);
