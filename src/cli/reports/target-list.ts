import { createReadStream, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type AddressRange, Fault, formatRange, MOST_TARGETS, mergeRanges, parseTarget, type TargetSpec } from '../../core/index.ts';
import type { Call } from '../command.ts';
import { Faults } from '../faults.ts';

/** Longest list, in bytes: a hundred thousand addresses. */
const LONGEST = 2 * 1024 * 1024;
/** Faults told of one list. */
const TOLD = 20;

const REMEDY = 'write one target a line: an address, a block like 192.168.1.0/24, a range like 192.168.1.10-20, or a host name';

/**
 * Reads a list of targets as nmap -iL takes one: parted by spaces, tabs or ends of lines, "#" and what follows it on its line
 * left out. Strictly: Faults with every line that is no target.
 */
export function readTargetList(text: string, title: string): TargetSpec[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  const words = lines.flatMap((line, i) => wordsOf(line).map((word) => ({ word, place: `${title}:${i + 1}` })));
  const targets = readStrictly(words);
  if (words.length === 0) throw new Fault('bad-input', `reading ${title}: it names no target`, REMEDY);
  return targets;
}

interface Word {
  readonly word: string;
  /** Where it stands, when that is not plain to see. */
  readonly place?: string;
}

/** All of them, or Faults with those that are no targets. */
function readStrictly(words: readonly Word[]): TargetSpec[] {
  const read = words.map(({ word, place }) => ({ before: place === undefined ? '' : `${place}: `, result: parseTarget(word) }));
  const faults = read.flatMap(({ before, result }) =>
    result.ok ? [] : [new Fault('bad-input', `${before}${result.reason}`, result.remedy)],
  );
  const [first, ...more] = faults.slice(0, TOLD);
  if (first !== undefined) throw new Faults([first, ...more]);
  return read.flatMap(({ result }) => (result.ok ? [result.value] : []));
}

/** A "#" begins a comment at the start of a word only, so that a name is never cut short in silence. */
const wordsOf = (line: string): string[] =>
  line
    .replace(/(^|[ \t])#.*$/s, '$1')
    .split(/[ \t]+/)
    .filter((word) => word !== '');

/** The targets as texts for one order: neighbouring addresses put together, each name once. Fault when they are too many. */
export function orderedTargets(specs: readonly TargetSpec[]): string[] {
  const ranges: AddressRange[] = mergeRanges(specs.flatMap((spec) => (spec.kind === 'ranges' ? spec.ranges : [])));
  const names = new Set(specs.flatMap((spec) => (spec.kind === 'hostname' ? [spec.hostname] : [])));
  const targets = [...ranges.map(formatRange), ...names];
  if (targets.length <= MOST_TARGETS) return targets;
  throw new Fault(
    'bad-input',
    `reading targets: they are ${targets.length} separate ones, and ${MOST_TARGETS} fit into one scan`,
    'write blocks or ranges, or make several lists with a folder each',
  );
}

interface Named {
  /** Path of a list, "-" for what is piped in. */
  readonly file: string | undefined;
  readonly typed: readonly string[];
}

/** All targets of a command line: those typed, and those of its list. */
export async function targetsOf({ file, typed }: Named, call: Call): Promise<string[]> {
  const specs = [
    // A word that was typed is one target: a "#" in it is no comment, and a blank parts nothing.
    ...readStrictly(typed.map((word) => ({ word }))),
    ...(file === undefined ? [] : readTargetList(await listText(file, call), file === '-' ? 'stdin' : file)),
  ];
  if (specs.length === 0)
    throw new Fault('bad-input', 'reading the command line: it names no target', 'name a list with -f FILE, or targets');
  return orderedTargets(specs);
}

async function listText(file: string, { world }: Call): Promise<string> {
  // Opening a folder succeeds, and reading it fails without its name.
  const isFolder = file !== '-' && statSync(resolve(world.cwd, file)).isDirectory();
  if (isFolder) throw new Fault('bad-input', `reading ${file}: it is a folder`, 'name the list of targets in it');
  const source = file === '-' ? world.stdin : createReadStream(resolve(world.cwd, file));
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > LONGEST)
      throw new Fault('bad-input', `reading ${file}: it is longer than ${LONGEST} bytes`, 'name the list of targets, not another file');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
