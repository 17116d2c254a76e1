import { refuseUnknownChannel } from '../alerts/known-channel.ts';
import { numbersOf } from '../alerts/numbers.ts';
import { type CommandModule, EXIT } from '../command.ts';
import { counted } from '../printers/scan-text.ts';
import { wrongWords } from '../sub-words.ts';
import { shortened } from '../terminal/visible.ts';

interface Options {
  readonly dead?: boolean;
  readonly channel?: string;
}

export const resendCommand: CommandModule = {
  define: (command) =>
    command
      .description('Send anew what could not be delivered and was given up.')
      .argument('[ids...]', 'numbers, as "rollcall outbox --dead" shows them')
      .option('--dead', 'all that are dead, the newest 1,000 at once')
      .option('--channel <name>', 'with --dead: only of this channel')
      .addHelpText(
        'after',
        '\nExit codes: 0 they wait again (also when nothing was dead), 2 no such notification, one that is not dead, or failure.',
      ),

  async run({ out, args, options, withClient }) {
    const order = orderOf(args, options);
    const sent = await withClient(async (client) => {
      const again = await client.notifications.resend(order);
      if (again.length === 0) await refuseUnknownChannel(client, (options as Options).channel);
      return again;
    });
    if (out.options.json) out.json(sent);
    else {
      for (const { id, channel: to, title } of sent) out.line(`waits again ${id}  ${to}  ${shortened(title, TITLE)}`);
      out.note(sent.length === 0 ? 'nothing is dead' : counted(sent.length, 'notification'));
    }
    return EXIT.fine;
  },
};

function orderOf(args: readonly string[], { dead = false, channel }: Options) {
  if (dead === args.length > 0 || (channel !== undefined && !dead)) throw wrongWords('resend', args, 'ID..., or --dead [--channel NAME]');
  if (dead) return { dead: true as const, ...(channel !== undefined && { channel }) };
  return { ids: numbersOf(args, 'notification', 'outbox') };
}

/** Columns of a title. */
const TITLE = 120;
