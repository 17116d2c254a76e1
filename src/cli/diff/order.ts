import { type AddressRange, Fault, orFault, parseTarget } from '../../core/index.ts';
import { type IgnoreRules, parseIgnore } from '../../diff/index.ts';
import type { Call } from '../command.ts';
import { type Format, isNdiff } from './formats.ts';
import { readSide, type Side } from './side.ts';

export interface Options {
  readonly format?: Format;
  readonly ignore?: readonly string[];
  readonly covers?: readonly string[];
  readonly summary?: boolean;
}

/** What a command line of `rollcall diff` asks for. */
export interface Order {
  readonly sides: readonly [Side, Side];
  readonly format: Format;
  readonly summary: boolean;
  readonly ignore: readonly string[];
  readonly rules: IgnoreRules;
  readonly covers: readonly AddressRange[];
}

/** Reads it; a Fault when it contradicts itself. */
export function orderOf({ args, options, out, world }: Call): Order {
  const { format = out.options.json ? 'json' : 'text', ignore = [], covers = [], summary = false } = options as Options;
  const rules = orFault(parseIgnore(ignore));
  const ranges = covers.flatMap(rangesOf);
  const here = { cwd: world.cwd, now: world.now() };
  const a = readSide(args[0] ?? '', here);
  const sides = [a, readSide(args[1] ?? usualOther(a), here)] as const;
  const order = { sides, format, summary, ignore, rules, covers: ranges };
  refuseContradictions(order, out.options.json);
  return order;
}

/** Who asks for a target at a time means that target, not the others that are there now. */
function usualOther(a: Side): string {
  const place = a.kind === 'stored' ? a.text.lastIndexOf('@') : -1;
  return place > 0 && a.kind === 'stored' ? `${a.text.slice(0, place)}@now` : 'now';
}

function rangesOf(text: string): readonly AddressRange[] {
  const target = orFault(parseTarget(text));
  if (target.kind === 'ranges') return target.ranges;
  throw new Fault('bad-input', `reading --covers ${target.text}: it is a name`, 'write addresses, blocks or ranges');
}

function refuseContradictions({ sides, format, summary, ignore, covers }: Order, json: boolean): void {
  const files = sides.filter(({ kind }) => kind !== 'stored').length;
  const wrong = (what: string, remedy: string): Fault => new Fault('bad-input', `reading the command line: ${what}`, remedy);
  if (sides.every(({ kind }) => kind === 'stdin'))
    throw wrong('both sides are "-", and there is one stdin', 'write one of them to a file first');
  if (json && format !== 'json') throw wrong(`--json contradicts --format ${format}`, 'leave one of them out');
  if (isNdiff(format) && summary) throw wrong(`--format ${format} has no --summary`, 'leave out one of them');
  if (covers.length > 0 && files === 0) throw wrong('--covers is for files, and no side is one', 'leave it out');
  if (isNdiff(format) && files === 2 && ignore.length + covers.length > 0)
    throw wrong(
      `two files are compared by Ndiff's own rules in --format ${format}, without --ignore and --covers`,
      'leave them out, or choose another format',
    );
}
