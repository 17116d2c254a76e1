import { visibleJson } from '../../terminal/visible.ts';
import type { Document } from '../document.ts';

/** A comparison as one JSON document, {a, b, devices, sum}, device by device: none of them is held. Of a summary, {a, b, sum}. */
export const jsonPieces: Document = async function* (items, { summary }) {
  let devices = 0;
  for await (const item of items) {
    if (item.kind === 'sides') yield `{\n  "a": ${indented(item.a)},\n  "b": ${indented(item.b)},\n  ${summary ? '' : '"devices": ['}`;
    else if (item.kind === 'device') {
      const { kind: _, ...device } = item;
      yield `${devices++ === 0 ? '\n    ' : ',\n    '}${visibleJson(JSON.stringify(device))}`;
    } else {
      const { kind: _, ...sum } = item;
      const end = devices === 0 ? '],\n  ' : '\n  ],\n  ';
      yield `${summary ? '' : end}"sum": ${indented(sum)}\n}\n`;
    }
  }
};

const indented = (value: unknown): string => visibleJson(JSON.stringify(value, null, 2)).replaceAll('\n', '\n  ');
