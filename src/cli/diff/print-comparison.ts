import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ComparedSide, ComparisonItem } from '../../core/index.ts';
import { type Call, EXIT } from '../command.ts';
import type { Output } from '../terminal/output.ts';
import { DOCUMENTS, type Format, isNdiff } from './formats.ts';
import { heard, withoutDevices } from './items.ts';
import { textLines } from './printers/text.ts';
import { type Sum, sumText } from './sum-text.ts';

export interface Manner {
  readonly format: Format;
  /** Only the sum. */
  readonly summary: boolean;
}

/** Prints a comparison as it comes. Resolves to the exit code: 0 same, 1 different. */
export async function printComparison(
  items: AsyncIterable<ComparisonItem> | Iterable<ComparisonItem>,
  manner: Manner,
  call: Call,
): Promise<number> {
  let sum: Sum | null = null;
  let differs = false;
  const all = heard(items, (item) => {
    if (item.kind === 'sides') for (const side of [item.a, item.b]) caution(side, call.out);
    if (item.kind === 'device') differs ||= item.differences.length > 0;
    if (item.kind === 'sum') sum = item;
  });
  await print(manner.summary ? withoutDevices(all) : all, manner, call);
  if (sum !== null) sayUnknown(sum, manner, call.out);
  // A reader that has gone leaves us without a sum.
  return differs ? EXIT.found : EXIT.fine;
}

async function print(items: AsyncIterable<ComparisonItem>, { format, summary }: Manner, call: Call): Promise<void> {
  const { out } = call;
  if (format !== 'text')
    await write((await DOCUMENTS[format]())(items, { verbose: out.options.verbose, summary }), (piece) => out.raw(piece), call);
  else if (!summary) await write(textLines(items, out.options), (line) => out.line(...line), call);
  else for await (const item of items) if (item.kind === 'sum') out.line(sumText(item));
}

function sayUnknown({ unknown }: Sum, { format }: Manner, out: Output): void {
  if (unknown > 0 && isNdiff(format)) out.note(`${unknown} unknown: this format has no words for it`);
}

/** What makes a side less than it seems is said beside the result, too, so that nobody overlooks it. */
function caution({ title, partial, warnings }: ComparedSide, out: Output): void {
  if (partial !== null)
    out.complain({ text: 'rollcall:', tone: 'warn' }, ` ${title} is not whole: ${partial}; what it does not tell is unknown`);
  for (const warning of warnings) out.note({ text: 'rollcall:', tone: 'warn' }, ` ${title}: ${warning}`);
}

/** Pieces written between two looks at whether anybody still reads. */
const STRETCH = 64;

async function write<T>(pieces: AsyncIterable<T>, put: (piece: T) => void, { unread }: Call): Promise<void> {
  let written = 0;
  for await (const piece of pieces) {
    put(piece);
    if (++written % STRETCH === 0) await nextTurn();
    if (unread.aborted) return;
  }
}
