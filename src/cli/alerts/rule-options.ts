import { type Command, Option } from 'commander';
import { Fault, GROUPINGS, RULE_KEYS, URGENCIES } from '../../core/index.ts';
import type { Call } from '../command.ts';

/** Options of all the words of "rule". */
export interface RuleOptions {
  readonly on?: readonly string[];
  readonly where?: string;
  readonly who?: readonly string[];
  readonly home?: readonly string[];
  readonly away?: readonly string[];
  readonly during?: readonly string[];
  readonly drift?: boolean;
  readonly to?: readonly string[];
  readonly urgency?: (typeof URGENCIES)[number];
  readonly group?: (typeof GROUPINGS)[number];
  readonly cooldown?: string;
  readonly remind?: string;
  readonly escalate?: string;
  readonly through?: boolean;
  readonly resolved?: boolean;
  readonly since?: string;
  readonly until?: string;
}

/** Words that make up a rule: its name is no option, and whether it holds has commands of its own. */
const ASKED = RULE_KEYS.filter((key) => key !== 'name' && key !== 'enabled') satisfies readonly (keyof RuleOptions)[];

const SPAN_KEYS = ['since', 'until'] as const satisfies readonly (keyof RuleOptions)[];

/** "a,b" and repeated options are the same; an empty text is none at all. */
const listed = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
];

/** Stretches of the week have commas of their own. */
const each = (value: string, before: readonly string[] = []): readonly string[] => (value === '' ? before : [...before, value]);

export const withRuleOptions = (command: Command): Command =>
  command
    .option('--on <kinds>', 'kinds of changes: device.appeared,port.* (several by comma, or repeated)', listed)
    .option('--where <words>', `devices that all these words fit, like -tag:ok or 'owner:"Anna B"'; "" for any`)
    .option('--who <people>', 'the change is about one of these: anna,group:family; "" for whomever', listed)
    .option('--home <people>', 'somebody of these is home', listed)
    .option('--away <people>', 'nobody of these is home', listed)
    .option('--during <stretch>', 'only then, like "Mon-Fri 08:00-18:00" or 22:00-06:00; may be repeated; "" for always', each)
    .option('--drift', 'only what leaves a device otherwise than it was approved')
    .option('--no-drift', 'set: also what is as approved')
    .option('--to <channels>', 'channels, several by comma; * is all that take the usual rules', listed)
    .addOption(new Option('--urgency <how>', 'how loud; critical goes through quiet hours').choices([...URGENCIES]))
    .addOption(
      new Option('--group <by>', 'told together: of one scan (cause), of one device (subject), or all of it (rule)').choices([
        ...GROUPINGS,
      ]),
    )
    .option('--cooldown <length>', 'the same of the same is not told again within, like 1h; 0s for always')
    .option('--remind <length>', 'tell it again this often until acknowledged or over; "never" takes it away')
    .option('--escalate <length=channels>', 'tell others when it is neither after so long: 30m=boss,mail; or "never"')
    .option('--through', 'go through quiet hours')
    .option('--no-through', 'set: wait for the end of quiet hours')
    .option('--resolved', 'set: tell that it is over (the usual)')
    .option('--no-resolved', 'do not tell that it is over')
    .option('--since <time>', 'test: from that moment on: 30d (the usual), or 2026-11-01')
    .option('--until <time>', 'test: to that moment; left out, to now');

/** Whether anything is said of how a rule should be. */
export const saysRule = (options: RuleOptions): boolean => ASKED.some((key) => options[key] !== undefined);

/** Refuses options that a word does not take. */
export function ruleOptionsOf(call: Call, word: string, takes: { readonly rule: boolean; readonly span: boolean }): RuleOptions {
  const options = call.options as RuleOptions;
  const refused = [...(takes.rule ? [] : ASKED), ...(takes.span ? [] : SPAN_KEYS)];
  const strange = refused.find((key) => options[key] !== undefined);
  if (strange === undefined) return options;
  const flag = options[strange] === false ? `--no-${strange}` : `--${strange}`;
  throw new Fault('bad-input', `reading ${flag}: "rule ${word}" takes none`, 'leave it out, or look at rollcall rule --help');
}
