import { Fault } from '../../core/index.ts';
import { type CommandModule, EXIT } from '../command.ts';
import { claimPidFile } from '../daemon/pid-file.ts';
import { loadConfig } from '../load-config.ts';
import { report } from '../report.ts';
import { makeStateFolder } from '../state-folder.ts';

export const runCommand: CommandModule = {
  define: (command) =>
    command
      .description('Run the daemon in the foreground, for systemd, containers, or to watch it at work. Ctrl-C or SIGTERM ends it cleanly.')
      .addHelpText(
        'after',
        '\nExit codes: 0 stopped cleanly, 1 another daemon has the store, or took it over, 2 bad config, busy port or failure.',
      ),

  async run({ world, places, out }) {
    const config = await loadConfig(places.config, world);
    makeStateFolder(places.data);
    const removePidFile = await claimPidFile(places.pid);
    const stop = new AbortController();
    const release = world.onInterrupt(() => stop.abort());
    try {
      return await world.runDaemon({
        places,
        config,
        verbose: out.options.verbose,
        signal: stop.signal,
        configChecks: () => world.configChecks(),
        ...(world.stderr.isTTY === true && { offer: (link: string) => out.complain('make the first user within half an hour: ', link) }),
      });
    } catch (thrown) {
      // Somebody else has the store: not our failure, and a supervisor must be able to tell the two apart.
      if (!(thrown instanceof Fault && thrown.code === 'conflict')) throw thrown;
      report(thrown, out);
      return EXIT.found;
    } finally {
      release();
      removePidFile();
    }
  },
};
