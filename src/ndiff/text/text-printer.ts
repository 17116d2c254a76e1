import { bannerOf } from '../banner.ts';
import { Collapse } from '../collapse.ts';
import { compareScripts } from '../compare-scripts.ts';
import type { HostDiff } from '../differences.ts';
import { NoOrder } from '../pairs.ts';
import type { NdiffPrinter, PrinterOptions } from '../printer.ts';
import type { NdiffHeader, NdiffScript } from '../scan.ts';
import { nameLines, notShownLines, osLines, stateLines } from './host-lines.ts';
import { portTable } from './port-table.ts';
import { scriptBlock } from './script-lines.ts';

/** Writes a comparison as Ndiff's text. `host` throws a {@link Collapse} where Ndiff dies in the middle of a host. */
export function textPrinter({ verbose, zone }: PrinterOptions): NdiffPrinter {
  const scripts = (title: string, a: readonly NdiffScript[], b: readonly NdiffScript[]): string =>
    textOf(scriptBlock({ title, a, b, diffs: compareScripts(a, b, verbose), verbose }));
  const banners = (a: string, b: string): string[] => {
    if (a !== b) return [`-${a}`, `+${b}`];
    return verbose ? [` ${a}`] : [];
  };
  return {
    open: (a: NdiffHeader, b: NdiffHeader) =>
      textOf(banners(bannerOf(a, zone), bannerOf(b, zone))) + scripts('Pre-scan', a.preScripts, b.preScripts),
    host: hostText,
    close: (a, b) => scripts('Post-scan', a.postScripts, b.postScripts),
  };
}

function hostText(diff: HostDiff): string {
  const lines: string[] = [];
  try {
    for (const line of hostLines(diff)) lines.push(line);
  } catch (fault) {
    throw fault instanceof NoOrder ? new Collapse(fault.message, textOf(lines)) : fault;
  }
  return textOf(lines);
}

function* hostLines(diff: HostDiff): Generator<string> {
  yield '';
  yield* nameLines(diff);
  yield* stateLines(diff);
  yield* notShownLines(diff);
  yield* portTable(diff);
  yield* osLines(diff);
  yield* scriptBlock({ title: 'Host', a: diff.a.scripts, b: diff.b.scripts, diffs: diff.scripts, verbose: diff.verbose });
}

const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
