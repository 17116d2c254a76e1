import { Fault, type Instant, orFault } from '../../core/index.ts';
import { type Call, EXIT } from '../command.ts';
import { printBacktest } from '../printers/backtest-text.ts';
import { wrongWords } from '../sub-words.ts';
import { readMoment } from '../terminal/moment.ts';
import { type RuleOptions, ruleOptionsOf, saysRule } from './rule-options.ts';
import { ruleEditOf } from './rule-words.ts';

/** How far back it looks where nothing is said. */
const USUAL = '30d';
/** What a rule is called that is not kept. */
const UNKEPT = 'test';

/** Plays a rule over what happened, and lists what it would have sent. */
export async function testRule(call: Call, words: readonly string[]): Promise<number> {
  const { out, world, withClient } = call;
  const options = ruleOptionsOf(call, 'test', { rule: true, span: true });
  const [name, ...others] = words;
  if (others.length > 0) throw wrongWords('rule test', words, 'test NAME, or test --on KINDS');
  const order = { ...meantBy(name, options), ...spanOf(options, world.now()) };
  const backtest = await withClient((client) => client.rules.test(order));
  if (out.options.json) out.json(backtest);
  else printBacktest(out, backtest);
  return backtest.sent.length > 0 ? EXIT.found : EXIT.fine;
}

function meantBy(name: string | undefined, options: RuleOptions) {
  if (name !== undefined && !saysRule(options)) return { name };
  const { on, ...edit } = ruleEditOf(options);
  if (name === undefined && on !== undefined && on.length > 0) return { rule: { name: UNKEPT, on, ...edit } };
  throw new Fault(
    'bad-input',
    'reading the command line: rule test of which rule is not clear',
    'name one that there is, or write one that is not kept with --on',
  );
}

function spanOf({ since = USUAL, until }: RuleOptions, now: Instant): { since: string; until?: string } {
  const iso = (text: string, option: string): string => new Date(orFault(readMoment(text, option, now))).toISOString();
  return { since: iso(since, '--since'), ...(until !== undefined && { until: iso(until, '--until') }) };
}
