import { matchingOpcodes } from '../../ndiff/index.ts';
import type { ScriptLine } from './words.ts';

/** Lines told of one script; the rest is counted. */
const MOST = 12;

/** What two outputs of a script do not share, line by line, in order. */
export function scriptLines(before: string, after: string): ScriptLine[] {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  const lines = matchingOpcodes(old, fresh)
    .filter(({ tag }) => tag !== 'equal')
    .flatMap(({ aStart, aEnd, bStart, bEnd }) => [...marked('-', old.slice(aStart, aEnd)), ...marked('+', fresh.slice(bStart, bEnd))]);
  if (lines.length <= MOST) return lines;
  return [...lines.slice(0, MOST - 1), { mark: ' ', text: `... and ${lines.length - MOST + 1} more lines` }];
}

/** nmap begins many outputs with an empty line, and indents with tabs here and there. */
const linesOf = (output: string): string[] =>
  output.trim() === ''
    ? []
    : output
        .replace(/^\n|\n$/g, '')
        .replaceAll('\t', '    ')
        .split('\n');

const marked = (mark: ScriptLine['mark'], texts: readonly string[]): ScriptLine[] => texts.map((text) => ({ mark, text }));
