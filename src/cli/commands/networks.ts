import { asTyped } from '../as-typed.ts';
import { type CommandModule, EXIT } from '../command.ts';

export const networksCommand: CommandModule = {
  define: (command) =>
    command
      .description('List the networks on the interfaces of this machine. Nothing is scanned by listing them.')
      .addHelpText('after', '\nExit codes: 0 listed (also when there are none), 2 failure.'),

  async run(call) {
    const { out, withClient } = call;
    const networks = await withClient((client) => client.networks.list());
    if (out.options.json) {
      out.json(networks);
      return EXIT.fine;
    }
    const rows = networks.map(({ iface, block, watched, loopback }) => [
      iface,
      block,
      watched ? 'watched' : '-',
      loopback ? 'this machine' : '',
    ]);
    out.table(['INTERFACE', 'NETWORK', 'WATCHED', ''], rows);
    const open = networks.find(({ watched, loopback }) => !watched && !loopback);
    if (open) out.note(`watch one with: ${asTyped(`watch ${open.block}`, call)}`);
    return EXIT.fine;
  },
};
