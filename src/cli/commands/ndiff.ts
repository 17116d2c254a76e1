import type { CommandModule } from '../command.ts';
import { runNdiff } from '../ndiff/run-ndiff.ts';

interface Options {
  readonly text?: boolean;
  readonly xml?: boolean;
}

/**
 * Reached when options for every command stand before "ndiff", and for its help; `rollcall ndiff ...` itself goes its
 * own, faster way, since it reads its words as Ndiff does.
 */
export const ndiffCommand: CommandModule = {
  define: (command) =>
    command
      .description(
        'Compare two nmap XML files as Ndiff does: the same words, text and XML.\n' +
          'Through a link named "ndiff" this program takes the place of Ndiff.',
      )
      .addHelpText('after', '\nExit codes: 0 equal, 1 different, 2 failure')
      .argument('<a>', 'nmap XML file')
      .argument('<b>', 'nmap XML file')
      .option('--text', 'as text (default)')
      .option('--xml', 'as XML'),
  run: ({ world, args, options, out }) => {
    const { text, xml } = options as Options;
    const words = [out.options.verbose ? ['-v'] : [], text ? ['--text'] : [], xml ? ['--xml'] : [], '--', args].flat();
    return runNdiff(words, 'rollcall ndiff', world);
  },
};
