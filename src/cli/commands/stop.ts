import { type CommandModule, EXIT } from '../command.ts';
import { daemonPid, stopProcess } from '../daemon/stop.ts';

/** How long a daemon may take to end a scan and close its store. */
const PATIENCE = 10_000;

export const stopCommand: CommandModule = {
  define: (command) =>
    command
      .description('Stop the daemon cleanly: a running scan is ended, the store closed.')
      .addHelpText('after', '\nExit codes: 0 it runs no longer (also when it did not before), 2 it is still there after 10 s, or failure.'),

  async run({ out, places }) {
    const pid = await daemonPid(places);
    if (pid !== undefined) await stopProcess(pid, PATIENCE);
    if (out.options.json) out.json({ stopped: pid ?? null });
    else out.line(pid === undefined ? 'rollcall was not running' : `rollcall stopped (process ${pid})`);
    return EXIT.fine;
  },
};
