import type { DeviceJson } from '../../contract/index.ts';
import { formatDuration } from '../../core/index.ts';
import { shortened } from '../terminal/visible.ts';

type Side = Readonly<Record<string, unknown>>;

/** Labels by their names in changes, and as the options of a command line call them. */
const NAMES: Readonly<Record<string, string>> = { alias: 'name', probed: 'probe', distinct: 'is not' };
/** Columns of a text; a note may have thousands. */
const SHOWN = 48;

/** What people say differently now, in the words in which they say it: "probe yes -> no; tags +ok, -new"; empty when nothing. */
export const labelsText = (was: Side, is: Side): string =>
  Object.keys(is)
    .filter((key) => JSON.stringify(was[key]) !== JSON.stringify(is[key]))
    .map((key) => `${NAMES[key] ?? key} ${labelText(key, was[key], is[key])}`)
    .join('; ');

/** The labels of a device, by their names in changes. */
export function labelsOf({
  alias,
  type,
  owner,
  carried,
  groups,
  tags,
  note,
  importance,
  window,
  probed,
  gentle,
  harmed,
}: DeviceJson): Side {
  return { alias, type, owner, carried, groups, tags, note, importance, window, probed, gentle, harmed };
}

function labelText(key: string, was: unknown, is: unknown): string {
  if (Array.isArray(was) || Array.isArray(is)) return membersText(members(key, was), members(key, is));
  const word = WORDS[key] ?? textOrNone;
  return `${word(was)} -> ${word(is)}`;
}

const members = (key: string, value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map((member) => (key === 'distinct' ? `#${member}` : String(member))) : [];

/** Who joined a set, and who left it. */
function membersText(was: readonly string[], is: readonly string[]): string {
  const joined = is.filter((member) => !was.includes(member)).map((member) => `+${member}`);
  const left = was.filter((member) => !is.includes(member)).map((member) => `-${member}`);
  return [...joined, ...left].join(', ');
}

const yesOrNo = (value: unknown, otherwise: string): string => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : otherwise);

const WORDS: Readonly<Record<string, (value: unknown) => string>> = {
  carried: (value) => yesOrNo(value, 'auto'),
  probed: (value) => yesOrNo(value, 'yes'),
  gentle: (value) => yesOrNo(value, 'auto'),
  harmed: (value) => (typeof value === 'number' ? `by scan ${value}` : 'released'),
  window: (value) => (typeof value === 'number' ? formatDuration(value) : typeof value === 'string' ? value : 'usual'),
};

function textOrNone(value: unknown): string {
  return typeof value === 'string' && value !== '' ? shortened(value.replace(/\s+/g, ' '), SHOWN) : 'none';
}
