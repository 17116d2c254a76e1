import { Option } from 'commander';
import { orFault } from '../../core/index.ts';
import { type CommandModule, EXIT } from '../command.ts';
import { filterOfArguments } from '../filter-words.ts';
import { DEVICE_HEADING, deviceRow } from '../printers/device-text.ts';
import { FILTER_HELP } from '../printers/filter-help.ts';
import { counted } from '../printers/scan-text.ts';
import { readMoment } from '../terminal/moment.ts';

interface Options {
  readonly present?: boolean;
  readonly away?: boolean;
  readonly unknown?: boolean;
  readonly at?: string;
}

export const devicesCommand: CommandModule = {
  define: (command) =>
    command
      .description('List the devices: who is here, who is away, and of whom nobody can say.')
      .argument('[filter...]', 'only devices that all these words fit, like group:iot port:23 -tag:ok')
      .addOption(new Option('--present', 'only those that are here').conflicts(['away', 'unknown']))
      .addOption(new Option('--away', 'only those that are away').conflicts(['present', 'unknown']))
      .addOption(new Option('--unknown', 'only those nobody has looked for lately'))
      .option('--at <time>', 'as believed at a past moment: 2026-11-21T03:00, or 2h for two hours ago')
      .addHelpText('after', `\n${FILTER_HELP}\nExit codes: 0 listed (also when there are none), 2 failure.`),

  async run({ out, world, args, options, withClient }) {
    const { at, present, away, unknown } = options as Options;
    const presence = (present && 'present') || (away && 'away') || (unknown && 'unknown') || undefined;
    const moment = at === undefined ? undefined : new Date(orFault(readMoment(at, '--at', world.now()))).toISOString();
    const filter = filterOfArguments(args);
    const devices = await withClient((client) =>
      client.devices.list({ ...(presence && { presence }), ...(moment !== undefined && { at: moment }), ...(filter !== '' && { filter }) }),
    );
    if (out.options.json) out.json(devices);
    else if (devices.length > 0) out.table(DEVICE_HEADING, devices.map(deviceRow));
    const count = (wanted: string): number => devices.filter((device) => device.presence === wanted).length;
    if (!out.options.json)
      out.note(`${counted(devices.length, 'device')}: ${count('present')} present, ${count('away')} away, ${count('unknown')} unknown`);
    return EXIT.fine;
  },
};
