import { dateText } from '../banner.ts';
import type { LocalTime } from '../local-time.ts';
import type { PrinterOptions } from '../printer.ts';
import type { NdiffHeader } from '../scan.ts';
import { element } from './element.ts';

/** Which scans these are; when verbose also if nothing tells them apart. */
export function headerDiff(a: NdiffHeader, b: NdiffHeader, { verbose, zone }: PrinterOptions): string {
  // No line ends between these tags, unlike everywhere else.
  if (!sameHeader(a, b, zone)) return `<a>${runElement(a, zone)}</a><b>${runElement(b, zone)}</b>`;
  return verbose ? runElement(a, zone) : '';
}

function sameHeader(a: NdiffHeader, b: NdiffHeader, zone: LocalTime): boolean {
  const shown = (epoch: number | null): string | null => (epoch === null ? null : dateText(epoch, zone));
  return (
    a.scanner === b.scanner &&
    a.version === b.version &&
    a.args === b.args &&
    shown(a.start) === shown(b.start) &&
    shown(a.end) === shown(b.end)
  );
}

/** The start is read off the clock at the wall again, which is not always the moment it was. */
function runElement({ scanner, args, start, version }: NdiffHeader, zone: LocalTime): string {
  const moment = start === null ? null : zone.epoch(zone.civil(start));
  return element('nmaprun', { scanner, args, start: moment, startstr: start === null ? null : dateText(start, zone), version });
}
