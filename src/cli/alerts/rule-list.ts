import type { RuleJson } from '../../contract/index.ts';
import { type Call, EXIT } from '../command.ts';
import { printRule, RULE_HEADING, ruleRow } from '../printers/rule-text.ts';
import { counted } from '../printers/scan-text.ts';
import { wrongWords } from '../sub-words.ts';
import { ruleOptionsOf } from './rule-options.ts';

/** All rules. */
export async function listRules(call: Call, words: readonly string[]): Promise<number> {
  const { out, withClient } = call;
  ruleOptionsOf(call, 'list', { rule: false, span: false });
  if (words.length > 0) throw wrongWords('rule list', words, 'list alone, or show NAME');
  const rules = await withClient((client) => client.rules.list());
  if (out.options.json) out.json(rules);
  else if (rules.length > 0) out.table(RULE_HEADING, rules.map(ruleRow));
  if (!out.options.json) out.note(rules.length === 0 ? 'there is no rule; nobody is told of anything' : sumOf(rules));
  return EXIT.fine;
}

const sumOf = (rules: readonly RuleJson[]): string =>
  `${counted(rules.length, 'rule')}, ${rules.filter(({ enabled }) => !enabled).length} disabled; "rollcall rule show NAME" has all of one`;

/** One rule, whole. */
export async function showRule(call: Call, words: readonly string[]): Promise<number> {
  const { out, withClient } = call;
  ruleOptionsOf(call, 'show', { rule: false, span: false });
  const [name, ...others] = words;
  if (name === undefined || others.length > 0) throw wrongWords('rule show', words, 'show NAME');
  const rule = await withClient((client) => client.rules.show({ name }));
  if (out.options.json) out.json(rule);
  else printRule(out, rule);
  return EXIT.fine;
}
