import { Argument } from 'commander';
import { type CommandModule, EXIT } from '../command.ts';
import { completionScript, SHELLS } from '../completion-script.ts';
import { parserOf } from '../parse.ts';
import { COMMANDS } from '../registry.ts';

export const completionCommand: CommandModule = {
  define: (command) =>
    command
      .description('Print completions for a shell.')
      .addArgument(new Argument('<shell>').choices(Object.keys(SHELLS)))
      .addHelpText('after', '\n  rollcall completion bash > /etc/bash_completion.d/rollcall\n\nExit codes: 0 printed, 2 no such shell.'),

  async run({ out, args }) {
    const words = await Promise.all(
      Object.entries(COMMANDS).map(async ([name, { summary, load }]) => {
        const module: CommandModule = await load();
        const { options } = parserOf(name, module);
        return {
          name,
          summary,
          words: module.words ?? [],
          options: options.map(({ long }) => long ?? '').filter((option) => option !== ''),
        };
      }),
    );
    out.raw(completionScript(args[0] as keyof typeof SHELLS, words));
    return EXIT.fine;
  },
};
