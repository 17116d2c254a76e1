import { Option } from 'commander';
import type { RollcallClient } from '../../contract/index.ts';
import { Fault, PLAN_NAMES, type PlanName } from '../../core/index.ts';
import { type CommandModule, EXIT } from '../command.ts';
import { costText, printForecast } from '../printers/cost-text.ts';
import { scheduleText } from '../printers/target-text.ts';

interface Options {
  readonly every?: string;
  readonly at?: string;
  readonly zone?: string;
  readonly plan?: PlanName;
  readonly window?: string;
  readonly iface?: string;
  readonly dryRun?: boolean;
}

type Schedule = NonNullable<Parameters<RollcallClient['targets']['add']>[0]['schedule']>;

export const watchCommand: CommandModule = {
  define: (command) =>
    command
      .description('Look at a target again and again. Without --every and --at: sweep often, and ask ports each night.')
      .argument('<target>', 'address, block (192.168.1.0/24), range (10.0.0.5-20) or host name')
      .addOption(new Option('--every <length>', 'how often, like 5m').conflicts('at'))
      .option('--at <cron>', 'at which local times, as a cron line: "0 3 * * *"')
      .option('--zone <zone>', 'time zone of --at, like Europe/Berlin; usually that of this machine')
      .addOption(new Option('--plan <plan>', 'how deep to look; usually sweep with --every, ports with --at').choices(PLAN_NAMES))
      .option('--window <length>', 'how long a device here may be missed before it counts as away, like 45m')
      .option('--iface <name>', 'interface to look from; usually found by route')
      .option('--dry-run', 'only say what each scan would cost, and watch nothing')
      .addHelpText(
        'after',
        '\nWhat each scan will cost is said before anything is kept.\n\nExit codes: 0 watched from now on, 2 refused or failure.',
      ),

  async run({ out, args, options, withClient }) {
    const given = options as Options;
    const { window, iface } = given;
    const [target = ''] = args;
    const order = { target, schedule: scheduleOf(given), ...(window !== undefined && { window }), ...(iface !== undefined && { iface }) };
    return withClient(async (client, daemon) => {
      const goal = { targets: [target], plans: plansOf(order.schedule) };
      if (given.dryRun) {
        printForecast(out, await client.targets.forecast(goal));
        return EXIT.fine;
      }
      // Whatever cannot be watched is refused by the one who would keep it.
      const costs = out.options.json ? [] : await client.targets.forecast(goal).catch(() => []);
      for (const cost of costs) out.note(costText(cost));
      const added = await client.targets.add(order);
      if (out.options.json) out.json(added);
      else out.line(`watching ${added.target} (target ${added.id}): ${scheduleText(added.schedule)}`);
      if (!daemon) out.note('no daemon runs, so nothing looks yet; start it with "rollcall start"');
      return EXIT.fine;
    });
  },
};

/** Without a schedule of its own it is swept, and asked for ports. */
const plansOf = (schedule: Schedule): PlanName[] => (schedule.length > 0 ? schedule.map(({ plan }) => plan) : ['sweep', 'ports']);

function scheduleOf(given: Options): Schedule {
  const { every, at, zone, plan } = given;
  refuseIdle(given);
  if (every !== undefined) return [{ plan: plan ?? 'sweep', every }];
  return at === undefined ? [] : [{ plan: plan ?? 'ports', at, ...(zone !== undefined && { zone }) }];
}

/** An option that would have no effect is a mistake. */
function refuseIdle({ every, at, zone, plan }: Options): void {
  if (every !== undefined && zone !== undefined)
    throw new Fault(
      'bad-input',
      `reading --zone ${JSON.stringify(zone.slice(0, 64))}: it stands beside --every`,
      'use it with --at, or leave it out',
    );
  if (every !== undefined || at !== undefined) return;
  const alone = (plan !== undefined && '--plan') || (zone !== undefined && '--zone');
  if (alone) throw new Fault('bad-input', `reading ${alone}: it does not say when`, 'add --every 5m, or --at "0 3 * * *"');
}
