import { type Instant, type Notification, type NotificationKind, URGENCIES, type Urgency } from '../core/index.ts';
import { ceilingOpensAt, isFull } from './ceiling.ts';
import { CEILING_SPAN, causeOf } from './draft.ts';
import { nextIn } from './lane.ts';
import { withLines } from './lines.ts';
import type { Later } from './muting.ts';
import { passes, restAt } from './resting.ts';
import type { Sitting } from './sitting.ts';
import { SECOND } from './spans.ts';
import type { ChannelTerms } from './terms.ts';
import { noteTogether } from './together.ts';

/** What a channel is to be told. */
export interface Post extends Pick<Notification, 'rule' | 'incident' | 'urgency' | 'lines' | 'more'> {
  readonly channel: ChannelTerms;
  readonly kind: Exclude<NotificationKind, 'edit' | 'digest' | 'test'>;
  /** Maintenance that puts it off; null: none. */
  readonly later: Later | null;
  /** What it tells in place of; null: nothing. */
  readonly instead: number | null;
}

/** What comes third gathers others for so long. */
export const GATHERS = 30 * SECOND;

/** Makes a notification of it, or puts it into one that waits; returns that. */
export function post(sitting: Sitting, what: Post): Notification {
  const hold = holdOf(sitting, what);
  const waits = coveringRow(sitting, what, hold) ?? (hold === null ? gatheringRow(sitting, what) : digestRow(sitting, what, hold));
  if (waits) return putInto(sitting, waits, what);
  if (hold !== null) return put(sitting, made(sitting, what, digestSlot(sitting, what, hold)));
  const slot = slotOf(sitting, what);
  const rest = passes(what, sitting.asked) ? null : restAt(what.channel, slot.dueAt, sitting);
  // It would have to gather others into the quiet hours.
  return rest === null ? put(sitting, made(sitting, what, slot)) : post(sitting, { ...what, later: rest });
}

function put({ draft, untitled }: Sitting, row: Notification): Notification {
  draft.putRow(row);
  untitled.rows.add(row.id);
  return row;
}

function putInto(sitting: Sitting, waits: Notification, what: Post): Notification {
  const row = merged(waits, what);
  if (row.incident === null) noteTogether(sitting, row, [waits.incident, what.incident]);
  return put(sitting, row);
}

/** Maintenance, then quiet hours that begin before it is over. */
function holdOf(sitting: Sitting, what: Post): Later | null {
  const later = what.later !== null && what.later.until > sitting.now ? what.later : null;
  const rest = passes(what, sitting.asked) ? null : restAt(what.channel, later?.until ?? sitting.now, sitting);
  return rest ?? later;
}

/** Whether more can be put into a row: nobody can have begun to send it. What happens in between `settle` finds out. */
export function isOpen({ draft, now }: Pick<Sitting, 'draft' | 'now'>, row: Notification): boolean {
  return draft.isFresh(row) || nextIn(draft.waitingIn(row.channel), now)?.id !== row.id;
}

/** Puts it into a row that waits and tells of its incident already; null: there is none. */
export function postInto(sitting: Sitting, what: Post): Notification | null {
  const waits = coveringRow(sitting, what, holdOf(sitting, what));
  return waits === undefined ? null : putInto(sitting, waits, what);
}

function coveringRow(sitting: Sitting, what: Post, hold: Later | null): Notification | undefined {
  if (what.incident === null || FOR_THEMSELVES.has(what.kind)) return undefined;
  const incident = sitting.draft.incident(what.incident);
  const latest = what.kind === 'resolved' ? Infinity : Math.max(hold?.until ?? 0, sitting.now + CEILING_SPAN);
  const { firstSeq = 0, lastSeq = -1 } = incident ?? {};
  const tells = (row: Notification): boolean =>
    row.incident === what.incident ||
    (row.incident === null && isOfRule(row, what) && row.lines.some(({ seq }) => seq >= firstSeq && seq <= lastSeq));
  return rowsAbout(sitting, what).find((row) => row.kind !== 'edit' && row.dueAt <= latest && tells(row) && isOpen(sitting, row));
}

/** These are not told by what was said before. */
const FOR_THEMSELVES: ReadonlySet<NotificationKind> = new Set(['opened', 'reminder', 'escalation', 'fallback']);

const isOfRule = ({ rule, kind }: Notification, what: Post): boolean => rule === what.rule || (rule === null && kind === 'digest');

/** Without a ceiling nothing is gathered, and thousands may wait. */
function rowsAbout({ draft }: Sitting, { channel, incident }: Post): readonly Notification[] {
  if (channel.ceiling > 0) return draft.waiting(channel.name);
  return incident === null ? [] : draft.rowsOf(incident).filter((row) => row.channel === channel.name && row.state === 'waiting');
}

const waitingOfCause = ({ draft }: Sitting, { channel, rule, kind }: Post): readonly Notification[] =>
  draft.waiting(channel.name).filter((row) => row.kind !== 'edit' && row.kind !== 'digest' && causeOf(row) === causeOf({ rule, kind }));

/** The row that gathers what is too much: the last one, when it waits for that, or when there may be no other. */
function gatheringRow(sitting: Sitting, what: Post): Notification | undefined {
  if (what.channel.ceiling === 0) return undefined;
  const waiting = waitingOfCause(sitting, what);
  const last = waiting.findLast((row) => isOpen(sitting, row));
  if (last === undefined) return undefined;
  const gathers = last.dueAt > sitting.now && last.attempts === 0;
  const sent = sitting.draft.sentTo(what.channel.name, causeOf(what));
  return gathers || isFull(what.channel, waiting.length + sent.length) ? last : undefined;
}

function digestRow(sitting: Sitting, { channel }: Post, { until }: Later): Notification | undefined {
  return sitting.draft
    .waiting(channel.name)
    .find(
      (row) =>
        row.kind === 'digest' && row.attempts === 0 && row.dueAt >= until && row.dueAt <= until + CEILING_SPAN && isOpen(sitting, row),
    );
}

interface Slot {
  readonly kind: Notification['kind'];
  readonly dueAt: Instant;
  readonly because: string | null;
}

/** At once, or a little later with what else comes, or when the ceiling allows it. */
function slotOf(sitting: Sitting, what: Post): Slot {
  const { channel, kind } = what;
  const { now, time } = sitting;
  if (channel.ceiling === 0) return { kind, dueAt: now, because: null };
  const used = waitingOfCause(sitting, what).length + sitting.draft.sentTo(channel.name, causeOf(what)).length;
  if (used < Math.max(1, channel.ceiling - 1)) return { kind, dueAt: now, because: null };
  const gathered = now + GATHERS;
  const opens = ceilingOpensAt(sitting, channel, causeOf(what));
  if (opens <= gathered) return { kind, dueAt: gathered, because: 'gathers what else comes of the same cause' };
  return { kind, dueAt: opens, because: `storm ceiling of ${channel.ceiling} in ten minutes until ${time(opens)}` };
}

/** The ceiling counts digests, too. */
const digestSlot = (sitting: Sitting, what: Post, { until, because }: Later): Slot => ({
  kind: 'digest',
  dueAt: Math.max(until, ceilingOpensAt(sitting, what.channel, causeOf({ rule: what.rule, kind: 'digest' }))),
  because,
});

function made({ draft, now }: Sitting, what: Post, slot: Slot): Notification {
  const { rule, incident, urgency, lines, more, instead } = what;
  return {
    ...draft.nextRow(),
    site: draft.site,
    channel: what.channel.name,
    rule,
    incident,
    urgency,
    title: '',
    ...withLines({ lines: [], more: 0 }, { lines, more }),
    madeAt: now,
    ...slot,
    state: 'waiting',
    attempts: 0,
    endedAt: null,
    receipt: null,
    handle: null,
    instead,
  };
}

/** A row that tells this, too. */
export function merged(row: Notification, what: Omit<Post, 'channel' | 'later'>): Notification {
  return {
    ...row,
    ...withLines(row, what),
    kind: kindOfBoth(row.kind, what.kind),
    rule: row.rule === what.rule ? row.rule : null,
    incident: row.incident === what.incident ? row.incident : null,
    urgency: louder(row.urgency, what.urgency),
  };
}

function kindOfBoth(a: NotificationKind, b: NotificationKind): NotificationKind {
  if (a === 'digest' || a === b) return a;
  return [a, b].includes('opened') ? 'opened' : 'joined';
}

const louder = (a: Urgency, b: Urgency): Urgency => (URGENCIES.indexOf(a) >= URGENCIES.indexOf(b) ? a : b);

/** What the text of a verdict says of it. */
export function whenTold({ channel, dueAt, because }: Notification, { now, time }: Sitting): string {
  if (dueAt <= now) return channel;
  return `${channel} at ${time(dueAt)}${because === null ? '' : ` (${because})`}`;
}
