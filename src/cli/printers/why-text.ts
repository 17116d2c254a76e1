import type { WhyChangeJson, WhyDeviceJson, WhyStepJson } from '../../contract/index.ts';
import { localTime } from '../terminal/moment.ts';
import type { Output, Piece } from '../terminal/output.ts';
import { changeText, deviceLabel } from './change-text.ts';
import { presencePiece } from './device-text.ts';
import { numberText } from './part-text.ts';
import { portList } from './port-text.ts';

/** The evidence trail of a change: what, by which scan, from which words of its tool. */
export function printWhyChange(out: Output, { change, steps, beside, verdict }: WhyChangeJson): void {
  const { seq, at, kind, device, scan } = change;
  out.line({ text: `change ${seq}  ${kind}`, tone: 'strong' }, `  ${deviceLabel(device)}  ${localTime(Date.parse(at))}`);
  const what = changeText(change);
  if (what !== '') out.line(`  ${what}`);
  out.line();
  out.line({ text: steps[0]?.scan?.plan === 'edit' ? `said by edit ${scan}` : `found by scan ${scan}`, tone: 'dim' });
  for (const step of steps) printStep(out, step);
  if (verdict === null) out.line('  ', 'rule'.padEnd(11), { text: 'none has judged it', tone: 'dim' });
  if (beside.length === 0) return;
  out.line();
  out.line({ text: 'by the same scan', tone: 'dim' });
  for (const other of beside) out.line(`  ${other.seq}  ${other.kind}  ${changeText(other)}`);
}

const padded = (piece: Piece, columns: number): Piece =>
  typeof piece === 'string' ? piece.padEnd(columns) : { ...piece, text: piece.text.padEnd(columns) };

/** What is believed of a device, each thing with its evidence. */
export function printWhyDevice(out: Output, { device, part, steps }: WhyDeviceJson): void {
  out.line(
    { text: device.name ?? `device ${device.id}`, tone: 'strong' },
    `  ${numberText(device, part)}  `,
    presencePiece(device.presence),
  );
  for (const step of steps) printStep(out, step);
}

const HEADS: Readonly<Record<WhyStepJson['kind'], Piece>> = {
  scan: 'scan',
  lines: 'output',
  identity: 'identity',
  belief: '',
  coverage: 'looked',
  tolerance: 'tolerance',
  rule: 'rule',
  lost: { text: 'not known', tone: 'warn' },
};

function printStep(out: Output, { kind, text, at, until, lastSeen, commands, lines, scan }: WhyStepJson): void {
  out.line(
    '  ',
    kind === 'belief' ? timesOf(at, until) : padded(HEADS[kind], 11),
    inShort(text),
    kind === 'scan' ? timeNote(at) : seenNote(lastSeen),
  );
  for (const command of commands) out.line({ text: `${INDENT}$ ${command}`, tone: 'dim' });
  // A word of a person looked for nobody.
  if (kind === 'scan' && scan?.coverage && scan.plan !== 'edit') out.line({ text: `${INDENT}${coverageText(scan.coverage)}`, tone: 'dim' });
  for (const line of lines) out.line(`${INDENT}| ${line}`);
}

/** A thousand ports that were asked would be a line of four thousand characters; as JSON they are there. */
const inShort = (text: string): string =>
  text.replace(/(?<=^asked \w+ )ports ([\d,-]+)/, (all: string, ports: string) => {
    const short = portList(ports);
    return short === ports ? all : short;
  });

const INDENT = ' '.repeat(13);

function timesOf(at: string | null, until: string | null): string {
  if (at === null) return ''.padEnd(21);
  return `${localTime(Date.parse(at))}${until === null ? '' : ` to ${localTime(Date.parse(until))}`}  `;
}

const timeNote = (at: string | null): string => (at === null ? '' : `, at ${localTime(Date.parse(at))}`);
const seenNote = (at: string | null): string => (at === null ? '' : `, last seen ${localTime(Date.parse(at))}`);

type Coverage = NonNullable<NonNullable<WhyStepJson['scan']>['coverage']>;

const SHOWN = 8;

function coverageText({ addresses, ports, depth }: Coverage): string {
  if (addresses.length === 0) return 'its silence says nothing of anybody';
  const more = addresses.length > SHOWN ? ` and ${addresses.length - SHOWN} more` : '';
  const asked = Object.entries(ports).map(([protocol, set]) => `${protocol} ${portList(set)}`);
  return [`asked ${addresses.slice(0, SHOWN).join(' ')}${more} for ${depth}`, ...asked].join(', ');
}
