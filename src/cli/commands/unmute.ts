import type { MuteJson } from '../../contract/index.ts';
import { numbersOf } from '../alerts/numbers.ts';
import { type CommandModule, EXIT } from '../command.ts';
import { coversText } from '../printers/mute-text.ts';

export const unmuteCommand: CommandModule = {
  define: (command) =>
    command
      .description('End mutes and maintenance before their time.')
      .argument('<ids...>', 'numbers, as "rollcall mutes" shows them')
      .addHelpText('after', '\nExit codes: 0 ended, 2 no such mute, or failure.'),

  async run({ out, args, withClient }) {
    const ids = numbersOf(args, 'mute', 'mutes');
    const ended = await withClient(async (client) => {
      const mutes: MuteJson[] = [];
      for (const id of ids) mutes.push(await client.mutes.end({ id }));
      return mutes;
    });
    if (out.options.json) out.json(ended);
    else for (const mute of ended) out.line(`ended ${mute.kind} ${mute.id}: ${coversText(mute)}`);
    return EXIT.fine;
  },
};
