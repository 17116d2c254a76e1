import type { ChangeJson } from '../../contract/index.ts';
import { changeWords } from '../../core/index.ts';
import { localTime } from '../terminal/moment.ts';
import type { Piece, Tone } from '../terminal/output.ts';
import { shortened } from '../terminal/visible.ts';
import { shortLabel } from './label-text.ts';

const TONES: Partial<Record<ChangeJson['kind'], Tone>> = {
  'device.appeared': 'warn',
  'device.left': 'bad',
  'device.harmed': 'bad',
  'device.released': 'good',
  'device.returned': 'good',
  'port.opened': 'warn',
  'service.key-changed': 'bad',
  'certificate.expiring': 'warn',
  'vantage.blind': 'bad',
  'vantage.restored': 'good',
};

/** A row of the table of changes: number, time, kind, device, what is different. */
export function changeRow(change: ChangeJson): Piece[] {
  const tone = TONES[change.kind];
  const kind = tone ? { text: change.kind, tone } : change.kind;
  return [String(change.seq), localTime(Date.parse(change.at)), kind, deviceLabel(change.device), shortened(changeText(change), WHAT)];
}

export const CHANGE_HEADING = ['SEQ', 'WHEN', 'CHANGE', 'DEVICE', 'WHAT'] as const;

/** Columns of a name, so that the number behind it still has room in a cell. */
const NAME = 32;
/** Columns of what is different; "rollcall why" has all of it. */
const WHAT = 120;

/** "printer (#7)", or "#7" for one without a name. */
export function deviceLabel(device: { readonly id: number; readonly name: string | null } | null): string {
  if (device === null) return '-';
  return device.name === null ? `#${device.id}` : `${shortened(device.name, NAME)} (#${device.id})`;
}

/** What is different, in words of its kind. */
export const changeText = (change: ChangeJson): string => changeWords(change, { time: localTime, shorten: shortLabel });
