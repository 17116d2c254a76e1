import type { ChannelJson, ChannelKindJson, ChannelTestJson } from '../../contract/index.ts';
import { localTime } from '../terminal/moment.ts';
import type { Output, Piece } from '../terminal/output.ts';

export const CHANNEL_HEADING = ['NAME', 'KIND', 'IS', 'WAITING', 'DEAD', 'DELIVERED LAST', 'TO'] as const;

/** A row of the table of channels. */
export function channelRow(channel: ChannelJson): Piece[] {
  const { name, kind, waiting, dead, deliveredAt, what, trouble } = channel;
  return [
    name,
    kind,
    trouble === null ? { text: 'fine', tone: 'good' } : { text: 'in trouble', tone: 'bad' },
    String(waiting),
    dead === 0 ? '0' : { text: String(dead), tone: 'bad' },
    deliveredAt === null ? 'never' : localTime(Date.parse(deliveredAt)),
    trouble ?? what ?? '-',
  ];
}

/** One channel, whole but for its secrets. */
export function printChannel(out: Output, channel: ChannelJson): void {
  const { name, kind, source, what, trouble, options } = channel;
  out.line({ text: name, tone: 'strong' }, `  ${kind}, ${source === 'config' ? 'of the config' : 'made by people'}`);
  if (what !== null) out.line(`  to            ${what}`);
  if (trouble !== null) out.line('  trouble       ', { text: trouble, tone: 'bad' });
  for (const [key, value] of Object.entries(options)) out.line(`  ${key.padEnd(14)}${optionText(value)}`);
  for (const [label, text] of terms(channel)) out.line(`  ${label.padEnd(14)}${text}`);
}

const optionText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function terms({ usual, quiet, ceiling, ttl, fallback, waiting, dead, deliveredAt, againAt }: ChannelJson): [string, string][] {
  const again = againAt === null ? '' : `, tried again at ${localTime(Date.parse(againAt))}`;
  return [
    ['usual rules', usual ? 'yes' : 'no, only rules that name it'],
    ['quiet hours', quietText(quiet)],
    ['ceiling', ceiling === 0 ? 'none' : `${ceiling} of one cause in ten minutes`],
    ['gives up', `after ${ttl}`],
    ['fallback', fallback ?? 'none'],
    ['outbox', `${waiting} waiting, ${dead} dead${again}`],
    ['delivered', deliveredAt === null ? 'never' : `last at ${localTime(Date.parse(deliveredAt))}`],
  ];
}

function quietText(quiet: ChannelJson['quiet']): string {
  if (quiet === null) return 'as of all alerts';
  return quiet.length === 0 ? 'none' : quiet.join(', ');
}

/** A kind of channel with all its options. */
export function printKind(out: Output, { kind, what, edits, secrets, options }: ChannelKindJson): void {
  out.line({ text: kind, tone: 'strong' }, `  ${what}${edits ? '; messages are brought up to date' : ''}`);
  out.table(
    ['OPTION', 'IS', 'WRITE'],
    options.map(({ key, needed, what: write }) => [key, markOf(needed, secrets.includes(key)), write]),
  );
}

const markOf = (needed: boolean, secret: boolean): string =>
  [needed ? 'needed' : '', secret ? 'secret' : ''].filter((mark) => mark !== '').join(', ') || '-';

/** What was said, line by line, and what became of it. */
export function printChannelTest(out: Output, name: string, { delivery, exchange }: ChannelTestJson): void {
  for (const said of exchange) printSaid(out, said);
  if (exchange.length > 0) out.line();
  if (delivery.outcome === 'refused') printRefusal(out, name, delivery);
  else out.line(`${name}: `, { text: 'delivered', tone: 'good' }, delivery.receipt === '' ? '' : `, ${delivery.receipt}`);
}

function printSaid(out: Output, { from, text }: ChannelTestJson['exchange'][number]): void {
  const mark: Piece = { text: from === 'us' ? '> ' : '< ', tone: 'dim' };
  for (const line of text.split(/\r?\n/)) out.line(mark, line);
}

type Refusal = Extract<ChannelTestJson['delivery'], { outcome: 'refused' }>;

function printRefusal(out: Output, name: string, { reason, remedy, again, after }: Refusal): void {
  out.line(`${name}: `, { text: 'not delivered', tone: 'bad' }, `, ${reason}`);
  out.line({ text: '  remedy:', tone: 'good' }, ` ${remedy}`);
  if (again) out.line(`  the same may get through later${after === null ? '' : `, not before ${after}`}`);
}
