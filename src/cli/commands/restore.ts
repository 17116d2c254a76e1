import { resolve } from 'node:path';
import { Fault } from '../../core/index.ts';
import { type CommandModule, EXIT } from '../command.ts';
import { daemonPid } from '../daemon/stop.ts';
import { makeStateFolder } from '../state-folder.ts';

export const restoreCommand: CommandModule = {
  define: (command) =>
    command
      .description('Put a backup in place of the store. The daemon must be stopped; the old store is kept beside the new one.')
      .argument('<file>', 'a file that "rollcall backup" wrote')
      .addHelpText('after', '\nExit codes: 0 restored, 2 the daemon runs, the file is no sound backup, or failure.'),

  async run({ out, args, world, places }) {
    const pid = await daemonPid(places);
    if (pid !== undefined) throw new Fault('conflict', `restoring: the daemon runs (process ${pid})`, 'stop it with "rollcall stop"');
    const { loadConfig } = await import('../load-config.ts');
    const from = resolve(world.cwd, args[0] ?? '');
    const config = await loadConfig(places.config, world);
    makeStateFolder(places.data);
    const kept = await world.restore({ places, config }, from);
    if (out.options.json) out.json({ restored: from, kept });
    else out.line(`store restored from ${from}${kept === null ? '' : `; the old one is kept as ${kept}`}`);
    return EXIT.fine;
  },
};
