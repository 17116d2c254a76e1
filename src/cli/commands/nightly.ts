import { resolve } from 'node:path';
import { Option } from 'commander';
import { Fault, type PlanName } from '../../core/index.ts';
import { type Call, type CommandModule } from '../command.ts';
import { addReportOptions, type ReportOptions, readReportOptions } from '../report-options.ts';
import type { ReportFacts } from '../reports/report-facts.ts';

interface Options extends ReportOptions {
  readonly plan: PlanName;
  readonly diffout?: string;
  readonly cmdout?: string;
}

/** Targets of a follow-up at most. */
const MOST = 256;

const EXPLANATION = `
  rollcall nightly -o /var/nights                      everything that is watched
  rollcall nightly 192.168.1.0/24 -o /var/nights --email ops@example.org
  0 3 * * *  rollcall nightly -o /var/nights --quiet >/dev/null

First a fast look for ports, compared with the night before (report-TIME.*); then exactly the ports that opened since, and those that
nobody asked for a week, are asked what they serve (details-TIME.xml, .nmap and .gnmap). With --cmdout nothing of that second part
is sent: the commands are written to be inspected first.

Exit codes: 0 no differences, or the first night; 1 differences; 2 a scan failed or was partial, a mail was not taken, or wrong usage;
130 Ctrl-C. JSON: {"report": {...}, "scan": {...}, "hosts": [...], "comparison": {...} or null, "details": {...}}`;

export const nightlyCommand: CommandModule = {
  define: (command) =>
    addReportOptions(
      command
        .description('Look what is open, say what differs from the night before, and ask what the new ports serve.')
        .argument('[target...]', 'address, block, range or host name; left out: all that is watched')
        .addOption(new Option('--plan <plan>', 'how deep the first look is').choices(['ports', 'services', 'deep']).default('ports'))
        .option('--diffout <file>', 'write the night to this file, too')
        .option('--cmdout <file>', 'write the commands of the follow-up to this file, and do not run them'),
    ).addHelpText('after', EXPLANATION),

  async run(call) {
    const options = call.options as Options;
    const manner = readReportOptions(options);
    const [{ runReport }, { takeDetails }] = await Promise.all([import('../reports/run-report.ts'), import('../reports/take-details.ts')]);
    const targets = await nightTargets(options.file, call);
    const { guard, heedless } = manner;
    const order = { targets, ...(guard && { guard }), ...(heedless && { now: true as const }) };
    const details = () => takeDetails(order, options.cmdout === undefined, call);
    return runReport({ ...manner, plan: options.plan, heading: 'Night', targets, details, also: writeBeside(options, call) }, call);
  },
};

async function nightTargets(file: string | undefined, call: Call): Promise<string[]> {
  const { readTargetList, orderedTargets, targetsOf } = await import('../reports/target-list.ts');
  const named = file !== undefined || call.args.length > 0;
  const watched = async (): Promise<string[]> => {
    const all = await call.withClient((client) => client.targets.list());
    if (all.length === 0)
      throw new Fault(
        'bad-input',
        'reading the command line: it names no target, and none is watched',
        'name one, or watch it with "rollcall watch TARGET"',
      );
    return orderedTargets(readTargetList(all.flatMap(({ target }) => target.target.split(',')).join('\n'), 'the watched targets'));
  };
  const targets = named ? await targetsOf({ file, typed: call.args }, call) : await watched();
  if (targets.length <= MOST) return targets;
  throw new Fault(
    'bad-input',
    `reading targets: they are ${targets.length} separate ones, and a night takes ${MOST}`,
    'write blocks or ranges, or make several lists',
  );
}

/** Files that somebody asked for by name. */
function writeBeside({ diffout, cmdout }: Pick<Options, 'diffout' | 'cmdout'>, { world }: Call) {
  return async ({ facts, text }: { readonly facts: ReportFacts; readonly text: string }): Promise<void> => {
    const [{ writeWhole }, { commandScript }] = await Promise.all([import('../reports/files.ts'), import('../reports/take-details.ts')]);
    if (diffout !== undefined) await writeWhole(resolve(world.cwd, diffout), text);
    if (cmdout !== undefined && facts.details !== null)
      await writeWhole(resolve(world.cwd, cmdout), commandScript(facts.details.due, facts.taken.scan.subject));
  };
}
