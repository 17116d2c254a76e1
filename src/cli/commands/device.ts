import { type CommandModule, EXIT } from '../command.ts';
import { printDevice } from '../printers/device-text.ts';

interface Options {
  readonly name?: string;
  readonly window?: string;
}

export const deviceCommand: CommandModule = {
  define: (command) =>
    command
      .description('Show one device with its history, give it a name, or set how long it may be missed.')
      .argument('<device>', 'id, name, MAC or address')
      .option('--name <name>', 'call it so from now on; "" takes the name away again')
      .option('--window <length>', 'how long it may be missed before it counts as away, like 45m; "usual" takes it away again')
      .addHelpText('after', '\nExit codes: 0 shown, 2 no such device, several of that name, or failure.'),

  async run({ out, args, options, withClient }) {
    const { name, window } = options as Options;
    const [reference = ''] = args;
    const history = await withClient(async (client) => {
      const edit = {
        ...(name !== undefined && { name: name === '' ? null : name }),
        ...(window !== undefined && { window: window === 'usual' ? null : window }),
      };
      if (Object.keys(edit).length === 0) return client.devices.get({ reference });
      const { id } = await client.devices.edit({ reference, ...edit });
      return client.devices.get({ reference: String(id) });
    });
    if (out.options.json) out.json(history);
    else printDevice(out, history);
    return EXIT.fine;
  },
};
