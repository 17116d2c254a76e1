import type { StatusJson } from '../../contract/index.ts';
import { type Call, type CommandModule, EXIT } from '../command.ts';
import { askHealth } from '../daemon/health.ts';
import { livingPid } from '../daemon/pid-file.ts';
import { counted } from '../printers/scan-text.ts';
import { localTime } from '../terminal/moment.ts';
import type { Piece } from '../terminal/output.ts';

export const statusCommand: CommandModule = {
  define: (command) =>
    command
      .description('Say whether the daemon runs, and how it is.')
      .addHelpText(
        'after',
        '\nExit codes: 0 it runs, 1 it does not run or does not answer, 2 failure.\nJSON: {"running": true or false, "pid", "status": {...} or null}',
      ),

  async run(call) {
    const { out, places } = call;
    if ((await askHealth(places.socket)) !== 'answers') return notRunning(call);
    const status = await call.withClient((client) => client.status.get());
    if (out.options.json) out.json({ running: true, pid: status.pid, status });
    else print(call, status);
    return EXIT.fine;
  },
};

async function notRunning({ out, places }: Call): Promise<number> {
  const pid = (await livingPid(places.pid)) ?? null;
  if (out.options.json) out.json({ running: false, pid, status: null });
  else if (pid === null) out.line('rollcall is not running');
  else out.line(`rollcall (process ${pid}) is there, but does not answer at ${places.socket}`);
  return EXIT.found;
}

function print({ out }: Call, status: StatusJson): void {
  out.line(`rollcall ${status.version} runs (process ${status.pid}) since ${localTime(Date.parse(status.startedAt))}`);
  out.line(
    `  site ${status.site}: ${counted(status.devices, 'device')}, ${counted(status.targets, 'target')}, ${counted(status.seq, 'change')}`,
  );
  out.line(`  store ${status.store}, ${status.privileged ? 'raw packets' : 'connections only (see "rollcall doctor")'}`);
  if (status.heard) out.line(`  ${heardText(status.heard)}`);
  if (status.alerts) out.line('  ', alertsPiece(status.alerts));
  if (status.running.length > 0) out.line(`  scanning: ${status.running.join(', ')}`);
  for (const limit of status.limits ?? []) out.line(`  ${limit}`);
  for (const trouble of status.troubles) out.line({ text: `  ${trouble}`, tone: 'warn' });
}

/** "2 incidents open, 3 notifications waiting, 1 dead" */
function alertsPiece({ open, waiting, dead }: NonNullable<StatusJson['alerts']>): Piece {
  const text = `${counted(open, 'incident')} open, ${counted(waiting, 'notification')} waiting, ${dead} dead`;
  return dead > 0 ? { text: `${text} (see "rollcall outbox --dead")`, tone: 'warn' } : text;
}

/** What was lost is said, what merely held nothing new is not. */
function heardText({ ifaces, heard, told, malformed, dropped }: NonNullable<StatusJson['heard']>): string {
  const lost = [malformed > 0 && `${malformed} malformed`, dropped > 0 && `${dropped} dropped`].filter((part) => part !== false);
  return `listening on ${ifaces.join(', ')}: ${[counted(heard, 'frame'), counted(told, 'sighting'), ...lost].join(', ')}`;
}
