import {
  bad,
  filterText,
  good,
  leavesTime,
  type Reader,
  show,
  termName,
  text,
  type Upkeep,
  WINDOW_LIST,
  Written,
  type WrittenReading,
} from '../core/index.ts';

export const UPKEEP_KEYS = ['name', 'at', 'where', 'why'] as const;

const WHY = 'write one line that says why, like why = "backups"';
const whyText: Reader<string> = text(WHY, (value) => {
  const line = value.trim();
  const seen = line !== '' && line.length <= 200 && !/[\p{Cc}\u2028\u2029]/u.test(line);
  return seen ? good(line) : bad(`${show(value)} is not a line that can be shown`, WHY);
});

/** A [[maintenance]] as it is written. */
export function readUpkeepText(fields: { readonly [key in (typeof UPKEEP_KEYS)[number]]?: unknown }): WrittenReading<Upkeep> {
  const written = new Written(fields);
  const name = written.needed('name', termName('maintenance', 'sunday-backups'));
  const hours = written.neededList('at', { ...WINDOW_LIST, none: false, example: 'at = ["Sun 02:00-04:00"]' });
  const where = written.one('where', filterText);
  const why = written.one('why', whyText);
  if (hours && hours.length > 0 && !leavesTime(hours))
    written.blame(['at'], {
      reason: 'it leaves no moment of the week',
      remedy: 'leave some hours in which it is over, so that it can be told',
    });
  return written.done(() => ({ name: name ?? '', hours: hours ?? [], where: where ?? null, why: why ?? null }));
}
