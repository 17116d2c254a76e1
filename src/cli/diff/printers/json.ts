import type { ComparisonItem } from '../../../core/index.ts';
import { visibleJson } from '../../terminal/visible.ts';
import type { Document } from '../document.ts';

/** A comparison as one JSON document, {a, b, devices, sum}, device by device: none of them is held. Of a summary, {a, b, sum}. */
export const jsonPieces: Document = async function* (items, { summary }) {
  let devices = 0;
  for await (const item of items) yield pieceOf(item, { summary, before: item.kind === 'device' ? devices++ : devices });
};

/** `before`: how many devices stand before it. */
function pieceOf(item: ComparisonItem, { summary, before }: { readonly summary: boolean; readonly before: number }): string {
  if (item.kind === 'sides') return `{\n  "a": ${indented(item.a)},\n  "b": ${indented(item.b)},\n  ${summary ? '' : '"devices": ['}`;
  const { kind, ...rest } = item;
  if (kind === 'device') return `${before === 0 ? '\n    ' : ',\n    '}${visibleJson(JSON.stringify(rest))}`;
  const end = before === 0 ? '],\n  ' : '\n  ],\n  ';
  return `${summary ? '' : end}"sum": ${indented(rest)}\n}\n`;
}

const indented = (value: unknown): string => visibleJson(JSON.stringify(value, null, 2)).replaceAll('\n', '\n  ');
