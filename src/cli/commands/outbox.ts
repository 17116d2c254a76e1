import { Option } from 'commander';
import type { NotificationJson } from '../../contract/index.ts';
import { refuseUnknownChannel } from '../alerts/known-channel.ts';
import { type CommandModule, EXIT } from '../command.ts';
import { OUTBOX_HEADING, outboxRow } from '../printers/outbox-text.ts';
import { counted } from '../printers/scan-text.ts';

interface Options {
  readonly dead?: boolean;
  readonly waiting?: boolean;
  readonly all?: boolean;
  readonly channel?: string;
}

/** Rows that are listed. */
const MOST = 1000;

export const outboxCommand: CommandModule = {
  define: (command) =>
    command
      .description('List what waits to be told and what could not be, newest first.')
      .addOption(new Option('--dead', 'only what could not be delivered').conflicts(['waiting', 'all']))
      .addOption(new Option('--waiting', 'only what waits').conflicts(['dead', 'all']))
      .option('--all', 'also what was delivered')
      .option('--channel <name>', 'only of this channel')
      .addHelpText('after', '\nExit codes: 0 listed (also when it is empty), 2 failure.'),

  async run({ out, options, withClient }) {
    const { channel, ...which } = options as Options;
    const state = statesOf(which);
    const question = { limit: MOST, ...(state && { state }), ...(channel !== undefined && { channel }) };
    const rows = await withClient(async (client) => {
      const found = await client.notifications.list(question);
      if (found.length === 0) await refuseUnknownChannel(client, channel);
      return found;
    });
    if (out.options.json) out.json(rows);
    else if (rows.length > 0) out.table(OUTBOX_HEADING, rows.map(outboxRow));
    if (!out.options.json) out.note(noteOf(rows));
    return EXIT.fine;
  },
};

function statesOf({ dead, waiting, all }: Omit<Options, 'channel'>): NotificationJson['state'][] | undefined {
  if (all) return undefined;
  return dead ? ['dead'] : waiting ? ['waiting'] : ['waiting', 'dead'];
}

function noteOf(rows: readonly NotificationJson[]): string {
  if (rows.length === 0) return 'there is nothing';
  const dead = rows.filter(({ state }) => state === 'dead').length;
  const remedy = dead > 0 ? `, ${dead} dead: "rollcall resend --dead" sends them anew` : '';
  return `${counted(rows.length, 'notification')}${rows.length === MOST ? ', the newest' : ''}${remedy}`;
}
