import type { RuleWordsJson } from '../contract/index.ts';
import { Fault, type Millis, orFault, parseQuietWindow, type QuietWindow, type Rule, type RuleDraft } from '../core/index.ts';
import { readDuration } from './moment.ts';
import { readKinds } from './read-kinds.ts';

type Words = Omit<RuleWordsJson, 'name' | 'on'> & { readonly on?: readonly string[] | undefined };

/** A rule as it was written. Fault bad-input for what cannot be read. */
export const readRule = ({ name, on, ...words }: RuleWordsJson): RuleDraft => ({ ...readWords(words), name, on: readKinds(on) });

/** The rule as it was, with what was said otherwise. */
export function editedRule({ source: _, ...rule }: Rule, words: Words): RuleDraft {
  const said = Object.entries(readWords(words)).filter(([, value]) => value !== undefined);
  return { ...rule, ...Object.fromEntries(said) };
}

/** What stands as text between people and us, and is something else in here. */
function readWords({ on, during, cooldown, remind, escalate, ...plain }: Words): Partial<RuleDraft> {
  return {
    ...said(plain),
    ...(on && { on: readKinds(on) }),
    ...(during && { during: readStretches(during, 'during') }),
    ...(cooldown !== undefined && { cooldown: readDuration(cooldown, 'cooldown') }),
    ...(remind !== undefined && { remind: remind === null ? null : readLength(remind, 'remind') }),
    ...(escalate !== undefined && { escalate: escalate && { after: readLength(escalate.after, 'escalate.after'), to: escalate.to } }),
  };
}

type Said<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

const said = <T extends object>(words: T): Said<T> =>
  Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined)) as Said<T>;

/** A length of time that is one. */
function readLength(text: string, subject: string): Millis {
  const length = readDuration(text, subject);
  if (length > 0) return length;
  throw new Fault('bad-input', `reading ${subject} ${JSON.stringify(text)}: it is no time at all`, 'write one like 30m, or leave it out');
}

/** Stretches of the week as typed. */
export function readStretches(texts: readonly string[], subject: string): readonly QuietWindow[] {
  return texts.map((text) => {
    const read = parseQuietWindow(text);
    return orFault(read.ok ? read : { ...read, reason: `reading ${subject}: ${read.reason}` });
  });
}
