import type { GroupJson, RollcallClient } from '../../contract/index.ts';
import { type Call, type CommandModule, EXIT } from '../command.ts';
import { printGroups } from '../printers/party-text.ts';
import { counted } from '../printers/scan-text.ts';
import { wrongWords } from '../sub-words.ts';

interface Options {
  readonly into?: boolean;
}

export const groupCommand: CommandModule = {
  define: (command) =>
    command
      .description('List the groups, put devices into one, or take them out.')
      .argument('[words...]', 'add GROUP DEVICE..., remove GROUP DEVICE..., or rename GROUP NAME')
      .option('--into', 'rename: the name may be of another one, and the two become one')
      .addHelpText(
        'after',
        '\nMany at once: "rollcall device set --filter WORDS --group GROUP".\nExit codes: 0 listed or changed, 2 no such group or device, or failure.',
      ),

  async run({ out, args, options, withClient }: Call) {
    const groups = await withClient((client) => answer(client, args, (options as Options).into === true));
    if (out.options.json) out.json(groups);
    else {
      if (groups.length > 0) printGroups(out, groups);
      out.note(counted(groups.length, 'group'));
    }
    return EXIT.fine;
  },
};

function answer({ groups }: RollcallClient, args: readonly string[], into: boolean): Promise<GroupJson[]> {
  const [word, group = '', ...others] = args;
  if (into && word !== 'rename') throw wrongWords('group', [...args, '--into'], 'rename GROUP NAME --into');
  if (word === undefined) return groups.list();
  if (word === 'add' && others.length > 0) return groups.add({ group, devices: others });
  if (word === 'remove' && others.length > 0) return groups.remove({ group, devices: others });
  if (word === 'rename' && others.length === 1) return groups.rename({ group, name: others[0] as string, ...(into && { into }) });
  throw wrongWords('group', args, 'add GROUP DEVICE..., remove GROUP DEVICE..., or rename GROUP NAME');
}
