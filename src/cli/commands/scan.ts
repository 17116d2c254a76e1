import { Option } from 'commander';
import { PLAN_NAMES, type PlanName, SCRIPT_CHOICES, type ScriptChoice } from '../../core/index.ts';
import { type Call, type CommandModule, EXIT } from '../command.ts';
import { followScan, tellFollowed } from '../follow-scan.ts';
import { guardOf, guardOption } from '../guard-option.ts';
import { printForecast } from '../printers/cost-text.ts';

interface Options {
  readonly plan: PlanName;
  readonly ports?: string;
  readonly scripts?: ScriptChoice;
  readonly iface?: string;
  readonly guard: readonly string[];
  readonly now?: boolean;
  readonly forecast?: boolean;
}

export const scanCommand: CommandModule = {
  define: (command) =>
    command
      .description('Look at targets now, remember what is there, and say what changed.')
      .argument('<target...>', 'address, block (192.168.1.0/24), range (10.0.0.5-20) or host name')
      .addOption(new Option('--plan <plan>', 'how deep to look').choices(PLAN_NAMES).default('ports'))
      .option('--ports <ports>', 'which TCP ports: 22,80-90, or "top 100", or all')
      .addOption(new Option('--scripts <choice>', 'what else to ask of open ports, of plans that ask versions').choices(SCRIPT_CHOICES))
      .option('--iface <name>', 'interface to look from; usually found by route')
      .addOption(guardOption())
      .option('--now', 'also in quiet hours')
      .option('--forecast', 'only say what it would cost, in packets and time')
      .addHelpText(
        'after',
        '\nExit codes: 0 complete, 1 partial (part of it could not be seen), 2 failed or refused, 130 cancelled by Ctrl-C\n' +
          '(what was seen until then is kept; press it twice to leave without waiting).\n\n' +
          'JSON: {"scan": {...}, "hosts": [...], "changes": [...], "warnings": [...]}',
      ),

  run: (call) => ((call.options as Options).forecast ? forecast(call) : look(call)),
};

async function forecast({ args, out, options, withClient }: Call): Promise<number> {
  const { plan, ports, guard } = options as Options;
  guardOf(guard); // refuses what a scan would refuse
  const goal = { targets: [...args], plans: [plan], ...(ports !== undefined && { ports }) };
  printForecast(out, await withClient((client) => client.targets.forecast(goal)));
  return EXIT.fine;
}

async function look(call: Call): Promise<number> {
  const { plan, ports, scripts, iface, guard: guards, now } = call.options as Options;
  const guard = guardOf(guards);
  const said = {
    ...(ports !== undefined && { ports }),
    ...(scripts !== undefined && { scripts }),
    ...(iface !== undefined && { iface }),
    ...(guard !== null && { guard }),
    ...(now && { now }),
  };
  const order = { targets: [...call.args], plan, ...said };
  return call.withClient(async (client) => tellFollowed(call.out, await followScan({ client, call, order })));
}
