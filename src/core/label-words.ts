import { formatDuration } from './time.ts';

type Side = Readonly<Record<string, unknown>>;

/** Labels by their names in changes, and as the options of a command line call them. */
const NAMES: Readonly<Record<string, string>> = { alias: 'name', probed: 'probe', distinct: 'is not' };

/**
 * What people say differently now, in the words in which they say it: "probe yes -> no; tags +ok, -new"; empty when nothing.
 * `shorten` cuts a text, which may have thousands of characters.
 */
export const labelWords = (was: Side, is: Side, shorten: (text: string) => string): string =>
  Object.keys(is)
    .filter((key) => JSON.stringify(was[key]) !== JSON.stringify(is[key]))
    .map((key) => `${NAMES[key] ?? key} ${stepOf({ key, was: was[key], is: is[key] }, shorten)}`)
    .join('; ');

interface LabelStep {
  readonly key: string;
  readonly was: unknown;
  readonly is: unknown;
}

function stepOf({ key, was, is }: LabelStep, shorten: (text: string) => string): string {
  if (Array.isArray(was) || Array.isArray(is)) return membersText(members(key, was), members(key, is));
  const word = WORDS[key] ?? ((value: unknown) => textOrNone(value, shorten));
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

const textOrNone = (value: unknown, shorten: (text: string) => string): string =>
  typeof value === 'string' && value !== '' ? shorten(value.replace(/\s+/g, ' ')) : 'none';
