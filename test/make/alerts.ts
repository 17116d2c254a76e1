import {
  type Change,
  type ChangeKind,
  type JsonObject,
  type Mute,
  orFault,
  parseQuietWindow,
  type QuietWindow,
  type Rule,
  type RuleDraft,
  ruleOf,
  type TellDevice,
} from '../../src/core/index.ts';
import { type ChannelTerms, type Happening, subjectOf, type Terms, tellLine } from '../../src/rules/index.ts';

/** Makers for tests of who hears of what: everything has a plain default. */

export const DAY = 86_400_000;

/** A rule of everything that left, told everywhere. */
export const rule = (fields: Partial<RuleDraft> = {}): Rule => ruleOf({ name: 'left', on: ['device.left'], ...fields }, 'user');

export const channel = (name: string, fields: Partial<ChannelTerms> = {}): ChannelTerms => ({
  name,
  usual: true,
  quiet: null,
  ceiling: 3,
  ttl: 3 * DAY,
  fallback: null,
  edits: false,
  ...fields,
});

export const terms = (fields: Partial<Terms> = {}): Terms => ({
  site: 'home',
  rules: [rule()],
  channels: [channel('mail')],
  mutes: [],
  upkeep: [],
  quiet: [],
  zone: 'UTC',
  ...fields,
});

export const windows = (...texts: string[]): QuietWindow[] => texts.map((text) => orFault(parseQuietWindow(text)));

export const mute = (fields: Partial<Mute> = {}): Mute => ({
  id: 1,
  site: 'home',
  kind: 'mute',
  rule: null,
  kinds: [],
  where: null,
  from: 0,
  until: null,
  why: null,
  by: null,
  madeAt: 0,
  endedAt: null,
  ...fields,
});

export const tellDevice = (id: number, fields: Partial<TellDevice> = {}): TellDevice => ({
  id,
  name: `host${id}.lan`,
  address: `10.0.${id >> 8}.${id & 255}`,
  mac: null,
  vendor: null,
  type: null,
  owner: null,
  groups: [],
  tags: [],
  presence: 'present',
  ports: [],
  ...fields,
});

/** What changes of a kind hold beside the device. */
const SIDES: Partial<Record<ChangeKind, (of: string) => { before?: JsonObject; after?: JsonObject }>> = {
  'device.left': () => ({ before: { lastSeen: '2026-01-05T07:59:00.000Z' } }),
  'device.appeared': () => ({ after: { addresses: ['10.0.0.7'], macs: [], vendor: 'Example' } }),
  'device.described': () => ({ after: { type: 'phone', vendor: 'Example', openPortNumbers: [22] } }),
  'device.edited': () => ({ before: { owner: null }, after: { owner: 'anna' } }),
  'vantage.blind': (of) => ({ after: { target: of, cause: { code: 'interface-down', text: 'the cable is out' } } }),
  'vantage.restored': (of) => ({ after: { target: of, cause: null } }),
  'segment.lost': (of) => ({ after: { target: of, text: `most of ${of} fell silent` } }),
  'segment.restored': (of) => ({ after: { target: of, text: `${of} answers again` } }),
  'storm.began': (of) => ({ after: { where: of, text: `30 strangers at once in ${of}` } }),
  'storm.ended': (of) => ({ after: { where: of, text: `${of} is calm` } }),
};

const portSide = (of: string): { after: JsonObject } => ({
  after: { protocol: 'tcp', port: Number(of), state: 'open', text: 'it changed' },
});

export interface Event {
  readonly kind: ChangeKind;
  /** A device, or the place of what is no device's. */
  readonly of: number | string;
  /** Port of a change of one. */
  readonly port?: number;
  readonly happening?: Partial<Happening>;
  readonly device?: Partial<TellDevice>;
}

export function happeningOf(
  { kind, of, port, happening, device }: Event,
  { seq, at, scan }: Pick<Change, 'seq' | 'at' | 'scan'>,
): Happening {
  const sides =
    port === undefined ? (SIDES[kind]?.(String(of)) ?? { after: { text: `${kind} of ${of}`, name: String(of) } }) : portSide(String(port));
  const id = typeof of === 'number' ? of : null;
  const change: Change = { kind, device: id, before: null, after: null, ...sides, seq, at, scan };
  const told = id === null ? null : tellDevice(id, device);
  return {
    change,
    line: tellLine({ change, device: told, name: told?.name ?? null }),
    subject: subjectOf(change),
    about: [],
    fits: () => true,
    drifting: null,
    whereIs: () => 'unknown',
    ...happening,
  };
}
