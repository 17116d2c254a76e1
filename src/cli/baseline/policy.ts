import { type Call, EXIT } from '../command.ts';
import { wrongWords } from '../sub-words.ts';
import { untilOf, wordOf } from '../who-and-when.ts';
import { optionsOf } from './options.ts';
import { approvalText, subjectText } from './texts.ts';

const RULES = ['only', 'nowhere', 'allowed'] as const;

/** Says what a group, or everything, may serve: "iot only 80,443", "nowhere 23/tcp". */
export async function policy(call: Call, words: readonly string[]): Promise<number> {
  const { out, world, withClient } = call;
  const { until, why } = optionsOf(call, 'policy', ['until', 'why']);
  const [group, rule, ports] = meantBy(words);
  const order = {
    ...(group !== null && { group }),
    rule,
    ports,
    ...(until !== undefined && untilOf(until, world.now())),
    ...wordOf(world, why),
  };
  const made = await withClient((client) => client.approvals.policy(order));
  if (out.options.json) out.json(made);
  else out.line(`policy ${made.id}: ${subjectText(made)} ${approvalText(made)}`);
  return EXIT.fine;
}

/** The group may be left out, or be "everywhere"; null means that. A colon as in "iot: only 80" is taken for punctuation. */
function meantBy(words: readonly string[]): [group: string | null, rule: (typeof RULES)[number], ports: string] {
  const [first = '', ...rest] = words.map((word) => word.replace(/:$/, ''));
  const [group, rule, ...ports] = isRule(first) ? [null, first, ...rest] : [first, ...rest];
  if (group === '' || rule === undefined || !isRule(rule) || ports.length === 0)
    throw wrongWords('baseline policy', words, 'GROUP only|nowhere|allowed PORTS, or everywhere in place of the group');
  return [group === 'everywhere' ? null : group, rule, ports.join(',').replace(/,+/g, ',')];
}

const isRule = (word: string): word is (typeof RULES)[number] => (RULES as readonly string[]).includes(word);
