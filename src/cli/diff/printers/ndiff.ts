import type { ComparedSide, ComparisonItem } from '../../../core/index.ts';
import {
  compareHosts,
  localTime,
  type NdiffHeader,
  type NdiffPrinter,
  type PrinterOptions,
  textPrinter,
  xmlPrinter,
} from '../../../ndiff/index.ts';
import { visible } from '../../terminal/visible.ts';
import type { Document } from '../document.ts';
import { ndiffHosts } from '../ndiff-hosts.ts';

/** In the zone of this machine, as everything else that is printed here. */
const options = (): PrinterOptions => ({
  verbose: false,
  zone: localTime((epoch) => -60 * new Date(epoch * 1000).getTimezoneOffset()),
});

/** A comparison as Ndiff's text, which has no words for what is unknown: it is left out. */
export const ndiffTextPieces: Document = (items) => pieces(items, textPrinter(options()));

/** The same as Ndiff's XML. */
export const ndiffXmlPieces: Document = (items) => pieces(items, xmlPrinter(options()));

async function* pieces(items: AsyncIterable<ComparisonItem>, printer: NdiffPrinter): AsyncGenerator<string, void, void> {
  let headers: readonly [NdiffHeader, NdiffHeader] | null = null;
  for await (const item of items) {
    if (item.kind === 'sides') {
      headers = [headerOf(item.a), headerOf(item.b)];
      yield printer.open(...headers);
    } else if (item.kind === 'sum') {
      if (headers !== null) yield printer.close(...headers);
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
