import type { ComparedSide, ComparisonItem } from '../../../core/index.ts';
import { compareHosts, machineZone, type NdiffHeader, textPrinter, xmlPrinter } from '../../../ndiff/index.ts';
import { visible } from '../../terminal/visible.ts';
import { ndiffHosts } from '../ndiff-hosts.ts';

/** A comparison in the formats of Ndiff, which have no words for what is unknown: it is left out. */
export async function* ndiffPieces(
  items: AsyncIterable<ComparisonItem>,
  { xml }: { readonly xml: boolean },
): AsyncGenerator<string, void, void> {
  const printer = (xml ? xmlPrinter : textPrinter)({ verbose: false, zone: machineZone });
  let sides: readonly [NdiffHeader, NdiffHeader] | null = null;
  for await (const item of items) {
    if (item.kind === 'sides') {
      sides = [headerOf(item.a), headerOf(item.b)];
      yield printer.open(...sides);
    } else if (item.kind === 'sum') {
      if (sides !== null) yield printer.close(...sides);
    } else if (item.differences.length > 0) {
      const { a, b } = ndiffHosts(item);
      yield printer.host(compareHosts(a, b, false));
    }
  }
}

/** What Ndiff knows of a scan: who made it, when, and by which words. */
function headerOf({ title, at }: ComparedSide): NdiffHeader {
  const start = at === null ? null : Math.floor(Date.parse(at) / 1000);
  return { scanner: 'rollcall', version: null, args: visible(title), start, end: null, preScripts: [], postScripts: [] };
}
