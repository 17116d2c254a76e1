import type { ChangeJson } from '../../contract/index.ts';
import { localTime } from '../terminal/moment.ts';
import type { Piece, Tone } from '../terminal/output.ts';
import { shortened } from '../terminal/visible.ts';
import { labelsText } from './label-text.ts';
import { serviceText } from './port-text.ts';

type Side = Readonly<Record<string, unknown>>;

const TONES: Partial<Record<ChangeJson['kind'], Tone>> = {
  'device.appeared': 'warn',
  'device.left': 'bad',
  'device.harmed': 'bad',
  'device.released': 'good',
  'device.returned': 'good',
  'port.opened': 'warn',
  'service.key-changed': 'bad',
  'certificate.expiring': 'warn',
  'vantage.blind': 'bad',
  'vantage.restored': 'good',
};

/** A row of the table of changes: number, time, kind, device, what is different. */
export function changeRow(change: ChangeJson): Piece[] {
  const tone = TONES[change.kind];
  const kind = tone ? { text: change.kind, tone } : change.kind;
  return [String(change.seq), localTime(Date.parse(change.at)), kind, deviceLabel(change.device), shortened(changeText(change), WHAT)];
}

export const CHANGE_HEADING = ['SEQ', 'WHEN', 'CHANGE', 'DEVICE', 'WHAT'] as const;

/** Columns of a name, so that the number behind it still has room in a cell. */
const NAME = 32;
/** Columns of what is different; "rollcall why" has all of it. */
const WHAT = 120;

/** "printer (#7)", or "#7" for one without a name. */
export function deviceLabel(device: { readonly id: number; readonly name: string | null } | null): string {
  if (device === null) return '-';
  return device.name === null ? `#${device.id}` : `${shortened(device.name, NAME)} (#${device.id})`;
}

/** What is different, in words of its kind. */
export function changeText({ kind, before, after }: ChangeJson): string {
  return WORDS[kind](before ?? {}, after ?? {});
}

type Words = (was: Side, is: Side) => string;

const vantage: Words = (_, is) =>
  joined([text(is['target']), text((is['cause'] as Side | null | undefined)?.['text']), text(is['text'])], ': ');
/** Names may hold blanks, so commas part them. */
const lists: Words = (was, is) =>
  joined(
    Object.keys(is).map((key) => `${key} ${list(was[key], ', ') || 'none'} -> ${list(is[key], ', ') || 'none'}`),
    '; ',
  );
/** Changes that are told in a sentence of their own. */
const told: Words = (_, is) => text(is['text']);
const named: Words = (_, is) => joined([text(is['name']), text(is['text'])], ': ');
/** Where somebody was before, and since when, as far as that is known. */
const person: Words = (was, is) => {
  const since = text(was['since']);
  return joined([named(was, is), since === '' ? '' : `was ${text(was['is'])} since ${localTime(Date.parse(since))}`], '; ');
};
const IN_TURN = 'it answers in turn, as several servers do; quiet for 30 days';
const serviceStep: Words = (was, is) => {
  const [old, fresh, page] = [service(was) || 'unknown', service(is) || 'unknown', pageStep(was, is)];
  const step = old === fresh && page !== '' ? '' : `${old} -> ${fresh}`;
  return `${portOf(is)} ${joined([step, page, is['inTurn'] === true ? IN_TURN : ''], '; ')}`;
};
const pageStep: Words = (was, is) => {
  const [old, fresh] = [pageOf(was), pageOf(is)];
  return old === '' || fresh === '' || old === fresh ? '' : `page ${old} -> ${fresh}`;
};
function pageOf(side: Side): string {
  const page = (side['page'] ?? {}) as Side;
  return joined([text(page['title']) === '' ? '' : `"${text(page['title'])}"`, text(page['server'])], ' by ');
}
/** Changes of a port that are told in a sentence of their own. */
const toldOfPort: Words = (_, is) => `${is['severity'] === 'high' ? '! ' : ''}${portOf(is)} ${text(is['text'])}`;
const lostPort: Words = (was, is) => joined([portOf(is), service(was)], ' ');

const WORDS: Readonly<Record<ChangeJson['kind'], Words>> = {
  'device.appeared': (_, is) =>
    joined([`at ${list(is['addresses'])}`, list(is['macs']), text(is['vendor']), is['randomizedMac'] === true ? 'made-up MAC' : '']),
  'device.left': (was) => `last seen ${localTime(Date.parse(text(was['lastSeen'])))}`,
  'device.returned': (_, is) => joined([`at ${list(is['addresses'])}`]),
  'device.readdressed': lists,
  'identity.changed': lists,
  'port.opened': (_, is) => joined([portOf(is), service(is)], ' '),
  'port.closed': lostPort,
  'port.filtered': lostPort,
  'service.changed': serviceStep,
  'service.key-changed': toldOfPort,
  'certificate.renewed': toldOfPort,
  'certificate.expiring': toldOfPort,
  'vantage.blind': vantage,
  'vantage.restored': vantage,
  'vantage.changed': told,
  'device.edited': labelsText,
  'device.described': (_, is) => joined([text(is['type']), text(is['vendor']), list(is['openPortNumbers'])]),
  'device.harmed': told,
  'device.released': told,
  'device.merged': told,
  'device.split': told,
  'device.forgotten': (was) => joined([list(was['addresses']), list(was['macs'])]),
  'device.flapping': told,
  'device.stable': told,
  'merge.proposed': told,
  'address.conflict': told,
  'gateway.changed': told,
  'segment.lost': told,
  'segment.restored': told,
  'storm.began': told,
  'storm.ended': told,
  'person.arrived': person,
  'person.left': person,
  'group.first-arrived': named,
  'group.last-left': named,
  'history.imported': (_, is) =>
    joined([
      text(is['subject']),
      `${count(is['newDevices'], 'new device')}, ${text(is['knownDevices'])} known`,
      count(is['sessions'], 'session'),
      is['firstAt'] === null ? '' : `${localTime(Date.parse(text(is['firstAt'])))} to ${localTime(Date.parse(text(is['lastAt'])))}`,
    ]),
  'approval.expired': told,
};

const count = (value: unknown, noun: string): string => `${text(value)} ${noun}${value === 1 ? '' : 's'}`;

const portOf = (side: Side): string => `${text(side['port'])}/${text(side['protocol'])}`;

const service = (side: Side): string => serviceText(side['service'] as Parameters<typeof serviceText>[0]);

const list = (value: unknown, by = ' '): string => (Array.isArray(value) ? value.map(text).join(by) : text(value));

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

const joined = (parts: readonly string[], by = ', '): string => parts.filter((part) => part !== '' && part !== 'at ').join(by);
