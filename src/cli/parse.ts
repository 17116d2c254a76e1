import { Command, CommanderError } from 'commander';
import { Fault } from '../core/index.ts';
import type { CommandModule } from './command.ts';

/** Options every command takes. */
export interface EverywhereOptions {
  readonly data?: string;
  readonly config?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** Options that take the next word as their value: it is not the command. */
const VALUED = new Set(['--data', '--config']);

/** Splits the first word that is no option from the rest: options for every command may stand before it. */
export function splitCommand(argv: readonly string[]): { readonly name: string | undefined; readonly rest: readonly string[] } {
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] as string;
    if (VALUED.has(word)) i++;
    else if (!word.startsWith('-')) return { name: word, rest: [...argv.slice(0, i), ...argv.slice(i + 1)] };
  }
  return { name: undefined, rest: argv };
}

/** The parser of one command, with its own options and those of all. */
export function parserOf(name: string, module: CommandModule): Command {
  return module
    .define(new Command(`rollcall ${name}`))
    .option('--json', 'the result as JSON')
    .option('--data <dir>', 'state folder')
    .option('--config <file>', 'config file')
    .option('-q, --quiet', 'no notes and no progress')
    .option('-v, --verbose', 'say more')
    .helpOption('-h, --help', 'explain this command')
    .exitOverride();
}

/** Parses the words behind the command. Gives back the help text when that was asked for; Fault 'bad-input' for wrong usage. */
export function parseWords(parser: Command, words: readonly string[]): { readonly help: string } | { readonly help: null } {
  let help = '';
  parser.configureOutput({ writeOut: (text) => void (help += text), writeErr: () => {}, outputError: () => {} });
  try {
    const filtered = parser.registeredArguments.some((argument) => argument.name() === 'filter');
    parser.parse(filtered ? words.map(shield) : words, { from: 'user' });
    parser.args = parser.args.map(unshield);
    return { help: null };
  } catch (stopped) {
    if (!(stopped instanceof CommanderError)) throw stopped;
    if (stopped.exitCode === 0) return { help };
    throw wrongUsage(parser.name(), stopped);
  }
}

/** Stands for the dash of a negated word of a filter (-tag:ok) while options are looked for; no option has a colon in it. */
const DASH = '\ue000';
const shield = (word: string): string => (/^-[a-z]+:/i.test(word) ? `${DASH}${word.slice(1)}` : word);
const unshield = (word: string): string => (word.startsWith(DASH) ? `-${word.slice(1)}` : word);

/** commander's message in our own form; its guess becomes the remedy. */
function wrongUsage(name: string, { message }: CommanderError): Fault {
  const [said = '', guess] = message.replace(/^error: /, '').split('\n');
  const meant = /\(Did you mean (.*)\?\)/.exec(guess ?? '')?.[1];
  return new Fault(
    'bad-input',
    `reading the command line: ${said.replaceAll("'", '"').replace(/\.$/, '')}`,
    meant ? `did you mean ${meant}?` : `look at ${name} --help`,
  );
}
