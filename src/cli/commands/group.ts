import type { GroupJson, RollcallClient } from '../../contract/index.ts';
import { type Call, type CommandModule, EXIT } from '../command.ts';
import { printGroups } from '../printers/party-text.ts';
import { counted } from '../printers/scan-text.ts';
import { wrongWords } from '../sub-words.ts';

export const groupCommand: CommandModule = {
  define: (command) =>
    command
      .description('List the groups, put devices into one, or take them out.')
      .argument('[words...]', 'add GROUP DEVICE..., remove GROUP DEVICE..., or rename GROUP NAME')
      .addHelpText(
        'after',
        '\nMany at once: "rollcall device set --filter WORDS --group GROUP".\nExit codes: 0 listed or changed, 2 no such group or device, or failure.',
      ),

  async run({ out, args, withClient }: Call) {
    const groups = await withClient((client) => answer(client, args));
    if (out.options.json) out.json(groups);
    else {
      if (groups.length > 0) printGroups(out, groups);
      out.note(counted(groups.length, 'group'));
    }
    return EXIT.fine;
  },
};

function answer({ groups }: RollcallClient, args: readonly string[]): Promise<GroupJson[]> {
  const [word, group = '', ...others] = args;
  if (word === undefined) return groups.list();
  if (word === 'add' && others.length > 0) return groups.add({ group, devices: others });
  if (word === 'remove' && others.length > 0) return groups.remove({ group, devices: others });
  if (word === 'rename' && others.length === 1) return groups.rename({ group, name: others[0] as string });
  throw wrongWords('group', args, 'add GROUP DEVICE..., remove GROUP DEVICE..., or rename GROUP NAME');
}
