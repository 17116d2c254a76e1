import { isChange } from '../compare-hosts.ts';
import type { ScriptDiff } from '../differences.ts';
import { matchingOpcodes, type Opcode } from '../matcher.ts';
import { splitLines } from '../python-text.ts';
import type { NdiffScript } from '../scan.ts';
import { type Mark, sideMark } from './mark.ts';

/**
 * What changed in the lines of a script, each with its mark. The frame belongs to the lines: a new last line changes two.
 * Outputs may differ and their lines be the same; that is only told when verbose.
 */
export function scriptLines({ a, b }: ScriptDiff, verbose: boolean): string[] {
  const [old, fresh] = [framed(a), framed(b)];
  const opcodes = matchingOpcodes(old, fresh);
  return verbose || opcodes.some(isChange) ? markedLines(old, fresh, opcodes) : [];
}

function framed(script: NdiffScript | null): string[] {
  if (script === null) return [];
  const lines = splitLines(script.output);
  return lines.map((line, i) => `${i === lines.length - 1 ? '|_ ' : '|  '}${i === 0 ? `${script.id}: ` : ''}${line}`);
}

/** Both lists as one, with marks; where entries were replaced, all old ones come before all new ones. */
export function markedLines(a: readonly string[], b: readonly string[], opcodes: readonly Opcode[]): string[] {
  return opcodes.flatMap(({ tag, aStart, aEnd, bStart, bEnd }) =>
    tag === 'equal' ? marked(' ', a.slice(aStart, aEnd)) : [...marked('-', a.slice(aStart, aEnd)), ...marked('+', b.slice(bStart, bEnd))],
  );
}

const marked = (mark: Mark, lines: readonly string[]): string[] => lines.map((line) => mark + line);

export interface ScriptBlock {
  readonly title: string;
  readonly a: readonly NdiffScript[];
  readonly b: readonly NdiffScript[];
  readonly diffs: readonly ScriptDiff[];
  readonly verbose: boolean;
}

/** The scripts of a host or of a whole scan, under their title. */
export function scriptBlock({ title, a, b, diffs, verbose }: ScriptBlock): string[] {
  const lines = diffs.flatMap((diff) => scriptLines(diff, verbose));
  // Scripts without output have no lines.
  return lines.length === 0 ? [] : ['', `${sideMark(a.length > 0, b.length > 0)}${title} script results:`, ...lines];
}
