import { Fault } from '../../core/index.ts';
import { approve } from '../baseline/approve.ts';
import { diff } from '../baseline/diff.ts';
import { list } from '../baseline/list.ts';
import { make } from '../baseline/make.ts';
import { withBaselineOptions } from '../baseline/options.ts';
import { policy } from '../baseline/policy.ts';
import { revoke } from '../baseline/revoke.ts';
import type { Call, CommandModule } from '../command.ts';

const WORDS: Readonly<Record<string, (call: Call, words: readonly string[]) => Promise<number>>> = {
  make,
  diff,
  approve,
  revoke,
  policy,
  list,
  // A reader of files that the others do not need.
  export: async (call, words) => (await import('../baseline/export.ts')).exportApprovals(call, words),
  import: async (call, words) => (await import('../baseline/import.ts')).importApprovals(call, words),
};

const EXPLANATION = `
  rollcall baseline make                                what is there now is how it should be: approve all of it
  rollcall baseline make 192.168.1.0/24 --note "moved"  only of a target
  rollcall baseline diff [TARGET]                       what differs from what was approved; silent when nothing does
  rollcall baseline diff --at yesterday                 the same as of any moment, by what was in force then
  rollcall baseline approve nas --why "new web interface"
  rollcall baseline approve nas --service 22/tcp --version ">=9.2 <10" --until 90d
  rollcall baseline approve --filter group:iot
  rollcall baseline revoke nas --service 22/tcp         or: revoke --id 12
  rollcall baseline policy iot only 80,443              also: policy everywhere nowhere 23/tcp, policy lab allowed 8000-8999
  rollcall baseline list                                what is in force; --all: also what is over; list moments: what "make" kept
  rollcall baseline export --as yaml -o baseline.yaml   or: --as base -o FOLDER, one file for each host
  rollcall baseline import baseline.yaml                or a folder of .base files

Of a service "exact" (as it is now) is approved unless --version says any, port (whatever serves) or a range.
Exit codes: 0 done, listed, or as approved; 1 drift (diff); 2 no baseline yet, or failure.`;

export const baselineCommand: CommandModule = {
  words: Object.keys(WORDS),

  define: (command) =>
    withBaselineOptions(
      command
        .description('Say how the network should be, and see what differs from that.')
        .argument('<what>', Object.keys(WORDS).join(', '))
        .argument('[words...]', 'what it is about'),
    ).addHelpText('after', EXPLANATION),

  async run(call) {
    const [what = '', ...words] = call.args;
    const does = Object.hasOwn(WORDS, what) ? WORDS[what] : undefined;
    if (does) return does(call, words);
    throw new Fault(
      'bad-input',
      `reading the command line: baseline cannot ${JSON.stringify(what.slice(0, 40))}`,
      `write one of ${Object.keys(WORDS).join(', ')}`,
    );
  },
};
