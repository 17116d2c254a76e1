import type { BaselineJson } from '../../contract/index.ts';
import { Fault } from '../../core/index.ts';
import { type Call, type CommandModule, EXIT } from '../command.ts';
import { localTime } from '../terminal/moment.ts';
import type { CliWorld } from '../world.ts';

interface Options {
  readonly note?: string;
}

export const baselineCommand: CommandModule = {
  define: (command) =>
    command
      .description('Keep this moment to compare with ("rollcall diff baseline now"), or list the moments kept. The newest one counts.')
      .argument('<what>', 'make or list')
      .argument('[target]', 'only a target, by its text or id; usually everything')
      .option('--note <text>', 'why this moment is how it should be')
      .addHelpText('after', '\nExit codes: 0 made or listed (also when there are none), 2 nothing scanned there yet, or failure.'),

  async run(call) {
    const [what = '', target] = call.args;
    if (what === 'make') return make(call, target);
    if (what === 'list') return list(call, target);
    throw new Fault(
      'bad-input',
      `reading the command line: baseline cannot ${JSON.stringify(what.slice(0, 40))}`,
      'did you mean baseline make, or baseline list?',
    );
  },
};

async function make({ out, options, world, withClient }: Call, target: string | undefined): Promise<number> {
  const { note } = options as Options;
  const by = userOf(world);
  const order = { ...(target !== undefined && { target }), ...(note !== undefined && { note }), ...(by !== undefined && { by }) };
  const made = await withClient((client) => client.baselines.make(order));
  if (out.options.json) out.json(made);
  else out.line(`baseline ${made.id} of ${subjectOf(made)}: how it is at ${localTime(Date.parse(made.at))}`);
  return EXIT.fine;
}

/** Who types, for the record; nothing is allowed or refused by it. */
function userOf({ env }: CliWorld): string | undefined {
  const user = env['SUDO_USER'] || env['USER'] || env['LOGNAME'];
  return user ? user.slice(0, 255) : undefined;
}

const subjectOf = ({ target, site }: BaselineJson): string => target ?? `everything in ${site}`;

async function list({ out, options, withClient }: Call, target: string | undefined): Promise<number> {
  if ((options as Options).note !== undefined)
    throw new Fault('bad-input', 'reading --note: a list takes none', 'use it with baseline make, or leave it out');
  const kept = await withClient((client) => client.baselines.list(target === undefined ? {} : { target }));
  if (out.options.json) out.json(kept);
  else if (kept.length > 0) out.table(['ID', 'OF', 'AT', 'BY', 'NOTE'], kept.map(rowOf));
  else out.note('no baseline is kept; make one with "rollcall baseline make"');
  return EXIT.fine;
}

const rowOf = (baseline: BaselineJson): string[] => [
  String(baseline.id),
  baseline.target ?? 'everything',
  localTime(Date.parse(baseline.at)),
  baseline.by ?? '-',
  baseline.note ?? '-',
];
