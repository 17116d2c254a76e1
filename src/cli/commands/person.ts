import type { PersonJson, RollcallClient } from '../../contract/index.ts';
import { type Call, type CommandModule, EXIT } from '../command.ts';
import { printPeople } from '../printers/party-text.ts';
import { wrongWords } from '../sub-words.ts';

interface Options {
  readonly into?: boolean;
}

export const personCommand: CommandModule = {
  define: (command) =>
    command
      .description(
        'Say who is home, and since when. A person is whoever owns a device; they are home when a phone, tablet or watch of theirs is.',
      )
      .argument('[words...]', 'give PERSON DEVICE..., take DEVICE..., or rename PERSON NAME')
      .option('--into', 'rename: the name may be of another one, and the two become one')
      .addHelpText(
        'after',
        '\nWhich devices decide: "rollcall device set DEVICE --carried yes|no|auto".\nExit codes: 0 listed or changed, 2 no such person or device, or failure.',
      ),

  async run({ out, world, args, options, withClient }: Call) {
    const people = await withClient((client) => answer(client, args, (options as Options).into === true));
    if (out.options.json) out.json(people);
    else {
      if (people.length > 0) printPeople(out, people, world.now());
      const home = people.filter(({ is }) => is === 'home').length;
      out.note(
        people.length === 0 ? 'nobody owns a device' : `${people.length === 1 ? '1 person' : `${people.length} people`}, ${home} home`,
      );
    }
    return EXIT.fine;
  },
};

function answer({ people }: RollcallClient, args: readonly string[], into: boolean): Promise<PersonJson[]> {
  const [word, first = '', ...others] = args;
  if (into && word !== 'rename') throw wrongWords('person', [...args, '--into'], 'rename PERSON NAME --into');
  if (word === undefined) return people.list();
  if (word === 'give' && others.length > 0) return people.give({ person: first, devices: others });
  if (word === 'take' && first !== '') return people.take({ devices: [first, ...others] });
  if (word === 'rename' && others.length === 1) return people.rename({ person: first, name: others[0] as string, ...(into && { into }) });
  throw wrongWords('person', args, 'give PERSON DEVICE..., take DEVICE..., or rename PERSON NAME');
}
