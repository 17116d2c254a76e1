import type { Change, ChangeKind, DeviceId, JsonObject } from '../core/index.ts';

type Told = Pick<Change, 'kind' | 'device' | 'before' | 'after'>;

/** What a change is about: "device:7", "device:7:22/tcp", "target:10.0.0.0/24", "person:anna". The same for both ends of a pair. */
export function subjectOf({ kind, device, before, after }: Told): string {
  const side = after ?? before ?? {};
  if (device !== null)
    return PORT_KINDS.has(kind) ? `device:${device}:${word(side['port'])}/${word(side['protocol'])}` : `device:${device}`;
  const [what, key] = PLACES[kind] ?? ['site', null];
  if (key === null) return what;
  return `${what}:${(word(side[key]) || word(before?.[key])).slice(0, LONGEST)}`;
}

/** What a change without a device is about, in plain words; null: it says nothing of that. */
export function placeOf({ kind, before, after }: Told): string | null {
  const key = PLACES[kind]?.[1] ?? null;
  const place = key === null ? '' : word(after?.[key]) || word(before?.[key]);
  return place === '' ? null : place;
}

/** The device of a subject, or the subject itself: what is over with a device is found under it. */
export function rootOf(subject: string): string {
  if (!subject.startsWith('device:')) return subject;
  const end = subject.indexOf(':', 'device:'.length);
  return end < 0 ? subject : subject.slice(0, end);
}

/** The device that a subject is of; null: it is of none. */
export function deviceOf(subject: string): DeviceId | null {
  const [what, id] = subject.split(':', 2);
  return what === 'device' ? Number(id) : null;
}

/** Characters of a name in a subject. */
const LONGEST = 300;

const PORT_KINDS: ReadonlySet<ChangeKind> = new Set([
  'port.opened',
  'port.closed',
  'port.filtered',
  'service.changed',
  'service.key-changed',
  'certificate.renewed',
  'certificate.expiring',
]);

/** What changes of no device are about, and which side of theirs names it. */
const PLACES: Partial<Record<ChangeKind, readonly [what: string, key: string | null]>> = {
  'vantage.blind': ['target', 'target'],
  'vantage.restored': ['target', 'target'],
  'vantage.changed': ['target', 'target'],
  'segment.lost': ['segment', 'target'],
  'segment.restored': ['segment', 'target'],
  'storm.began': ['network', 'where'],
  'storm.ended': ['network', 'where'],
  'person.arrived': ['person', 'name'],
  'person.left': ['person', 'name'],
  'group.first-arrived': ['group', 'name'],
  'group.last-left': ['group', 'name'],
  'address.conflict': ['address', 'about'],
  'gateway.changed': ['gateway', 'address'],
  'history.imported': ['import', 'subject'],
  'approval.expired': ['approval', 'approval'],
};

const word = (value: JsonObject[string] | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** What is over when a change of the kind comes, for the same subject. */
export const ENDS: Partial<Record<ChangeKind, readonly ChangeKind[]>> = {
  'device.returned': ['device.left'],
  'vantage.restored': ['vantage.blind'],
  'segment.restored': ['segment.lost'],
  'storm.ended': ['storm.began'],
  'device.stable': ['device.flapping'],
  'device.released': ['device.harmed'],
  'port.closed': ['port.opened'],
};

/** With these everything about a device is over, and nobody has to hear of that. */
export const GONE: ReadonlySet<ChangeKind> = new Set(['device.forgotten', 'device.merged']);

/** What can be over. */
const LASTING: ReadonlySet<ChangeKind> = new Set(Object.values(ENDS).flat());

/** What lasts, but is nothing that has to end: an open port may stay so for years. */
const SETTLES: ReadonlySet<ChangeKind> = new Set(['port.opened']);

/** Whether something lasts until another change ends it; what does not is over as soon as it is told. */
export const lasts = (kind: ChangeKind): boolean => LASTING.has(kind);

/** Whether an incident of it stays open until it is over, however long that takes. */
export const mustEnd = (kind: ChangeKind | undefined): boolean => kind === undefined || (LASTING.has(kind) && !SETTLES.has(kind));

/** Whether it tells more of a device of which was told lately. */
export const ENRICHES: ReadonlySet<ChangeKind> = new Set(['device.described', 'identity.changed', 'device.edited']);
