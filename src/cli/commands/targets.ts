import { type CommandModule, EXIT } from '../command.ts';
import { TARGET_HEADING, targetRows } from '../printers/target-text.ts';

export const targetsCommand: CommandModule = {
  define: (command) =>
    command
      .description('List what is watched: which plans, when they ran last, when they run next.')
      .addHelpText('after', '\nExit codes: 0 listed (also when there are none), 2 failure.'),

  async run({ out, withClient }) {
    const targets = await withClient((client) => client.targets.list());
    if (out.options.json) out.json(targets);
    else if (targets.length > 0) out.table(TARGET_HEADING, targets.flatMap(targetRows));
    else out.note('nothing is watched; see "rollcall networks", then "rollcall watch TARGET"');
    return EXIT.fine;
  },
};
