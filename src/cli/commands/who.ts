import { Option } from 'commander';
import { type CommandModule, EXIT } from '../command.ts';
import { filterOfArguments } from '../filter-words.ts';
import { counted } from '../printers/scan-text.ts';
import { printWho } from '../printers/who-text.ts';

interface Options {
  readonly away?: boolean;
  readonly unknown?: boolean;
  readonly sort: 'longest' | 'recent' | 'name';
}

export const whoCommand: CommandModule = {
  define: (command) =>
    command
      .description('Say who is here now, and since when; people with their devices first.')
      .argument('[filter...]', `only devices that all these words fit, like group:iot or 'owner:"Anna B"'`)
      .addOption(new Option('--away', 'who is away instead').conflicts(['unknown']))
      .option('--unknown', 'of whom nobody can say instead')
      .addOption(new Option('--sort <by>', 'whom to name first').choices(['longest', 'recent', 'name']).default('recent'))
      .addHelpText('after', '\nA type with "?" is a guess.\nExit codes: 0 told (also when nobody is), 2 failure.'),

  async run({ out, world, args, options, withClient }) {
    const { away, unknown, sort } = options as Options;
    const presence = (away && 'away') || (unknown && 'unknown') || 'present';
    const filter = filterOfArguments(args);
    const attendees = await withClient((client) => client.presence.who({ presence, sort, ...(filter !== '' && { filter }) }));
    if (out.options.json) {
      out.json(attendees);
      return EXIT.fine;
    }
    if (attendees.length > 0) printWho(out, attendees, world.now());
    const people = new Set(attendees.flatMap(({ owner }) => (owner === null ? [] : [owner]))).size;
    const owners = people === 0 ? '' : `; ${people === 1 ? '1 person owns' : `${people} people own`} some of them`;
    out.note(`${counted(attendees.length, 'device')} ${presence}${owners}`);
    return EXIT.fine;
  },
};
