import { NoOrder, pythonRepr } from '../../ndiff/index.ts';
import { EXIT } from '../command.ts';
import { openSeekable, type SeekableFile } from '../files/seekable.ts';
import type { CliWorld } from '../world.ts';
import { compareScans, type Manner, type ScanFile } from './compare-scans.ts';
import { Died } from './died.ts';
import { machineZone } from './local-time.ts';
import { type NdiffOrder, readNdiffOptions } from './options.ts';
import { Out } from './out.ts';
import { rawBytes, rawWords } from './raw-words.ts';
import { surveyBoth } from './survey-both.ts';
import { unreadable } from './unreadable.ts';

type NdiffWorld = Pick<CliWorld, 'env' | 'stdout' | 'stderr'>;

/**
 * What Ndiff does with these words: same text, same XML, same messages, same exit codes (0 equal, 1 different,
 * 2 failure). `program` is what the messages call us.
 */
export async function runNdiff(words: readonly string[], program: string, world: NdiffWorld): Promise<number> {
  const out = new Out(world.stdout);
  world.stderr.on('error', () => {}); // there is no place left to complain
  const say = (text: string): void => void world.stderr.write(`${shown(text)}\n`);
  const order = readNdiffOptions(rawWords(words), Boolean(world.env['POSIXLY_CORRECT']));
  if (order.kind === 'refused') {
    say(`${program}: ${order.message}`);
    say(`Try '${program} -h' for help.`);
    return EXIT.failed;
  }
  try {
    const code = order.kind === 'help' ? help(out, program) : await compare({ ...order, zone: machineZone(world.env) }, { out, say });
    await out.end();
    return code;
  } catch (thrown) {
    return failed(thrown, { program, say });
  }
}

/** Bytes that are no text are shown by their number. */
const shown = (text: string): string =>
  text.isWellFormed() ? text : Array.from(text, (sign) => (sign.isWellFormed() ? sign : `\\u${sign.charCodeAt(0).toString(16)}`)).join('');

function help(out: Out, program: string): number {
  out.write(
    [
      `Usage: ${program} [option] FILE1 FILE2`,
      'Compare two Nmap XML files and display a list of their differences.',
      'Differences include host state changes, port state changes, and changes to',
      'service and OS detection.',
      '',
      '  -h, --help     display this help',
      "  -v, --verbose  also show hosts and ports that haven't changed.",
      '  --text         display output in text format (default)',
      '  --xml          display output in XML format',
      '',
    ].join('\n'),
  );
  return EXIT.fine;
}

type Comparison = Extract<NdiffOrder, { kind: 'compare' }> & Manner;

async function compare(order: Comparison, { out, say }: { readonly out: Out; readonly say: (text: string) => void }): Promise<number> {
  const files: SeekableFile[] = [];
  const open = (path: string): ScanFile => {
    const file = openFile(path);
    files.push(file);
    return { path, file };
  };
  try {
    const surveys = await surveyBoth({ ...order, open, warn: say });
    const cost = await compareScans(surveys, order, out);
    return cost === 0 ? EXIT.fine : EXIT.found;
  } catch (thrown) {
    await out.flush(); // what Ndiff had said by then
    throw thrown;
  } finally {
    for (const file of files) file.close();
  }
}

function openFile(path: string): SeekableFile {
  const file = orDied(() => openSeekable(rawBytes(path)), pythonRepr(path));
  return { ...file, read: (buffer, position) => orDied(() => file.read(buffer, position)) };
}

function orDied<T>(act: () => T, opening?: string): T {
  try {
    return act();
  } catch (thrown) {
    throw unreadable(thrown, opening);
  }
}

/** Ndiff prints a stack where it dies; we say what is wrong. Nothing may end in 1, which means that there are differences. */
function failed(thrown: unknown, { program, say }: { readonly program: string; readonly say: (text: string) => void }): number {
  if (thrown instanceof Died) say(thrown.words === 'as Ndiff' ? thrown.message : `${program}: ${thrown.message}`);
  else if (thrown instanceof NoOrder) say(`${program}: ${thrown.message}`);
  else say(`${program}: this should not happen; please report it: ${thrown instanceof Error ? thrown.stack : String(thrown)}`);
  return EXIT.failed;
}
