import { Fault } from '../../core/index.ts';
import { type CommandModule, EXIT } from '../command.ts';
import { deviceLabel } from '../printers/change-text.ts';
import { counted } from '../printers/scan-text.ts';

interface Options {
  readonly yes?: boolean;
}

export const forgetCommand: CommandModule = {
  define: (command) =>
    command
      .description('Forget devices for good. One that is seen again is a new device; what was told of it stays told.')
      .argument('<devices...>', 'ids, names, MACs or addresses')
      .option('--yes', 'really: this cannot be taken back')
      .addHelpText('after', '\nExit codes: 0 forgotten, 2 no such device, no --yes, or failure.'),

  async run({ out, args, options, withClient }) {
    const forgotten = await withClient(async (client) => {
      if ((options as Options).yes) return client.devices.forget({ devices: [...args] });
      const named = await Promise.all(args.map((reference) => client.devices.get({ reference })));
      const labels = named.map(({ device }) => deviceLabel(device)).join(', ');
      throw new Fault('refused', `forgetting ${labels}: that cannot be taken back`, 'say it again with --yes');
    });
    if (out.options.json) out.json(forgotten);
    else out.line(`forgot ${counted(forgotten.length, 'device')}: ${forgotten.map(deviceLabel).join(', ')}`);
    return EXIT.fine;
  },
};
