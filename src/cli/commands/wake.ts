import { type CommandModule, EXIT } from '../command.ts';
import { deviceLabel } from '../printers/change-text.ts';

export const wakeCommand: CommandModule = {
  define: (command) =>
    command
      .description('Wake a device that sleeps: a magic packet to the watched network it was last seen in, and nowhere else.')
      .argument('<device>', 'by id, name, MAC or address')
      .addHelpText('after', '\nWhether it wakes up, the next looks tell.\n\nExit codes: 0 sent, 2 refused (with the reason) or failure.'),

  async run({ out, args, withClient }) {
    const [device = ''] = args;
    const woken = await withClient((client) => client.devices.wake({ device }));
    if (out.options.json) out.json(woken);
    else for (const { mac, iface, to } of woken.sent) out.line(deviceLabel(woken.device), `  woken at ${mac} by ${iface}, to ${to}`);
    return EXIT.fine;
  },
};
