import {
  CHANGE_KINDS,
  type ChangeKind,
  type ChannelSetup,
  Fault,
  GROUPINGS,
  type Mute,
  nearest,
  type Rule,
  URGENCIES,
} from '../../core/index.ts';
import { parseFilter } from '../../inventory/index.ts';
import { LONGEST_COOLDOWN } from '../../rules/index.ts';
import { checkScope } from './check-scope.ts';

/** What a rule may name. */
export interface InForce {
  readonly channels: readonly Pick<ChannelSetup, 'name'>[];
}

const NAME = /^[a-z0-9-]{1,60}$/;
/** Nobody wants to be reminded more often, and nothing is repeated for ever. */
const SHORTEST_REMINDER = 60_000;
const LONGEST = 366 * 86_400_000;
const MOST = { kinds: CHANGE_KINDS.length, parties: 64, channels: 64, partyLength: 'group:'.length + 128, windows: 64 } as const;

/** Fault bad-input for a rule that can never work: which part of it, the bad value, and what to write. */
export function checkRule(rule: Rule, { channels }: InForce): void {
  const refuse = refusalOf(`rule ${shown(rule.name)}`);
  checkName(refuse, rule.name);
  if (rule.on.length === 0 || rule.on.length > MOST.kinds)
    throw refuse('on', 'it names no kind of change', 'name at least one, like device.appeared');
  for (const kind of rule.on) checkKind(refuse, kind);
  checkWhere(refuse, rule.where);
  for (const key of ['who', 'home', 'away'] as const) checkParties(refuse, key, rule[key]);
  checkScope(refuse, rule);
  checkWord(refuse, { key: 'urgency', word: rule.urgency, words: URGENCIES });
  checkWord(refuse, { key: 'group', word: rule.group, words: GROUPINGS });
  if (rule.during.length > MOST.windows)
    throw refuse('during', `${rule.during.length} stretches are too many`, `write ${MOST.windows} at most`);
  checkChannels(refuse, { key: 'to', names: rule.to, channels });
  checkLength(refuse, { key: 'cooldown', length: rule.cooldown, least: 0, most: LONGEST_COOLDOWN });
  if (rule.remind !== null) checkLength(refuse, { key: 'remind', length: rule.remind, least: SHORTEST_REMINDER });
  if (rule.escalate === null) return;
  checkLength(refuse, { key: 'escalate.after', length: rule.escalate.after, least: SHORTEST_REMINDER });
  checkChannels(refuse, { key: 'escalate.to', names: rule.escalate.to, channels });
}

/** Fault bad-input for a silence that can never be read. */
export function checkSilence(mute: Pick<Mute, 'kinds' | 'where'>): void {
  const refuse = refusalOf('mute');
  for (const kind of mute.kinds) checkKind(refuse, kind);
  checkWhere(refuse, mute.where);
}

export type Refuse = (key: string, reason: string, remedy: string) => Fault;

/** Makes faults of one thing: "setting on of rule lights: ...". */
export const refusalOf =
  (what: string): Refuse =>
  (key, reason, remedy) =>
    new Fault('bad-input', `setting ${key} of ${what}: ${reason}`, remedy);

export function checkName(refuse: Refuse, name: string): void {
  if (!NAME.test(name)) throw refuse('name', `${shown(name)} is no name`, 'use letters a-z, digits and dashes, 60 at most');
}

function checkKind(refuse: Refuse, kind: ChangeKind): void {
  if ((CHANGE_KINDS as readonly string[]).includes(kind)) return;
  const meant = nearest(kind, CHANGE_KINDS);
  throw refuse('on', `no change is of kind ${shown(kind)}`, meant === undefined ? 'write one like device.appeared' : `write ${meant}`);
}

function checkWhere(refuse: Refuse, where: string | null): void {
  const read = where === null ? null : parseFilter(where);
  if (read && !read.ok) throw refuse('where', read.reason, read.remedy);
}

function checkParties(refuse: Refuse, key: string, names: readonly string[]): void {
  const remedy = 'write people by name, and groups like group:family';
  if (names.length > MOST.parties) throw refuse(key, `${names.length} are too many`, `name ${MOST.parties} at most`);
  const bad = names.find((name) => name.trim() === '' || name === 'group:' || name.length > MOST.partyLength);
  if (bad !== undefined) throw refuse(key, `${shown(bad)} is nobody's name`, remedy);
}

interface Word {
  readonly key: string;
  readonly word: string;
  readonly words: readonly string[];
}

function checkWord(refuse: Refuse, { key, word, words }: Word): void {
  if (!words.includes(word)) throw refuse(key, `${shown(word)} is none`, `write one of ${words.join(', ')}`);
}

interface Told {
  readonly key: string;
  readonly names: readonly string[];
  readonly channels: InForce['channels'];
}

function checkChannels(refuse: Refuse, { key, names, channels }: Told): void {
  if (names.length === 0 || names.length > MOST.channels)
    throw refuse(key, 'it names no channel', 'name at least one, or "*" for all that take the usual rules');
  const known = channels.map(({ name }) => name);
  const lost = names.find((name) => name !== '*' && !known.includes(name));
  if (lost === undefined) return;
  const meant = nearest(lost, known);
  throw refuse(key, `there is no channel ${shown(lost)}`, meant === undefined ? 'set it up first, or write "*"' : `write ${meant}`);
}

interface Length {
  readonly key: string;
  readonly length: number;
  readonly least: number;
  readonly most?: number;
}

function checkLength(refuse: Refuse, { key, length, least, most = LONGEST }: Length): void {
  if (Number.isSafeInteger(length) && length >= least && length <= most) return;
  throw refuse(
    key,
    `${length} ms is no such length of time`,
    `write ${least === 0 ? 'none' : 'a minute'} or more, and ${most === LONGEST ? 'a year' : 'a week'} at most`,
  );
}

/** A value as a message shows it. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : String(value);
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
}
