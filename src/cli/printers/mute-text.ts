import type { MuteJson } from '../../contract/index.ts';
import { localTime } from '../terminal/moment.ts';
import type { Piece } from '../terminal/output.ts';

export const MUTE_HEADING = ['ID', 'KIND', 'IS', 'FROM', 'UNTIL', 'BY', 'COVERS', 'WHY'] as const;

/** A row of the table of mutes, as they stand now. */
export const muteRow = (mute: MuteJson, now: number): Piece[] => [
  String(mute.id),
  mute.kind,
  standing(mute, now),
  localTime(Date.parse(mute.from)),
  mute.until === null ? 'it is ended' : localTime(Date.parse(mute.until)),
  mute.by ?? '-',
  coversText(mute),
  mute.why ?? '-',
];

function standing({ from, until, endedAt }: MuteJson, now: number): Piece {
  if (endedAt !== null) return { text: `ended ${localTime(Date.parse(endedAt))}`, tone: 'dim' };
  if (until !== null && Date.parse(until) <= now) return { text: 'over', tone: 'dim' };
  return Date.parse(from) > now ? { text: 'to come', tone: 'dim' } : { text: 'silent', tone: 'warn' };
}

/** What it covers: "rule new-device, device.left, group:iot", or everything. */
export function coversText({ rule, kinds, where }: MuteJson): string {
  const parts = [rule === null ? '' : `rule ${rule}`, kinds.join(', '), where ?? ''].filter((part) => part !== '');
  return parts.length === 0 ? 'everything' : parts.join('; ');
}

/** "from ... to ...", or until a person ends it. */
export function spanText({ from, until }: MuteJson): string {
  const end = until === null ? 'until it is ended' : `to ${localTime(Date.parse(until))}`;
  return `from ${localTime(Date.parse(from))} ${end}`;
}
