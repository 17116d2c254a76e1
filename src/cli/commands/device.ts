import { Fault } from '../../core/index.ts';
import { type Call, type CommandModule, EXIT } from '../command.ts';
import { type LabelOptions, labelEdit, labelOptions } from '../labels.ts';
import { deviceLabel } from '../printers/change-text.ts';
import { printDevice } from '../printers/device-text.ts';
import { counted } from '../printers/scan-text.ts';

interface Options extends LabelOptions {
  readonly filter?: string;
  readonly dryRun?: boolean;
}

export const deviceCommand: CommandModule = {
  define: (command) =>
    labelOptions(command)
      .description('Show one device with its history; with "set" before it say what devices are, whose, and how to treat them.')
      .argument('<device...>', 'id, name, MAC or address; "set" and one or more of them to say something of all')
      .option('--filter <words>', 'of all that these words mean, like "vendor:espressif -group:iot"')
      .option('--dry-run', 'only list of whom it would be said')
      .usage('[options] <device>\n       rollcall device set [options] <device...>')
      .addHelpText('after', '\nExit codes: 0 shown or said, 2 no such device, several of that name, or failure.'),

  async run(call) {
    const [first = '', ...others] = call.args;
    if (first === 'set') return set(call, others);
    if (others.length > 0)
      throw new Fault(
        'bad-input',
        `reading the command line: ${counted(call.args.length, 'device')} to show`,
        'name one, or write "device set"',
      );
    return show(call, first);
  },
};

async function show({ out, options, withClient }: Call, reference: string): Promise<number> {
  const edit = labelEdit(options);
  const history = await withClient(async (client) => {
    if (Object.keys(edit).length === 0) return client.devices.get({ reference });
    const { id } = await client.devices.edit({ reference, ...edit });
    return client.devices.get({ reference: String(id) });
  });
  if (out.options.json) out.json(history);
  else printDevice(out, history);
  return EXIT.fine;
}

async function set({ out, options, withClient }: Call, references: readonly string[]): Promise<number> {
  const { filter, dryRun = false, ...rest } = options as Options;
  const edit = labelEdit(rest);
  if (Object.keys(edit).length === 0)
    throw new Fault('bad-input', 'reading the command line: nothing is to be set', 'say what, like --group office or --owner anna');
  const meant = { ...(references.length > 0 && { references: [...references] }), ...(filter !== undefined && { filter }) };
  const devices = await withClient((client) => client.devices.editMany({ ...meant, dryRun, ...edit }));
  if (out.options.json) out.json(devices);
  else
    out.line(
      `${dryRun ? 'would set' : 'set'} ${counted(devices.length, 'device')}${devices.length > 0 ? ': ' : ''}${devices.map(deviceLabel).join(', ')}`,
    );
  return EXIT.fine;
}
