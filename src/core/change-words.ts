import type { ChangeDraft, ChangeKind } from './change.ts';
import { labelWords } from './label-words.ts';
import type { Instant } from './time.ts';

type Side = Readonly<Record<string, unknown>>;

/** How whoever shows it writes moments, and cuts what may have thousands of characters. */
export interface Wording {
  time(at: Instant): string;
  shorten(text: string): string;
}

/** What is different, in words of its kind. All of it may be foreign. */
export function changeWords({ kind, before, after }: ChangeSides, wording: Wording): string {
  return WORDS[kind](before ?? {}, after ?? {}, wording);
}

type ChangeSides = Pick<ChangeDraft, 'kind'> & { readonly before: Side | null; readonly after: Side | null };

/** "ssh OpenSSH 9.2", or nothing. */
export function serviceWords(service: ServiceNamed | null | undefined): string {
  const tunnel = service?.tunnel ? `${service.tunnel}/` : '';
  return [`${tunnel}${service?.name ?? ''}`, service?.product, service?.version].filter(Boolean).join(' ');
}

type ServiceNamed = { readonly [part in 'name' | 'product' | 'version' | 'tunnel']?: string | undefined };

type Words = (was: Side, is: Side, wording: Wording) => string;

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
/** Where somebody was before, and since when, as far as that is known. */
const stayed = (was: Side, { time }: Wording): string => {
  const since = text(was['since']);
  return since === '' ? '' : `was ${text(was['is'])} since ${time(Date.parse(since))}`;
};
const person: Words = (was, is, wording) => joined([joined([text(is['name']), text(is['text'])], ' '), stayed(was, wording)], '; ');
const group: Words = (was, is, wording) => joined([joined([text(is['name']), text(is['text'])], ': '), stayed(was, wording)], '; ');
const IN_TURN = 'it answers in turn, as several servers do; quiet for 30 days';
const serviceStep = (was: Side, is: Side): string => {
  const [old, fresh, page] = [service(was) || 'unknown', service(is) || 'unknown', pageStep(was, is)];
  const step = old === fresh && page !== '' ? '' : `${old} -> ${fresh}`;
  return `${portOf(is)} ${joined([step, page, is['inTurn'] === true ? IN_TURN : ''], '; ')}`;
};
const pageStep = (was: Side, is: Side): string => {
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

const WORDS: Readonly<Record<ChangeKind, Words>> = {
  'device.appeared': (_, is) =>
    joined([`at ${list(is['addresses'])}`, list(is['macs']), text(is['vendor']), is['randomizedMac'] === true ? 'made-up MAC' : '']),
  'device.left': (was, _, { time }) => `last seen ${time(Date.parse(text(was['lastSeen'])))}`,
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
  'device.edited': (was, is, { shorten }) => labelWords(was, is, shorten),
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
  'group.first-arrived': group,
  'group.last-left': group,
  'history.imported': (_, is, { time }) =>
    joined([
      text(is['subject']),
      `${count(is['newDevices'], 'new device')}, ${text(is['knownDevices'])} known`,
      count(is['sessions'], 'session'),
      is['firstAt'] === null ? '' : `${time(Date.parse(text(is['firstAt'])))} to ${time(Date.parse(text(is['lastAt'])))}`,
    ]),
  'approval.expired': told,
};

const count = (value: unknown, noun: string): string => `${text(value)} ${noun}${value === 1 ? '' : 's'}`;

const portOf = (side: Side): string => `${text(side['port'])}/${text(side['protocol'])}`;

const service = (side: Side): string => serviceWords(side['service'] as ServiceNamed | null | undefined);

const list = (value: unknown, by = ' '): string => (Array.isArray(value) ? value.map(text).join(by) : text(value));

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

const joined = (parts: readonly string[], by = ', '): string => parts.filter((part) => part !== '' && part !== 'at ').join(by);
