import { Fault, nearest, type Rule } from '../../core/index.ts';
import type { ApiContext } from '../context.ts';
import { backtestToJson, ruleToJson } from '../json/rule.ts';
import { readMoment } from '../moment.ts';
import { nowOf } from '../now.ts';
import { operations } from '../operations.ts';
import { editedRule, readRule } from '../read-rule.ts';

export const ruleHandlers = () => ({
  list: operations.rules.list.handler(({ context }) => context.keeper.rules().map(ruleToJson)),
  show: operations.rules.show.handler(({ context, input: { name } }) => ruleToJson(ruleNamed(context, name))),
  put: operations.rules.put.handler(async ({ context, input }) => ruleToJson(await context.keeper.putRule(readRule(input)))),
  edit: operations.rules.edit.handler(async ({ context, input: { name, ...words } }) =>
    ruleToJson(await context.keeper.putRule(editedRule(ruleNamed(context, name), words))),
  ),
  drop: operations.rules.drop.handler(async ({ context, input: { name } }) => ruleToJson(await context.keeper.dropRule(name))),
  test: operations.rules.test.handler(async ({ context, input: { name, rule, since, until } }) => {
    const meant = rule === undefined ? name : name === undefined ? readRule(rule) : undefined;
    if (meant === undefined) throw new Fault('bad-input', 'testing a rule: which one is not clear', 'give the name of one, or a rule');
    const now = nowOf(context);
    const span = { since: readMoment(since, now), until: until === undefined ? null : readMoment(until, now) };
    return backtestToJson(await context.keeper.testRule(meant, span));
  }),
});

function ruleNamed(context: ApiContext, name: string): Rule {
  const rules = context.keeper.rules();
  const found = rules.find((rule) => rule.name === name);
  if (found) return found;
  const guess = nearest(
    name,
    rules.map((rule) => rule.name),
  );
  const shown = JSON.stringify(name.slice(0, 80));
  throw new Fault('not-found', `finding rule ${shown}: there is none`, guess ? `did you mean ${guess}?` : 'list them with "rollcall rule"');
}
