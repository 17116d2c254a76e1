import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RollcallClient } from '../contract/index.ts';
import { Fault } from '../core/index.ts';
import { type Call, type CommandModule, EXIT } from './command.ts';
import { connect } from './connect.ts';
import { overview } from './overview.ts';
import { type EverywhereOptions, parserOf, parseWords, splitCommand } from './parse.ts';
import { placesOf } from './places.ts';
import { COMMANDS, isCommand } from './registry.ts';
import { report } from './report.ts';
import { Output } from './terminal/output.ts';
import type { CliWorld } from './world.ts';

/** Runs the command of one command line, and says what went wrong. Resolves to the exit code. */
export async function dispatch(argv: readonly string[], world: CliWorld): Promise<number> {
  const { unread, unwritten } = watchOutput(world);
  /** What could not be written cannot be told in the same place, whatever form was asked for. */
  const tell = (thrown: unknown, json: boolean): number => report(thrown, new Output(world, { json, quiet: false, verbose: false }));
  try {
    const code = await runCommand(argv, world, unread);
    await nextTurn(); // a stream tells what went wrong only after the write
    const fault = unwritten();
    return fault ? tell(fault, false) : code;
  } catch (thrown) {
    const fault = unwritten();
    if (fault) return tell(fault, false);
    return unread.aborted ? EXIT.fine : tell(thrown, argv.includes('--json'));
  }
}

interface OutputWatch {
  /** Aborts when nobody reads our output any more. */
  readonly unread: AbortSignal;
  /** Why it could not be written; undefined when it could, or when the reader has gone. */
  readonly unwritten: () => Fault | undefined;
}

/** A reader that has gone, as `| head` does, is no fault of ours; a disk without room for the result must be told of. */
function watchOutput({ stdout, stderr }: CliWorld): OutputWatch {
  const gone = new AbortController();
  let fault: Fault | undefined;
  stdout.on('error', ({ code, message }) => {
    if (code !== 'EPIPE') fault ??= new Fault('unavailable', `writing the result: ${message}`, 'send it somewhere with room');
    gone.abort();
  });
  stderr.on('error', () => {}); // there is no place left to complain
  return { unread: gone.signal, unwritten: () => fault };
}

async function runCommand(argv: readonly string[], world: CliWorld, unread: AbortSignal): Promise<number> {
  const { name, rest } = splitCommand(argv);
  if (name === undefined || name === 'help') return withoutCommand(name === 'help' ? rest : argv, world, unread);
  if (!isCommand(name)) throw await unknownCommand(name);
  const module: CommandModule = await COMMANDS[name].load();
  try {
    return await runModule({ name, module, rest }, world, unread);
  } catch (thrown) {
    if (!module.tell) throw thrown;
    return module.tell(thrown, { world, argv });
  }
}

interface Chosen {
  readonly name: string;
  readonly module: CommandModule;
  /** The words beside its name. */
  readonly rest: readonly string[];
}

async function runModule({ name, module, rest }: Chosen, world: CliWorld, unread: AbortSignal): Promise<number> {
  const parser = parserOf(name, module);
  const { help } = parseWords(parser, rest);
  if (help !== null) {
    world.stdout.write(help);
    return module.helped ?? EXIT.fine;
  }
  const { data, config, json = false, quiet = false, verbose = false } = parser.opts<EverywhereOptions>();
  const places = placesOf({ data, config }, world);
  const call: Call = {
    world,
    places,
    out: new Output(world, { json, quiet, verbose }),
    args: parser.args,
    options: parser.opts(),
    unread,
    withClient: (work, onSent) => withClient({ places, world, onSent }, work),
  };
  return module.run(call);
}

type Door = { readonly places: Call['places']; readonly world: CliWorld; readonly onSent: ((bytes: number) => void) | undefined };

async function withClient<T>({ places, world, onSent }: Door, work: (client: RollcallClient, daemon: boolean) => Promise<T>): Promise<T> {
  const connection = await connect(places, world, { onSent });
  try {
    return await work(connection.client, connection.daemon);
  } finally {
    await connection.close();
  }
}

/** `rollcall`, `rollcall --help`, `rollcall help COMMAND`. */
async function withoutCommand(words: readonly string[], world: CliWorld, unread: AbortSignal): Promise<number> {
  const topic = words.find(isCommand);
  if (topic) return runCommand([topic, '--help'], world, unread);
  const [strange] = words;
  if (strange !== undefined && !words.includes('--help') && !words.includes('-h'))
    throw new Fault('bad-input', `reading the command line: no command before ${JSON.stringify(strange)}`, 'look at rollcall --help');
  world.stdout.write(overview(world.version));
  return words.length === 0 ? EXIT.failed : EXIT.fine;
}

async function unknownCommand(name: string): Promise<Fault> {
  const { nearest } = await import('../core/index.ts');
  const guess = nearest(name, Object.keys(COMMANDS));
  const shown = JSON.stringify(name.slice(0, 60));
  return new Fault(
    'bad-input',
    `reading the command line: there is no command ${shown}`,
    guess ? `did you mean ${guess}?` : 'look at rollcall --help',
  );
}
