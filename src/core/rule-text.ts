import { bad, good } from './fault.ts';
import { inKindOrder, readKindPattern } from './kind-patterns.ts';
import { parseQuietWindow, type QuietWindow } from './quiet-hours.ts';
import { flag, lengthOfTime, like, oneOf, type Reader, show, text } from './reader.ts';
import { GROUPINGS, type Rule, type RuleDraft, URGENCIES } from './rule.ts';
import type { Millis } from './time.ts';
import { Written, type WrittenReading } from './written.ts';

/** A rule as a person writes it, in a file, a request or on a command line. What is left out is as usual. */
export interface RuleText {
  readonly name: string;
  /** Kinds, "device.*" for a family of them, "*" for all. */
  readonly on: readonly string[];
  readonly where?: string | null | undefined;
  readonly who?: readonly string[] | undefined;
  readonly home?: readonly string[] | undefined;
  readonly away?: readonly string[] | undefined;
  /** Stretches of the week: "Mon-Fri 08:00-18:00". */
  readonly during?: readonly string[] | undefined;
  readonly drift?: boolean | undefined;
  readonly to?: readonly string[] | undefined;
  readonly urgency?: string | undefined;
  readonly group?: string | undefined;
  /** Lengths of time: "1h30m". */
  readonly cooldown?: string | undefined;
  readonly remind?: string | null | undefined;
  readonly escalate?: { readonly after: string; readonly to: readonly string[] } | null | undefined;
  readonly through?: boolean | undefined;
  readonly resolved?: boolean | undefined;
  readonly enabled?: boolean | undefined;
}

export const RULE_KEYS = [
  'name',
  'on',
  'where',
  'who',
  'home',
  'away',
  'during',
  'drift',
  'to',
  'urgency',
  'group',
  'cooldown',
  'remind',
  'escalate',
  'through',
  'resolved',
  'enabled',
] as const satisfies readonly (keyof RuleText)[];

/** Entries of one list: nobody needs more, and each is looked at for each change. */
const MOST = 64;
const MOST_WINDOWS = 50;
const MINUTE: Millis = 60_000;

/** The name of a rule or channel. */
export const termName = (what: 'rule' | 'channel' | 'maintenance', example: string): Reader<string> =>
  like(
    /^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/,
    `a name for a ${what}`,
    `write up to 60 letters a-z, digits and dashes between them, like "${example}"`,
  );

/** Kinds of changes, from patterns of them. */
export const KIND_LIST = {
  each: text('write kinds in quotes, like "device.appeared"', readKindPattern),
  most: MOST,
  example: 'on = ["device.appeared"], with kinds of changes in it',
} as const;

/** Names a device must fit; whether they can be read is known elsewhere. */
export const filterText: Reader<string> = text('write filter words like where = "importance:high"', (value) => {
  if (value.trim() === '') return bad('it is empty', 'leave it out, for any device');
  if (/\0/.test(value)) return bad(`${show(value)} holds a character that cannot be typed`, 'type it anew');
  return good(value);
});

export const weekWindow: Reader<QuietWindow> = text('write a stretch of the week like "Mon-Fri 08:00-18:00"', parseQuietWindow);
export const WINDOW_LIST = { each: weekWindow, most: MOST_WINDOWS, none: true } as const;

const PARTY = 'write a person like "anna", or a group like "group:family"';

/** The name of a person, or "group:" and that of a group: what a label can be. */
export const partyName: Reader<string> = text(PARTY, (value) => {
  const name = value.replace(/^group:/, '');
  const fits = /^[^\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029:,"]{1,128}$/u.test(name) && name.trim() === name && name !== '*';
  return fits && !name.startsWith('-') ? good(value.normalize('NFC')) : bad(`${show(value)} is neither a person nor a group`, PARTY);
});

const receiver: Reader<string> = (value) => (value === '*' ? good('*') : termName('channel', 'phone')(value));
const TO = { each: receiver, most: MOST, example: 'to = ["phone"], with names of channels, or ["*"] for all of them' };
const parties = (key: string) => ({ each: partyName, most: MOST, none: true, example: `${key} = ["anna", "group:family"]` });
const ESCALATE = 'escalate = {after = "15m", to = ["phone"]}';

/** Reads a rule as it is written; whether its filter can be read, and its channels are there, others must tell. */
export function readRuleText(fields: { readonly [key in keyof RuleText]?: unknown }): WrittenReading<RuleDraft> {
  const written = new Written(fields);
  const name = written.needed('name', termName('rule', 'new-device'));
  const on = written.neededList('on', KIND_LIST);
  const draft = {
    ...conditionsOf(written),
    to: written.list('to', TO),
    urgency: written.one('urgency', oneOf(URGENCIES, 'an urgency')),
    group: written.one('group', oneOf(GROUPINGS, 'a way to group')),
    cooldown: written.one('cooldown', lengthOfTime(0, '1h')),
    remind: written.oneOrNone('remind', lengthOfTime(MINUTE, '30m')),
    escalate: fields.escalate === null ? null : escalationOf(written),
    through: written.one('through', flag),
    resolved: written.one('resolved', flag),
    enabled: written.one('enabled', flag),
  };
  return written.done(() => ({ ...onlySaid(draft), name: name ?? '', on: inKindOrder((on ?? []).flat()) }));
}

function conditionsOf(written: Written) {
  const [who, home, away] = ['who', 'home', 'away'].map((key) => written.list(key, parties(key)));
  const both = home?.find((party) => away?.includes(party));
  if (both !== undefined)
    written.blame(['away'], { reason: `${show(both)} cannot be home and away`, remedy: 'name it under one of the two' });
  return {
    where: written.oneOrNone('where', filterText),
    who,
    home,
    away,
    during: written.list('during', { ...WINDOW_LIST, example: 'during = ["Mon-Fri 08:00-18:00"]' }),
    drift: written.one('drift', flag),
  };
}

function escalationOf(written: Written): Rule['escalate'] | undefined {
  const table = written.table('escalate', ['after', 'to'], ESCALATE);
  if (!table) return undefined;
  const after = written.value(['escalate', 'after'], table['after'], lengthOfTime(MINUTE, '15m'));
  const to = written.listAt(['escalate', 'to'], table['to'], TO);
  return after === undefined || to === undefined ? undefined : { after, to };
}

/** Without the keys that were left out. */
export const onlySaid = <T extends object>(fields: T): { [key in keyof T]?: Exclude<T[key], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [key in keyof T]?: Exclude<T[key], undefined>;
  };
