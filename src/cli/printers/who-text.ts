import type { AttendeeJson } from '../../contract/index.ts';
import { localTime } from '../terminal/moment.ts';
import type { Output, Piece } from '../terminal/output.ts';
import { lengthText } from './timeline-length.ts';

/** Who is what it is since when; whose devices they are first, as long as anybody owns any. */
export function printWho(out: Output, attendees: readonly AttendeeJson[], now: number): void {
  const owned = attendees.some(({ owner }) => owner !== null);
  const away = attendees.some(({ presence }) => presence !== 'present');
  const heading = [...(owned ? ['WHO'] : []), 'ID', 'DEVICE', 'TYPE', 'ADDRESS', 'SINCE', 'FOR', ...(away ? ['LAST SEEN'] : [])];
  out.table(
    heading,
    attendees.map((one, index) => {
      const who = one.owner === attendees[index - 1]?.owner ? '' : { text: one.owner ?? '-', tone: 'strong' as const };
      return [...(owned ? [who] : []), ...row(one, now), ...(away ? [localTime(Date.parse(one.lastSeen))] : [])];
    }),
  );
}

function row({ id, name, type, guessed, addresses, since }: AttendeeJson, now: number): Piece[] {
  const [first = '-', ...rest] = addresses;
  const began = since === null ? null : Date.parse(since);
  return [
    String(id),
    name ?? '-',
    type === null ? '-' : guessed ? `${type}?` : type,
    rest.length > 0 ? `${first} +${rest.length}` : first,
    began === null ? '-' : localTime(began),
    began === null ? '-' : lengthText(now - began),
  ];
}
