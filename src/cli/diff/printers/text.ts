import type { ComparedSide, ComparisonItem } from '../../../core/index.ts';
import type { Piece, Tone } from '../../terminal/output.ts';
import { visible, widthOf } from '../../terminal/visible.ts';
import { blockOf } from '../block.ts';
import { fewUnknown, unknownLeftOut } from '../few-unknown.ts';
import { type Sum, sideText, sumText } from '../sum-text.ts';
import { type Block, isOneLine, type Mark, plain, type Row } from '../words.ts';

/** A line on its way to the terminal, which escapes it. */
export type Line = readonly Piece[];

const TONES: Readonly<Record<Mark | ' ', Tone>> = { '+': 'good', '-': 'bad', '~': 'warn', '!': 'bad', '?': 'dim', ' ': 'dim' };

/** A comparison for people at a terminal: both sides, each device with what differs under it, the sum. */
export async function* textLines(
  items: AsyncIterable<ComparisonItem>,
  { verbose }: { readonly verbose: boolean },
): AsyncGenerator<Line, void, void> {
  // Lines of devices of which nothing can be said stand together; every other device stands by itself.
  let loose = false;
  for await (const item of verbose ? items : fewUnknown(items)) {
    if (item.kind === 'sides') yield* [sideLine('A', item.a), sideLine('B', item.b)];
    else if (item.kind === 'sum') yield* sumLines(item, verbose);
    else {
      const block = blockOf(item);
      yield* blockLines(block, loose);
      loose = isOneLine(block);
    }
  }
}

const sideLine = (letter: 'A' | 'B', side: ComparedSide): Line => [
  dim(`${letter}  `),
  { text: side.title, tone: 'strong' },
  dim(`  ${sideText(side)}`),
];

function sumLines(sum: Sum, verbose: boolean): Line[] {
  const rest = verbose ? null : unknownLeftOut(sum);
  const last: Line[] = [[], [{ text: sumText(sum), tone: 'strong' }]];
  return rest === null ? last : [[dim(`? ${rest}`)], ...last];
}

function blockLines(block: Block, underLoose: boolean): Line[] {
  const { mark, label, verdict, rows } = block;
  if (isOneLine(block)) {
    const line = [dim(`? ${plain(label)}: ${plain(rows.flatMap(({ words }) => words))}`)];
    return underLoose ? [line] : [[], line];
  }
  const tone = TONES[mark];
  const head: Line = [
    { text: `${mark} `, tone },
    { text: plain(label), tone: 'strong' },
    { text: verdict && `  ${verdict}`, tone },
  ];
  const width = Math.max(0, ...rows.map(subjectWidth));
  return [[], head, ...rows.flatMap((row) => rowLines(row, width))];
}

const subjectWidth = ({ subject }: Row): number => widthOf(visible(plain([subject])));

function rowLines(row: Row, width: number): Line[] {
  const { mark, subject, words, lines } = row;
  const gap = subject === '' ? '' : ' '.repeat(width - subjectWidth(row) + 2);
  const text = `${plain([subject])}${gap}${plain(words)}`;
  const first: Line = mark === '?' ? ['  ', dim(`? ${text}`)] : ['  ', { text: mark, tone: TONES[mark] }, ` ${text}`];
  return [first, ...lines.map((line): Line => ['      ', { text: `${line.mark} ${line.text}`, tone: TONES[line.mark] }])];
}

const dim = (text: string): Piece => ({ text, tone: 'dim' });
