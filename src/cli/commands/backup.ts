import { resolve } from 'node:path';
import { type CommandModule, EXIT } from '../command.ts';

export const backupCommand: CommandModule = {
  define: (command) =>
    command
      .description('Copy the store to a file, whole and consistent, also while the daemon writes.')
      .argument('<file>', 'where to; must not exist yet')
      .addHelpText('after', '\nExit codes: 0 copied, 2 failure.'),

  async run({ out, args, world, withClient }) {
    const wanted = resolve(world.cwd, args[0] ?? '');
    const { path } = await withClient((client) => client.backup({ path: wanted }));
    if (out.options.json) out.json({ path });
    else out.line(`store copied to ${path}`);
    return EXIT.fine;
  },
};
