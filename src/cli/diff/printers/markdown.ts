import type { ComparedSide } from '../../../core/index.ts';
import { blockOf } from '../block.ts';
import type { Document } from '../document.ts';
import { fewUnknown, unknownLeftOut } from '../few-unknown.ts';
import { sumFirst } from '../sum-first.ts';
import { cautions, type Sum, sideText, sumText } from '../sum-text.ts';
import { type Block, isOneLine, type Mark, type Row } from '../words.ts';
import { codeSpan, markdownWords } from './markdown-text.ts';

const WORDS: Readonly<Record<Mark, string>> = { '+': 'added', '-': 'removed', '~': 'changed', '!': 'look at this', '?': 'unknown' };

/** A comparison as GitHub's Markdown: a table of the sides, the sum, a table for each device. */
export const markdownPieces: Document = async function* (items, { verbose }) {
  for await (const item of sumFirst(verbose ? items : fewUnknown(items))) {
    if (item.kind === 'sides') yield sidesTable(item.a, item.b);
    else if (item.kind === 'sum') yield sumLines(item, verbose);
    else yield deviceTable(blockOf(item));
  }
};

const table = (heading: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heading, heading.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |\n`).join('');

function sidesTable(a: ComparedSide, b: ComparedSide): string {
  const row = (letter: string, side: ComparedSide): string[] => [letter, codeSpan(side.title), markdownWords([sideText(side)])];
  const notes = [a, b].flatMap((side, i) => cautions(side).map((note) => `\n> ${'AB'[i]}: ${codeSpan(note)}\n`));
  return `# What changed\n\n${table(['', 'side', ''], [row('A', a), row('B', b)])}${notes.join('')}`;
}

function sumLines(sum: Sum, verbose: boolean): string {
  const rest = verbose ? null : unknownLeftOut(sum);
  return `\n**${markdownWords([sumText(sum)])}**\n${rest === null ? '' : `\n${markdownWords([rest])}\n`}`;
}

function deviceTable(block: Block): string {
  const { mark, label, verdict, rows } = block;
  if (isOneLine(block)) return `\n${WORDS[mark]}: ${markdownWords([...label, ': ', ...rows.flatMap(({ words }) => words)])}\n`;
  const heading = `\n### ${verdict || WORDS[mark]}: ${markdownWords(label)}\n`;
  return rows.length === 0 ? heading : `${heading}\n${table(['', 'what', 'how'], rows.map(cells))}`;
}

function cells({ mark, subject, words, lines }: Row): string[] {
  const told = lines.map((line) => codeSpan(`${line.mark} ${line.text}`));
  return [WORDS[mark], markdownWords([subject]), [markdownWords(words), ...told].join('<br>')];
}
