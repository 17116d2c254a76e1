import type { DeviceHistoryJson, SpanJson } from '../../contract/index.ts';
import { localTime } from '../terminal/moment.ts';
import type { Output, Piece } from '../terminal/output.ts';

/** Labels in the order in which a device shows them, by their names in facts; what it is called on the network comes last. */
const LABELS: Readonly<Record<string, string>> = {
  alias: 'name',
  type: 'type',
  owner: 'owner',
  carried: 'carried',
  group: 'group',
  tag: 'tag',
  importance: 'importance',
  probed: 'probe',
  gentle: 'gently',
  harmed: 'fell silent under scan',
  window: 'window',
  note: 'note',
  distinct: 'is not',
};
const ORDER = Object.keys(LABELS);

/** Who said each label and each name of a device, since when, and until when. */
export function printHistory(out: Output, { spans }: Pick<DeviceHistoryJson, 'spans'>): void {
  const said = spans.filter(({ kind }) => kind === 'label' || kind === 'name');
  if (said.length === 0) {
    out.note('nobody said anything of it, and it has no name');
    return;
  }
  const ordered = said.toSorted((a, b) => rank(a) - rank(b) || Date.parse(a.from) - Date.parse(b.from));
  out.table(['LABEL', 'VALUE', 'SAID BY', 'SINCE', 'UNTIL'], ordered.map(row));
}

const keyOf = ({ key }: SpanJson): string => key.split(':', 1)[0] ?? '';
const rank = (span: SpanJson): number => (span.kind === 'name' ? ORDER.length : ORDER.indexOf(keyOf(span)));

function row(span: SpanJson): Piece[] {
  const { kind, key, value, from, to, openedBy } = span;
  const named = kind === 'name';
  return [
    named ? 'called' : (LABELS[keyOf(span)] ?? keyOf(span)),
    (named ? key : valueOf(span)).replace(/\s+/g, ' '),
    named ? `${value} (scan ${openedBy})` : `somebody (edit ${openedBy})`,
    localTime(Date.parse(from)),
    to === null ? 'now' : localTime(Date.parse(to)),
  ];
}

function valueOf({ key, value }: SpanJson): string {
  const member = key.slice(key.indexOf(':') + 1);
  if (key.startsWith('distinct:')) return `#${member}`;
  if (key.includes(':')) return member;
  return { true: 'yes', false: 'no' }[key === 'carried' || key === 'probed' ? value : ''] ?? value;
}
