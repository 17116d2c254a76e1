import type { GroupJson, PersonJson } from '../../contract/index.ts';
import { localTime } from '../terminal/moment.ts';
import type { Output, Piece, Tone } from '../terminal/output.ts';
import { deviceLabel } from './change-text.ts';
import { lengthText } from './timeline-length.ts';

const TONES: Record<PersonJson['is'], Tone> = { home: 'good', away: 'bad', unknown: 'warn' };

const wherePiece = (is: PersonJson['is']): Piece => ({ text: is, tone: TONES[is] });

/** Who is home and since when; devices in brackets do not decide it. */
export function printPeople(out: Output, people: readonly PersonJson[], now: number): void {
  out.table(
    ['PERSON', 'IS', 'SINCE', 'FOR', 'LAST SEEN', 'DEVICES'],
    people.map(({ name, is, since, lastSeen, devices }) => [
      name,
      wherePiece(is),
      since === null ? '-' : localTime(Date.parse(since)),
      since === null ? '-' : lengthText(now - Date.parse(since)),
      localTime(Date.parse(lastSeen)),
      some(devices.map(shown)),
    ]),
  );
}

const shown = (device: PersonJson['devices'][number]): string => (device.counts ? deviceLabel(device) : `[${deviceLabel(device)}]`);

export function printGroups(out: Output, groups: readonly GroupJson[]): void {
  out.table(
    ['GROUP', 'PRESENT', 'LAST SEEN', 'DEVICES'],
    groups.map(({ name, present, lastSeen, devices }) => [
      name,
      `${present} of ${devices.length}`,
      localTime(Date.parse(lastSeen)),
      some(devices.map(deviceLabel)),
    ]),
  );
}

/** Devices named in one row. */
const SHOWN = 8;
const some = (names: readonly string[]): string =>
  names.length > SHOWN ? `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more` : names.join(', ');
