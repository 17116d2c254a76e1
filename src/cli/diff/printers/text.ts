import type { ComparedSide, ComparisonItem } from '../../../core/index.ts';
import type { Piece, Tone } from '../../terminal/output.ts';
import { visible, widthOf } from '../../terminal/visible.ts';
import { blockOf } from '../block.ts';
import { sideText, sumText } from '../sum-text.ts';
import { type Block, type Mark, plain, type Row } from '../words.ts';

/** A line on its way to the terminal, which escapes it. */
export type Line = readonly Piece[];

const TONES: Readonly<Record<Mark | ' ', Tone>> = { '+': 'good', '-': 'bad', '~': 'warn', '?': 'dim', ' ': 'dim' };

/** Devices of which nothing can be said, told one by one before they are only counted. */
const UNKNOWN_TOLD = 5;

/** A comparison for people at a terminal: both sides, each device with what differs under it, the sum. */
export async function* textLines(
  items: AsyncIterable<ComparisonItem>,
  { verbose }: { readonly verbose: boolean },
): AsyncGenerator<Line, void, void> {
  let silent = 0;
  for await (const item of items) {
    if (item.kind === 'sides') yield* [sideLine('A', item.a), sideLine('B', item.b)];
    else if (item.kind === 'device') {
      const untold = item.differences.length === 0 && !verbose && ++silent > UNKNOWN_TOLD;
      if (!untold) yield* blockLines(blockOf(item));
    } else {
      if (silent > UNKNOWN_TOLD) yield [dim(`? and ${silent - UNKNOWN_TOLD} more of which nothing can be said (--verbose tells them)`)];
      yield* [[], [{ text: sumText(item), tone: 'strong' }]];
    }
  }
}

const sideLine = (letter: 'A' | 'B', side: ComparedSide): Line => [
  dim(`${letter}  `),
  { text: side.title, tone: 'strong' },
  dim(`  ${sideText(side)}`),
];

function blockLines(block: Block): Line[] {
  const { mark, label, verdict, rows } = block;
  const [only] = rows;
  // One line is enough for a device of which nothing is known.
  if (mark === '?' && only && rows.length === 1) return [[dim(`? ${plain(label)}: ${plain(only.words)}`)]];
  const tone = TONES[mark];
  const head: Line = [
    { text: `${mark} `, tone },
    { text: plain(label), tone: 'strong' },
    { text: verdict && `  ${verdict}`, tone },
  ];
  const width = Math.max(0, ...rows.map(({ subject }) => widthOf(visible(subject))));
  return [[], head, ...rows.flatMap((row) => rowLines(row, width))];
}

function rowLines({ mark, subject, words, lines }: Row, width: number): Line[] {
  const gap = subject === '' ? '' : ' '.repeat(width - widthOf(visible(subject)) + 2);
  const text = `${subject}${gap}${plain(words)}`;
  const first: Line = mark === '?' ? ['  ', dim(`? ${text}`)] : ['  ', { text: mark, tone: TONES[mark] }, ` ${text}`];
  return [first, ...lines.map((line): Line => ['      ', { text: `${line.mark} ${line.text}`, tone: TONES[line.mark] }])];
}

const dim = (text: string): Piece => ({ text, tone: 'dim' });
