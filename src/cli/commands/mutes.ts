import { type CommandModule, EXIT } from '../command.ts';
import { MUTE_HEADING, muteRow } from '../printers/mute-text.ts';
import { counted } from '../printers/scan-text.ts';

export const mutesCommand: CommandModule = {
  define: (command) =>
    command
      .description('List what is kept silent, why, and until when.')
      .option('--all', 'also what is over')
      .addHelpText('after', '\nExit codes: 0 listed (also when nothing is), 2 failure.'),

  async run({ out, world, options, withClient }) {
    const { all = false } = options as { readonly all?: boolean };
    const mutes = await withClient((client) => client.mutes.list({ over: all ? 'yes' : 'no' }));
    if (out.options.json) out.json(mutes);
    else if (mutes.length > 0)
      out.table(
        MUTE_HEADING,
        mutes.map((mute) => muteRow(mute, world.now())),
      );
    if (!out.options.json)
      out.note(mutes.length === 0 ? 'nothing is kept silent' : `${counted(mutes.length, 'mute')}; end one with "rollcall unmute ID"`);
    return EXIT.fine;
  },
};
