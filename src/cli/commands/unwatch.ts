import { type CommandModule, EXIT } from '../command.ts';

export const unwatchCommand: CommandModule = {
  define: (command) =>
    command
      .description('Watch a target no longer. What was seen stays.')
      .argument('<target>', 'as it was given, or its id in "rollcall targets"')
      .addHelpText('after', '\nExit codes: 0 watched no longer, 2 no such target, declared in the config file, or failure.'),

  async run({ out, args, withClient }) {
    const [reference = ''] = args;
    const removed = await withClient((client) => client.targets.remove({ reference }));
    if (out.options.json) out.json(removed);
    else out.line(`no longer watching ${removed.target} (target ${removed.id})`);
    return EXIT.fine;
  },
};
