import type { ComparisonItem } from '../../../core/index.ts';
import { visibleJson } from '../../terminal/visible.ts';

/** A comparison as one JSON document, {a, b, devices, sum}, device by device: none of them is held. */
export async function* jsonPieces(items: AsyncIterable<ComparisonItem>): AsyncGenerator<string, void, void> {
  let devices = 0;
  for await (const item of items) {
    if (item.kind === 'sides') yield `{\n  "a": ${indented(item.a)},\n  "b": ${indented(item.b)},\n  "devices": [`;
    else if (item.kind === 'device') {
      const { kind: _, ...device } = item;
      yield `${devices++ === 0 ? '\n    ' : ',\n    '}${visibleJson(JSON.stringify(device))}`;
    } else {
      const { kind: _, ...sum } = item;
      yield `${devices === 0 ? '' : '\n  '}],\n  "sum": ${indented(sum)}\n}\n`;
    }
  }
}

const indented = (value: unknown): string => visibleJson(JSON.stringify(value, null, 2)).replaceAll('\n', '\n  ');
