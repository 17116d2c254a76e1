import type { ComparedDevice, DeviceDifferences, DifferenceKind } from '../../core/index.ts';
import { rowsOf, unknownRow } from './rows.ts';
import { type Block, joinWords, type Mark, type Word } from './words.ts';

/** Kinds that say of the device as a whole how it stands, strongest first. */
const STANDING: readonly (readonly [kind: DifferenceKind, mark: Mark, verdict: string])[] = [
  ['device.appeared', '+', 'new'],
  ['device.left', '-', 'gone'],
  ['device.returned', '+', 'back'],
];

/** A device of a comparison in words, whatever they are printed on. */
export function blockOf({ device, differences, unknown }: DeviceDifferences): Block {
  const standing = STANDING.find(([kind]) => differences.some((difference) => difference.kind === kind));
  const [, mark, verdict] = standing ?? ['', differences.length === 0 ? '?' : '~', ''];
  return { mark, verdict, label: labelOf(device), rows: [...differences.flatMap(rowsOf), ...unknown.map(unknownRow)] };
}

/** Addresses and MACs shown of one device. */
const MOST = 4;

/** "10.0.0.5 printer (02:00:5e:00:53:01, ACME)", as far as it is known. */
export function labelOf({ id, name, addresses, macs, vendor }: ComparedDevice): Word[] {
  const who = [...some(addresses), name ?? ''].filter((text) => text !== '');
  const card = [...some(macs), vendor ?? ''].filter((text) => text !== '');
  const known: Word[] = joinWords(who, ' ');
  const bracket: Word[] = card.length === 0 ? [] : [' (', ...joinWords(card, ', '), ')'];
  if (known.length > 0) return [...known, ...bracket];
  return card.length > 0 ? joinWords(card, ' ') : [id === null ? 'a device without address and name' : `device #${id}`];
}

const some = (texts: readonly string[]): string[] =>
  texts.length > MOST ? [...texts.slice(0, MOST), `+${texts.length - MOST}`] : [...texts];
