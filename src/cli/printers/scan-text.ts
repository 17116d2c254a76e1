import type { HostJson, ScanJson, ScanResultJson } from '../../contract/index.ts';
import { EXIT } from '../command.ts';
import { localTime } from '../terminal/moment.ts';
import type { Output, Piece, Tone } from '../terminal/output.ts';
import { CHANGE_HEADING, changeRow } from './change-text.ts';
import { portText } from './port-text.ts';

const TONES: Record<ScanJson['outcome'], Tone> = { complete: 'good', partial: 'warn', failed: 'bad', cancelled: 'warn', running: 'dim' };

/** Causes that the self-test explains. */
const MENDABLE: ReadonlySet<string> = new Set(['tool-missing', 'no-privilege']);

/** Exit code of a scan: 0 complete, 1 partial, 2 failed or cancelled. */
export function exitOfScan({ outcome }: ScanJson): number {
  if (outcome === 'complete') return EXIT.fine;
  return outcome === 'partial' ? EXIT.found : EXIT.failed;
}

export const outcomePiece = ({ outcome }: ScanJson): Piece => ({ text: outcome, tone: TONES[outcome] });

/** A finished scan with its hosts and changes: JSON, or all of it in words. */
export function printScanResult(out: Output, result: ScanResultJson): void {
  const { scan, hosts, changes, warnings } = result;
  if (out.options.json) return out.json(result);
  out.line(
    `scan ${scan.id} of ${scan.subject}: `,
    outcomePiece(scan),
    `, ${counted(scan.up, 'host')} up of ${scan.asked} asked${lasted(scan)}${sentText(result)}`,
  );
  if (scan.cause) out.line(`  because ${scan.cause.text}`);
  if (scan.cause && MENDABLE.has(scan.cause.code)) out.line({ text: '  remedy:', tone: 'good' }, ' "rollcall doctor" names the fix');
  if (scan.privileged === false && scan.plan !== 'ingest' && scan.commands.length > 0)
    out.line({ text: '  by connections only: without privilege no MACs are seen and filtered ports tell less', tone: 'dim' });
  for (const warning of warnings) out.line({ text: `  ${warning}`, tone: 'warn' });
  if (hosts.length > 0) {
    out.line();
    hostTable(out, hosts);
  }
  printChanges(out, scan, changes);
}

/** What answered, a line each. */
export function hostTable(out: Output, hosts: readonly HostJson[]): void {
  out.table(['ADDRESS', 'NAME', 'MAC', 'VENDOR', 'PORTS'], hosts.map(hostRow));
}

function hostRow({ address, names, mac, vendor, ports, timedOut }: HostJson): Piece[] {
  const told = ports.filter(({ state }) => state !== 'closed').map(portText);
  return [address, names[0] ?? '-', mac ?? '-', vendor ?? '-', timedOut ? 'gave up: ports unknown' : told.join(', ') || '-'];
}

function printChanges(out: Output, scan: ScanJson, changes: ScanResultJson['changes']): void {
  out.line();
  if (changes.length > 0) out.table(CHANGE_HEADING, changes.map(changeRow));
  else out.line(scan.outcome === 'failed' ? 'nothing was learned, so nothing changed' : 'nothing changed');
}

function lasted({ startedAt, finishedAt }: ScanJson): string {
  return finishedAt === null ? '' : `, took ${((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000).toFixed(1)} s`;
}

/** All that left by its interface, of others, too. */
const sentText = ({ sent }: ScanResultJson): string => (sent ? `, ${counted(sent, 'packet')} sent` : '');

/** "1 host", "3 hosts". */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** A row of the table of scans. */
export function scanRow(scan: ScanJson): Piece[] {
  const { id, startedAt, plan, subject, up, asked, changes, cause } = scan;
  return [
    String(id),
    localTime(Date.parse(startedAt)),
    plan,
    subject,
    outcomePiece(scan),
    `${up}/${asked}`,
    String(changes),
    cause?.text ?? '',
  ];
}

export const SCAN_HEADING = ['ID', 'STARTED', 'PLAN', 'SUBJECT', 'OUTCOME', 'UP', 'CHANGES', 'CAUSE'] as const;
