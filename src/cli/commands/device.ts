import type { DeviceJson } from '../../contract/index.ts';
import { Fault } from '../../core/index.ts';
import { type Call, type CommandModule, EXIT } from '../command.ts';
import { wholeFilter } from '../filter-words.ts';
import { editOf, type LabelOptions, withLabelOptions } from '../label-options.ts';
import { deviceLabel } from '../printers/change-text.ts';
import { printDevice } from '../printers/device-text.ts';
import { labelsOf, labelsText } from '../printers/label-text.ts';
import { counted } from '../printers/scan-text.ts';
import type { Output } from '../terminal/output.ts';

interface Options extends LabelOptions {
  readonly filter?: string;
  readonly dryRun?: boolean;
  readonly history?: boolean;
}

export const deviceCommand: CommandModule = {
  define: (command) =>
    withLabelOptions(
      command
        .description(
          'Show one device with its history, or say what devices are: "rollcall device set phone tablet --owner Anna".\n' +
            'One that fell silent under a scan is left alone until "rollcall device release DEVICE".',
        )
        .argument('[words...]', 'a device by id, name, MAC or address; or "set" or "release" and the devices that are meant'),
    )
      .option('--filter <words>', `set: devices that all these words fit, like -tag:ok or 'owner:"Anna B"'`)
      .option('--dry-run', 'set: only say which devices it would be, and what would change')
      .option('--history', 'also who said each label and name, since when and until when')
      .addHelpText('after', '\nExit codes: 0 shown or set, 2 no such device, several of that name, a label that cannot be, or failure.'),

  async run(call) {
    const [first, ...others] = call.args;
    const options = call.options as Options;
    // Alone, "set" is a device that is called so.
    if (first === 'set' && (others.length > 0 || options.filter !== undefined || says(options))) return set(call, others, options);
    if (first === 'release' && others.length > 0) return release(call, others);
    if (first === undefined || others.length > 0)
      throw new Fault('bad-input', 'reading the command line: which device is not clear', 'name one, or "set" and several');
    if (options.filter !== undefined || options.dryRun)
      throw new Fault('bad-input', 'reading the command line: --filter and --dry-run are for "device set"', 'write "set" first');
    return show(call, first, options);
  },
};

/** Lets devices be asked again that are left alone since a scan harmed them. */
async function release({ out, withClient }: Call, devices: string[]): Promise<number> {
  const released = await withClient((client) => client.devices.editMany({ devices, edit: { harmed: null } }));
  if (out.options.json) out.json(released);
  else
    for (const device of released)
      out.line(deviceLabel(device), device.probed ? '  may be asked' : '  is still not to be probed, as somebody said');
  return EXIT.fine;
}

const says = (options: Options): boolean => options.dryRun === true || Object.keys(editOf(options)).length > 0;

async function show({ out, withClient }: Call, reference: string, options: Options): Promise<number> {
  const edit = editOf(options);
  const history = await withClient(async (client) => {
    if (Object.keys(edit).length === 0) return client.devices.get({ reference });
    // A new name may be what it is called by from now on.
    const { id } = await client.devices.edit({ reference, ...edit });
    return client.devices.get({ reference: String(id) });
  });
  if (out.options.json) out.json(history);
  else printDevice(out, history, options.history);
  return EXIT.fine;
}

async function set(
  { out, withClient }: Call,
  devices: string[],
  { filter, dryRun = false, history = false, ...options }: Options,
): Promise<number> {
  const edit = editOf(options);
  if (history) throw new Fault('bad-input', 'reading the command line: --history beside "device set"', 'show one device with it');
  if (Object.keys(edit).length === 0)
    throw new Fault('bad-input', 'reading the command line: nothing to set', 'look at rollcall device --help');
  if (devices.length === 0 && filter === undefined)
    throw new Fault('bad-input', 'reading the command line: device set of no device', 'name some, or give --filter');
  if (devices.length > 0 && filter !== undefined)
    throw new Fault('bad-input', 'reading the command line: devices beside a filter', 'name either');
  const meant = filter === undefined ? { devices } : { filter: wholeFilter(filter, '--filter') };
  const { before, edited } = await withClient(async (client) => ({
    before: dryRun && !out.options.json ? await client.devices.list() : null,
    edited: await client.devices.editMany({ ...meant, edit, dryRun }),
  }));
  if (out.options.json) out.json(edited);
  else printSet(out, edited, before);
  return EXIT.fine;
}

/** With all devices as they are, what would change. */
function printSet(out: Output, devices: readonly DeviceJson[], before: readonly DeviceJson[] | null): void {
  const known = new Map(before?.map((device) => [device.id, device]));
  for (const device of devices) {
    const was = known.get(device.id);
    out.line(deviceLabel(was ?? device), was ? `  ${labelsText(labelsOf(was), labelsOf(device)) || 'as it is already'}` : '');
  }
  out.note(devices.length === 0 ? 'no device fits' : `${before ? 'would set' : 'set'} ${counted(devices.length, 'device')}`);
}
