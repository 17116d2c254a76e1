import type { AlertWork, Incident, IncidentId, IncidentSubject, Instant, Notification, Verdict } from '../core/index.ts';
import { type Alarms, withAlarm, withoutFirst } from './alarms.ts';
import { Causes, type CauseTold, type Telling } from './causes.ts';
import type { Desk, Step } from './desk.ts';
import { alarmOf } from './incident-alarm.ts';
import { ListSheet, Sheet } from './layers.ts';
import { CEILING_SPAN, LONGEST_COOLDOWN, MEMORY } from './spans.ts';
import { rootOf } from './subjects.ts';

/** The next desk while it is written, and what of it has to be stored. */
export class Draft {
  readonly now: Instant;
  readonly #desk: Desk;
  readonly #incidents: Sheet<IncidentId, Incident>;
  readonly #rows: Sheet<number, Notification>;
  readonly #openAbout: ListSheet<string>;
  readonly #openOfRule: ListSheet<string>;
  readonly #toldAt: Sheet<string, Instant>;
  readonly #waiting: ListSheet<string>;
  readonly #channels: Set<string>;
  readonly #ofIncident: ListSheet<IncidentId>;
  readonly #editsOf: ListSheet<number>;
  readonly #sent: ListSheet<string>;
  /** By channel, as far as somebody asked. */
  readonly #causes = new Map<string, Causes>();
  #alarms: Alarms | null;
  #lastIncident: IncidentId;
  #lastNotification: number;
  readonly #written = { incidents: new Set<IncidentId>(), rows: new Set<number>() };

  constructor(desk: Desk, now: Instant) {
    this.now = now;
    this.#desk = desk;
    this.#incidents = new Sheet(desk.incidents);
    this.#rows = new Sheet(desk.notifications);
    this.#openAbout = new ListSheet(desk.openAbout);
    this.#openOfRule = new ListSheet(desk.openOfRule);
    this.#toldAt = new Sheet(desk.toldAt);
    this.#waiting = new ListSheet(desk.waiting);
    this.#channels = new Set(desk.channels);
    this.#ofIncident = new ListSheet(desk.ofIncident);
    this.#editsOf = new ListSheet(desk.editsOf);
    this.#sent = new ListSheet(desk.sent);
    this.#alarms = desk.alarms;
    this.#lastIncident = desk.lastIncident;
    this.#lastNotification = desk.lastNotification;
  }

  get site(): string {
    return this.#desk.site;
  }

  /** Channels for which something waits, or did. */
  get channels(): readonly string[] {
    return [...this.#channels].sort();
  }

  nextIncident(): IncidentId {
    this.#lastIncident += 1;
    return this.#lastIncident;
  }

  nextRow(): { readonly id: number; readonly key: string } {
    this.#lastNotification += 1;
    return { id: this.#lastNotification, key: `${this.#desk.tag}-${this.#lastNotification}` };
  }

  incident(id: IncidentId): Incident | undefined {
    return this.#incidents.get(id);
  }

  *openIncidents(): Generator<Incident> {
    for (const incident of this.#incidents.all()) if (incident.closedAt === null) yield incident;
  }

  /** Open ones that are about something, or about a part of it. */
  openAbout(subject: string): Incident[] {
    return this.#openAbout.get(rootOf(subject)).flatMap((id) => this.#incidents.get(id) ?? []);
  }

  /** Remembered ones that a row tells of together with others. */
  toldTogether(row: number): IncidentId[] {
    return [...this.#incidents.all()].flatMap(({ id, together }) => (together?.includes(row) ? [id] : []));
  }

  newestOpen(rule: string): Incident | undefined {
    const id = this.#openOfRule.get(rule).at(-1);
    return id === undefined ? undefined : this.#incidents.get(id);
  }

  toldAt(key: string): Instant | undefined {
    const at = this.#toldAt.get(key);
    return at !== undefined && at > this.now - LONGEST_COOLDOWN ? at : undefined;
  }

  row(id: number): Notification | undefined {
    return this.#rows.get(id);
  }

  /** Oldest first. */
  waiting(channel: string): Notification[] {
    return [...this.waitingIn(channel)];
  }

  *waitingIn(channel: string): Generator<Notification> {
    for (const id of this.#waiting.get(channel)) {
      const row = this.#rows.get(id);
      if (row) yield row;
    }
  }

  /** What tells of nothing but an incident, by any channel, oldest first; without what ended long ago. */
  rowsOf(incident: IncidentId): Notification[] {
    return this.#remembered(this.#ofIncident.get(incident)).filter((row) => row.incident === incident);
  }

  /** The same, and what tells of it together with others. */
  rowsTelling({ id, together = [] }: Pick<Incident, 'id' | 'together'>): Notification[] {
    return [...this.rowsOf(id), ...this.#remembered(together)].sort((a, b) => a.id - b.id);
  }

  #remembered(rows: readonly number[]): Notification[] {
    return rows.flatMap((id) => {
      const row = this.#rows.get(id);
      return row && (row.endedAt === null || row.endedAt > this.now - MEMORY) ? row : [];
    });
  }

  /** What replaced a message, or waits to, oldest first. */
  editsOf(message: number): Notification[] {
    return this.#editsOf.get(message).flatMap((id) => this.#rows.get(id) ?? []);
  }

  /** What a channel was told within the span of the ceiling; edits do not count. */
  sentTo(channel: string): Notification[] {
    return this.#sent.get(channel).flatMap((id) => {
      const row = this.#rows.get(id);
      return row !== undefined && this.#isRecent(row) ? row : [];
    });
  }

  /** What has one cause with something; or of that only what was told: thousands may wait. */
  ofCause(channel: string, what: Telling, which: 'ids' | 'sent' = 'ids'): CauseTold {
    const causes = this.#causes.get(channel) ?? new Causes([...this.sentTo(channel), ...this.waiting(channel).filter(isOfCause)]);
    this.#causes.set(channel, causes);
    const { ids, isTrouble } = causes.of(what, which);
    return { told: ids.flatMap((id) => this.#rows.get(id) ?? []), isTrouble };
  }

  #noteCause(row: Notification, before: Notification | undefined): void {
    const causes = this.#causes.get(row.channel);
    if (row.state !== 'waiting' || (before !== undefined && before.state !== 'waiting')) this.#causes.delete(row.channel);
    else if (causes === undefined || !isOfCause(row)) return;
    else if (before === undefined) causes.add(row);
    else if (before.lines !== row.lines || before.rules !== row.rules) causes.add({ ...row, lines: row.lines.slice(before.lines.length) });
  }

  #isRecent({ endedAt }: Notification): boolean {
    return endedAt !== null && endedAt > this.now - CEILING_SPAN;
  }

  /** Whether a row was made in this step, so that nobody can have begun to send it. */
  isFresh({ id }: Notification): boolean {
    return id > this.#desk.lastNotification;
  }

  putIncident(incident: Incident): void {
    const { id, rule } = incident;
    const before = this.#incidents.get(id);
    this.#incidents.set(id, incident);
    this.#written.incidents.add(id);
    this.#noteSubjects(incident, before);
    if (incident.closedAt !== null) this.#openOfRule.remove(rule, id);
    else if (before === undefined || before.closedAt !== null) this.#openOfRule.add(rule, id);
    const alarm = alarmOf(incident);
    if (alarm !== null && (before === undefined || alarm !== alarmOf(before))) this.#alarms = withAlarm(this.#alarms, alarm, id);
  }

  putRow(row: Notification): void {
    const before = this.#rows.get(row.id);
    this.#rows.set(row.id, row);
    this.#written.rows.add(row.id);
    this.#noteCause(row, before);
    if (row.incident !== null && row.incident !== before?.incident) this.#ofIncident.add(row.incident, row.id);
    if (row.kind === 'edit' && row.instead !== null && before === undefined) this.#editsOf.add(row.instead, row.id);
    if (row.state === 'waiting') {
      this.#channels.add(row.channel);
      if (before?.state !== 'waiting') this.#waiting.add(row.channel, row.id);
      return;
    }
    this.#waiting.remove(row.channel, row.id);
    if (row.state === 'delivered' && before?.state !== 'delivered') this.#noteSent(row);
  }

  /** Incidents of which the alarm has gone off, in order. */
  due(): Incident[] {
    const ids = new Set<IncidentId>();
    while (this.#alarms !== null && this.#alarms.at <= this.now) {
      ids.add(this.#alarms.id);
      this.#alarms = withoutFirst(this.#alarms);
    }
    return [...ids].sort((a, b) => a - b).flatMap((id) => this.#incidents.get(id) ?? []);
  }

  done(judged: number | null = null, verdicts: readonly Verdict[] = []): Step {
    return { desk: this.#nextDesk(judged), work: this.#work(judged, verdicts) };
  }

  #work(judged: number | null, verdicts: readonly Verdict[]): AlertWork {
    const { incidents, rows } = this.#written;
    return {
      site: this.site,
      judged,
      verdicts,
      incidents: [...incidents].sort((a, b) => a - b).flatMap((id) => this.#incidents.get(id) ?? []),
      notifications: [...rows].sort((a, b) => a - b).flatMap((id) => this.#rows.get(id) ?? []),
    };
  }

  #nextDesk(judged: number | null): Desk {
    const { now } = this;
    return {
      site: this.site,
      tag: this.#desk.tag,
      judged: judged ?? this.#desk.judged,
      lastIncident: this.#lastIncident,
      lastNotification: this.#lastNotification,
      alarms: this.#currentAlarms(),
      openAbout: this.#openAbout.done(),
      openOfRule: this.#openOfRule.done(),
      toldAt: this.#toldAt.done((at) => at > now - LONGEST_COOLDOWN),
      waiting: this.#waiting.done(),
      channels: new Set([...this.#channels].filter((channel) => this.#waiting.get(channel).length > 0)),
      ofIncident: this.#ofIncident.done((ids) => ids.some((id) => this.#rows.get(id) !== undefined)),
      editsOf: this.#editsOf.done((ids) => ids.some((id) => this.#rows.get(id) !== undefined)),
      sent: this.#sent.done(),
      incidents: this.#incidents.done(({ closedAt, changedAt }) => closedAt === null || changedAt > now - MEMORY),
      notifications: this.#rows.done(({ endedAt }) => endedAt === null || endedAt > now - MEMORY),
    };
  }

  /** The first one is always true, so that it can be read off. */
  #currentAlarms(): Alarms | null {
    let alarms = this.#alarms;
    while (alarms !== null && !this.#isCurrent(alarms)) alarms = withoutFirst(alarms);
    return alarms;
  }

  #isCurrent({ at, id }: Alarms): boolean {
    const incident = this.#incidents.get(id);
    return incident !== undefined && alarmOf(incident) === at;
  }

  #noteSubjects(incident: Incident, before: Incident | undefined): void {
    const { id, subjects, closedAt } = incident;
    if (closedAt !== null) for (const { key } of subjects) this.#openAbout.remove(rootOf(key), id);
    else if (before?.closedAt) for (const { key } of subjects) this.#openAbout.add(rootOf(key), id); // it is open again
    if (subjects === before?.subjects) return;
    // Each stays in its place, and most stay as they are.
    for (const [place, subject] of subjects.entries()) if (subject !== before?.subjects[place]) this.#noteSubject(incident, subject);
  }

  #noteSubject({ id, rule, closedAt }: Incident, { key, kind, at }: IncidentSubject): void {
    if (closedAt === null) this.#openAbout.add(rootOf(key), id);
    if (kind !== undefined && at !== undefined) this.#noteTold(toldKey(rule, kind, key), at);
  }

  #noteTold(key: string, at: Instant): void {
    if (at > (this.#toldAt.get(key) ?? 0)) this.#toldAt.set(key, at);
  }

  #noteSent(row: Notification): void {
    if (row.kind === 'edit' || !this.#isRecent(row)) return;
    this.#sent.keep(row.channel, (id) => {
      const other = this.#rows.get(id);
      return other !== undefined && this.#isRecent(other);
    });
    this.#sent.add(row.channel, row.id);
  }
}

/** Edits are no messages of their own, and a digest that waits for the morning ties nothing to it until then. */
const isOfCause = ({ kind }: Notification): boolean => kind !== 'edit' && kind !== 'digest';

export const toldKey = (rule: string, kind: string, subject: string): string => `${rule}\n${kind}\n${subject}`;
