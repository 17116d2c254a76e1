import { Option } from 'commander';
import { PLAN_NAMES, type PlanName, SCRIPT_CHOICES, type ScriptChoice } from '../../core/index.ts';
import { type CommandModule, EXIT } from '../command.ts';
import { followScan } from '../follow-scan.ts';
import { guardOf, guardOption } from '../guard-option.ts';
import { printForecast } from '../printers/cost-text.ts';
import { exitOfScan, printScanResult } from '../printers/scan-text.ts';

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

  async run(call) {
    const { plan, ports, scripts, iface, guard: guards, now, forecast } = call.options as Options;
    const guard = guardOf(guards);
    return call.withClient(async (client) => {
      if (forecast) {
        const goal = { targets: [...call.args], plans: [plan], ...(ports !== undefined && { ports }) };
        printForecast(call.out, await client.targets.forecast(goal));
        return EXIT.fine;
      }
      const said = {
        ...(ports !== undefined && { ports }),
        ...(scripts !== undefined && { scripts }),
        ...(iface !== undefined && { iface }),
        ...(guard !== null && { guard }),
        ...(now && { now }),
      };
      const order = { targets: [...call.args], plan, ...said };
      const { result, interrupted } = await followScan({ client, call, order });
      if (result) printScanResult(call.out, result);
      return interrupted ? EXIT.interrupted : result ? exitOfScan(result.scan) : EXIT.failed;
    });
  },
};
