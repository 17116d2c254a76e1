import { Fault } from '../../core/index.ts';
import { askFacts } from '../check/ask.ts';
import type { Facts } from '../check/facts.ts';
import { asCheckmk, asJson, asPlugin } from '../check/forms.ts';
import { type CheckOptions, type CheckOrder, readOrder, withCheckOptions } from '../check/options.ts';
import { ownWords } from '../check/plain.ts';
import { STATES } from '../check/states.ts';
import { type Verdict, verdictOf } from '../check/verdict.ts';
import type { Call, CommandModule } from '../command.ts';
import { faultsOf } from '../faults.ts';
import { visibleJson } from '../terminal/visible.ts';

const UNKNOWN = STATES.indexOf('UNKNOWN');

const EXPLANATION = `
  rollcall check --min-hosts 5 --max-hosts 60
  rollcall check -w 10:50 -c 5:60 --filter group:office --expect here.txt
  rollcall check --drift --new 1d --critical-on drift -v
  rollcall check --url http://127.0.0.1:9090 --token-file rollcall.token

Ranges are those of the Monitoring Plugins: 10 alerts outside 0 to 10, 10: below
10, ~:10 above 10, 10:20 outside, @10:20 inside. What nobody looked at lately,
or from a blind place, is UNKNOWN, never OK. docs/monitoring.md has Nagios,
Icinga and Checkmk set up.

Exit codes: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN (wrong usage, failure and
this help, too). JSON: {"state", "code", "text", "details": [...], "metrics":
[{"label", "value", "unit", "warning", "critical"}]}`;

export const checkCommand: CommandModule = {
  define: (command) =>
    withCheckOptions(
      command.description('Say in one line how many hosts are here, and what is wrong: a plugin for monitoring.'),
    ).addHelpText('after', EXPLANATION),

  async run(call) {
    const options = call.options as CheckOptions;
    const { world, out } = call;
    if (options.version) {
      world.stdout.write(`rollcall check ${world.version}\n`);
      return UNKNOWN;
    }
    const order = readOrder(options);
    const facts = await inTime(call, order);
    const verdict = facts === 'late' ? unknown(`no answer within ${order.timeout / 1000} s`) : verdictOf(facts, order);
    const text = textOf(verdict, { ...options, ...out.options });
    await new Promise<void>((taken) => world.stdout.write(text, taken));
    if (facts === 'late') world.quit(UNKNOWN); // what does not answer may not let go either
    return STATES.indexOf(verdict.state);
  },

  /** Whatever went wrong is unknown, and stands where monitoring reads it. */
  tell(thrown, { world, argv }) {
    const [first, ...more] = faultsOf(thrown) ?? [bug(thrown)];
    const remedy = first.remedy === undefined ? '' : `, remedy: ${first.remedy}`;
    const others = more.length === 0 ? '' : `, and ${more.length} more`;
    world.stdout.write(textOf(unknown(ownWords(`${first.message}${remedy}${others}`)), formOf(argv)));
    return UNKNOWN;
  },
  helped: UNKNOWN,
};

async function inTime(call: Call, order: CheckOrder): Promise<Facts | 'late'> {
  const stop = new AbortController();
  const { promise: late, resolve } = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => resolve('late'), order.timeout);
  try {
    return await Promise.race([askFacts(call, order, stop.signal), late]);
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

interface Form {
  readonly format: CheckOptions['format'];
  readonly item: string;
  readonly json: boolean;
  readonly verbose: boolean;
}

function textOf(verdict: Verdict, { format, item, json, verbose }: Form): string {
  if (json) return `${visibleJson(JSON.stringify(asJson(verdict), null, 2))}\n`;
  return format === 'checkmk' ? asCheckmk(verdict, { item, verbose }) : asPlugin(verdict, verbose);
}

/** The form that was asked for in words of which some may be wrong. */
function formOf(argv: readonly string[]): Form {
  const valueOf = (option: string): string | undefined =>
    argv.find((word) => word.startsWith(`${option}=`))?.slice(option.length + 1) ?? argv[argv.indexOf(option) + 1 || argv.length];
  const format = valueOf('--format') === 'checkmk' ? 'checkmk' : 'nagios';
  return { format, item: valueOf('--item') ?? 'Rollcall', json: argv.includes('--json'), verbose: false };
}

const unknown = (text: string): Verdict => ({ state: 'UNKNOWN', text, details: [], metrics: [] });

/** No stack: it would be read aloud by a pager. */
const bug = (thrown: unknown): Fault =>
  new Fault('unavailable', `this should not happen, please report it: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
