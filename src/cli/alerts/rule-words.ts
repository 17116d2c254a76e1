import type { RollcallClient } from '../../contract/index.ts';
import { Fault } from '../../core/index.ts';
import { wholeFilter } from '../filter-words.ts';
import type { RuleOptions } from './rule-options.ts';

export type RuleEdit = Omit<Parameters<RollcallClient['rules']['edit']>[0], 'name'>;

/** What the options say of a rule, as the contract takes it. */
export function ruleEditOf(options: RuleOptions): RuleEdit {
  const { on, where, who, home, away, during, to, remind, escalate, drift, urgency, group, cooldown, through, resolved } = options;
  return {
    ...given(copied({ on, who, home, away, during, to })),
    ...given({ drift, urgency, group, cooldown, through, resolved }),
    ...(where !== undefined && { where: where === '' ? null : wholeFilter(where, '--where') }),
    ...(remind !== undefined && { remind: remind === NEVER ? null : remind }),
    ...(escalate !== undefined && { escalate: escalate === NEVER ? null : escalationOf(escalate) }),
  };
}

const NEVER = 'never';

type Given<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

const given = <T extends object>(words: T): Given<T> =>
  Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined)) as Given<T>;

type Copied<T> = { [Key in keyof T]: string[] | undefined };

const copied = <T extends Record<string, readonly string[] | undefined>>(lists: T): Copied<T> =>
  Object.fromEntries(Object.entries(lists).map(([key, list]) => [key, list && [...list]])) as Copied<T>;

/** "30m=boss,mail" */
function escalationOf(text: string): { after: string; to: string[] } {
  const [, after, channels] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  const to = (channels ?? '').split(',').map((name) => name.trim());
  if (after !== undefined && to.every((name) => name !== '')) return { after, to };
  throw new Fault(
    'bad-input',
    `reading --escalate ${JSON.stringify(text.slice(0, 80))}: it is no length with channels behind it`,
    'write it like 30m=boss,mail, or "never"',
  );
}
