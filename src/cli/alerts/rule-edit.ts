import type { RollcallClient, RuleJson } from '../../contract/index.ts';
import { Fault } from '../../core/index.ts';
import { type Call, EXIT } from '../command.ts';
import { printRule } from '../printers/rule-text.ts';
import { wrongWords } from '../sub-words.ts';
import { ruleOptionsOf, saysRule } from './rule-options.ts';
import { ruleEditOf } from './rule-words.ts';
import { unknownParties } from './unknown-parties.ts';

/** Makes a rule. One of that name is not replaced by a slip. */
export async function addRule(call: Call, words: readonly string[]): Promise<number> {
  const { withClient } = call;
  const options = ruleOptionsOf(call, 'add', { rule: true, span: false });
  const [name, ...others] = words;
  if (name === undefined || others.length > 0) throw wrongWords('rule add', words, 'add NAME --on KINDS');
  const { on, ...edit } = ruleEditOf(options);
  if (on === undefined || on.length === 0)
    throw new Fault(
      'bad-input',
      'reading the command line: rule add of which changes is not clear',
      'write --on device.appeared, or port.*',
    );
  return withClient(async (client) => {
    refuseTaken(await client.rules.list(), name);
    return tellRule(call, client, await client.rules.put({ name, on, ...edit }));
  });
}

function refuseTaken(rules: readonly RuleJson[], name: string): void {
  if (rules.every((rule) => rule.name !== name)) return;
  throw new Fault(
    'conflict',
    `adding rule ${name}: there is one of that name`,
    `change it with "rollcall rule set ${name}", or choose another`,
  );
}

/** Says something else of a rule. */
export async function setRule(call: Call, words: readonly string[]): Promise<number> {
  const { withClient } = call;
  const options = ruleOptionsOf(call, 'set', { rule: true, span: false });
  const [name, ...others] = words;
  if (name === undefined || others.length > 0) throw wrongWords('rule set', words, 'set NAME and what is otherwise');
  if (!saysRule(options)) throw new Fault('bad-input', 'reading the command line: nothing to set', 'look at rollcall rule --help');
  return withClient(async (client) => tellRule(call, client, await client.rules.edit({ name, ...ruleEditOf(options) })));
}

/** The rule as it is now, and whom it names that nobody knows: a slip of a name would keep it quiet for ever, or loud. */
async function tellRule({ out }: Call, client: RollcallClient, rule: RuleJson): Promise<number> {
  if (out.options.json) out.json(rule);
  else {
    printRule(out, rule);
    const lost = await unknownParties(client, rule);
    if (lost.length > 0)
      out.note(`so far nobody is called ${lost.join(', ')}; "rollcall person" and "rollcall group" list those that there are`);
  }
  return EXIT.fine;
}

type Act = (client: RollcallClient, name: string) => Promise<RuleJson>;

/** Does the same to each rule named. */
const toEach =
  (word: string, done: string, act: Act) =>
  async (call: Call, names: readonly string[]): Promise<number> => {
    const { out, withClient } = call;
    ruleOptionsOf(call, word, { rule: false, span: false });
    if (names.length === 0) throw wrongWords(`rule ${word}`, names, `${word} NAME...`);
    const rules = await withClient(async (client) => {
      const answers: RuleJson[] = [];
      for (const name of names) answers.push(await act(client, name));
      return answers;
    });
    if (out.options.json) out.json(rules);
    else for (const { name } of rules) out.line(`${done} ${name}`);
    return EXIT.fine;
  };

export const enableRule = toEach('enable', 'enabled', (client, name) => client.rules.edit({ name, enabled: true }));
export const disableRule = toEach('disable', 'disabled', (client, name) => client.rules.edit({ name, enabled: false }));

/** Drops rules of people; of a usual one what people changed, and it says so. */
export async function removeRule(call: Call, names: readonly string[]): Promise<number> {
  const code = await dropEach(call, names);
  if (call.out.options.json) return code;
  const rules = await call.withClient((client) => client.rules.list());
  const back = rules.filter(({ name, source }) => source === 'usual' && names.includes(name)).map(({ name }) => name);
  if (back.length > 0) call.out.note(`as it comes with the program again: ${back.join(', ')}`);
  return code;
}

const dropEach = toEach('remove', 'removed', (client, name) => client.rules.drop({ name }));
