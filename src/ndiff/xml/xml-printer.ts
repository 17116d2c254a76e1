import { compareScripts } from '../compare-scripts.ts';
import type { NdiffPrinter, PrinterOptions } from '../printer.ts';
import type { NdiffScript } from '../scan.ts';
import { element } from './element.ts';
import { headerDiff } from './header.ts';
import { hostDiff } from './host-diff.ts';
import { joined, scriptElement } from './parts.ts';
import { scriptDiffs } from './script-diffs.ts';

const OPEN = '<?xml version="1.0" encoding="utf-8"?>\n<nmapdiff version="1"><scandiff>';
const CLOSE = '</scandiff></nmapdiff>';

/** Writes a comparison as Ndiff's XML. It ends without a line end. */
export function xmlPrinter(options: PrinterOptions): NdiffPrinter {
  const scripts = (name: string, a: readonly NdiffScript[], b: readonly NdiffScript[]): string => {
    const diffs = compareScripts(a, b, options.verbose);
    if (diffs.length === 0) return '';
    // When both scans have some, Ndiff leaves the element around them out; when one has, it does not say which.
    return a.length > 0 && b.length > 0 ? scriptDiffs(diffs) : element(name, {}, joined([...a, ...b], scriptElement));
  };
  return {
    open: (a, b) => OPEN + headerDiff(a, b, options) + scripts('prescript', a.preScripts, b.preScripts),
    host: hostDiff,
    close: (a, b) => scripts('postscript', a.postScripts, b.postScripts) + CLOSE,
  };
}
