import type { RollcallClient } from '../../contract/index.ts';
import { Fault } from '../../core/index.ts';
import { type Call, type CommandModule, EXIT } from '../command.ts';
import { printMembers } from '../printers/merge-text.ts';

interface Options {
  readonly undo?: boolean | string;
}

export const splitCommand: CommandModule = {
  define: (command) =>
    command
      .description('Make two devices of one: take a merge back, or give some of its MACs to a device of their own.')
      .argument('<device>', 'id, name, MAC or address')
      .argument('[macs...]', 'those that belong to the other device')
      .option('--undo [other]', 'take a merge back; which one, when there were several')
      .addHelpText('after', '\nExit codes: 0 split, 2 no such device or MAC, nothing to take back, or failure.'),

  async run(call) {
    const { undo } = call.options as Options;
    const [device = '', ...macs] = call.args;
    if ((undo === undefined) === (macs.length === 0))
      throw new Fault(
        'bad-input',
        `splitting ${JSON.stringify(device.slice(0, 80))}: by what is not clear`,
        'name MACs of it, or give --undo',
      );
    const devices = await call.withClient((client) =>
      undo === undefined ? client.merges.split({ device, macs }) : takeBack(client, device, undo),
    );
    return tell(call, devices);
  },
};

const takeBack = (client: RollcallClient, device: string, part: string | boolean): ReturnType<RollcallClient['merges']['undo']> =>
  client.merges.undo({ device, ...(typeof part === 'string' && { part }) });

function tell({ out }: Call, devices: Awaited<ReturnType<RollcallClient['merges']['split']>>): number {
  if (out.options.json) out.json(devices);
  else {
    out.line('apart now');
    printMembers(out, devices);
  }
  return EXIT.fine;
}
