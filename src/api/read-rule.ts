import type { RuleWordsJson } from '../contract/index.ts';
import { type Rule, type RuleDraft, readRuleText } from '../core/index.ts';
import { ruleToJson } from './json/rule.ts';
import { writtenOrFault } from './written.ts';

/** A rule as it was written. Fault bad-input for what cannot be read. */
export const readRule = (words: RuleWordsJson): RuleDraft => writtenOrFault(readRuleText(words));

/** What may be said otherwise; undefined is not said. */
type Words = { readonly [Key in Exclude<keyof RuleWordsJson, 'name'>]?: RuleWordsJson[Key] | undefined };

/** The rule as it was, with what was said otherwise. */
export function editedRule(rule: Rule, words: Words): RuleDraft {
  const { source: _, ...was } = ruleToJson(rule);
  const said = Object.entries(words).filter(([, value]) => value !== undefined);
  return readRule({ ...was, ...Object.fromEntries(said) });
}
