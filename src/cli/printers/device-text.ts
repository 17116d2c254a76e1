import type { DeviceHistoryJson, DeviceJson } from '../../contract/index.ts';
import { localTime } from '../terminal/moment.ts';
import type { Output, Piece, Tone } from '../terminal/output.ts';
import { CHANGE_HEADING, changeRow } from './change-text.ts';
import { printHistory } from './history-text.ts';
import { numberText } from './part-text.ts';
import { openPorts, portText, servingLines } from './port-text.ts';

const TONES: Record<DeviceJson['presence'], Tone> = { present: 'good', away: 'bad', unknown: 'warn' };

export const presencePiece = (presence: DeviceJson['presence']): Piece => ({ text: presence, tone: TONES[presence] });

export const DEVICE_HEADING = ['ID', 'NAME', 'PRESENCE', 'ADDRESS', 'MAC', 'VENDOR', 'LAST SEEN', 'OPEN PORTS'] as const;

/** A row of the table of devices. */
export function deviceRow({ id, name, presence, addresses, macs, vendor, randomizedMac, lastSeen, ports }: DeviceJson): Piece[] {
  const maker = vendor ?? (randomizedMac ? '(made-up MAC)' : '-');
  return [
    String(id),
    name ?? '-',
    presencePiece(presence),
    more(addresses),
    more(macs),
    maker,
    localTime(Date.parse(lastSeen)),
    openPorts(ports) || '-',
  ];
}

/** The first of a list, and how many there are beside it. */
const more = ([first, ...rest]: readonly string[]): string => (rest.length > 0 ? `${first} +${rest.length}` : (first ?? '-'));

/** Everything about one device, for people; with `labels` also who said them when. */
export function printDevice(out: Output, { device, part, spans, changes }: DeviceHistoryJson, labels = false): void {
  out.line(
    { text: device.name ?? `device ${device.id}`, tone: 'strong' },
    `  ${numberText(device, part)}  `,
    presencePiece(device.presence),
  );
  for (const [label, value] of facts(device)) if (value !== '') out.line(`  ${label.padEnd(12)}${value}`);
  if (device.ports.length > 0) out.line('  ports');
  for (const port of device.ports) {
    out.line(`    ${portText(port)}`, { text: askedText(port), tone: 'dim' });
    for (const line of servingLines(port)) out.line(`      ${line}`);
  }
  if (labels) {
    out.line();
    printHistory(out, { spans });
  }
  if (changes.length === 0) return;
  out.line();
  out.table(CHANGE_HEADING, changes.map(changeRow));
}

const askedText = ({ checkedAt }: DeviceJson['ports'][number]): string =>
  checkedAt === undefined ? '' : `  asked ${localTime(Date.parse(checkedAt))}`;

function facts(device: DeviceJson): [label: string, value: string][] {
  return [
    ['alias', device.alias ?? ''],
    ...namesOf(device),
    ['addresses', device.addresses.join(' ')],
    ['MACs', device.macs.join(' ') + (device.randomizedMac ? ' (made up, as phones do)' : '')],
    ['vendor', device.vendor ?? ''],
    ['system', device.os ?? ''],
    ['first seen', localTime(Date.parse(device.firstSeen))],
    ['last seen', localTime(Date.parse(device.lastSeen))],
    ...labelsOf(device),
  ];
}

/** Each with who says so, since when, and when that was said last. */
function namesOf({ nameSources }: DeviceJson): [label: string, value: string][] {
  return nameSources.map(({ name, source, since, confirmed }, i) => {
    const age = [
      since === null ? '' : `, since ${localTime(Date.parse(since))}`,
      confirmed === null || confirmed === since ? '' : `, confirmed ${localTime(Date.parse(confirmed))}`,
    ];
    return [i === 0 ? 'names' : '', `${name} (${source}${age.join('')})`];
  });
}

/** What people say of it. */
function labelsOf(device: DeviceJson): [label: string, value: string][] {
  const carried = device.carried === null ? '' : device.carried ? 'yes' : 'no';
  return [
    ['type', typeText(device)],
    ['owner', device.owner ?? ''],
    ['carried', carried],
    ['groups', device.groups.join(', ')],
    ['tags', device.tags.join(', ')],
    ['importance', device.importance === 'normal' ? '' : device.importance],
    ['probe', probeText(device)],
    ['window', device.window ?? ''],
    ['note', device.note?.replace(/\s+/g, ' ') ?? ''],
  ];
}

function probeText({ probed, gentle, harmed }: DeviceJson): string {
  if (harmed !== null) return `no, it fell silent under scan ${harmed}; "rollcall device release" lets it be asked again`;
  if (!probed) return 'no, it is only listened to';
  return gentle === null ? '' : gentle ? 'gently: few ports, slowly' : 'yes, like any other device';
}

/** A guess says so, and why. */
function typeText({ type, typeBy, typeGuess }: DeviceJson): string {
  if (type === null || typeGuess === null || typeBy === 'person') return type ?? '';
  return `${type} (${Math.round(typeGuess.confidence * 100)} %: ${typeGuess.reason})`;
}
