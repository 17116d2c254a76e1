import type { Instant, Notification, Urgency } from '../core/index.ts';
import type { Telling } from './causes.ts';
import type { Sitting } from './sitting.ts';
import { CEILING_SPAN } from './spans.ts';
import type { ChannelTerms } from './terms.ts';

type Pressing = Pick<Notification, 'urgency'>;

export const isFull = ({ ceiling }: ChannelTerms, used: number): boolean => ceiling > 0 && used >= ceiling;

/** The first critical word of a cause waits for no room: it may be the fourth of three. */
export const isPressing = (urgency: Urgency, others: readonly Pressing[]): boolean =>
  urgency === 'critical' && others.every((other) => other.urgency !== 'critical');

/** From when on a channel may be told something; a moment that is past: now. */
export function ceilingOpensAt({ draft }: Pick<Sitting, 'draft'>, channel: ChannelTerms, what: Telling & Pressing): Instant {
  return isFull(channel, draft.sentTo(channel.name).length) ? roomAt(channel, draft.ofCause(channel.name, what), what.urgency) : 0;
}

/** The same, of a cause of which this is told already, or waits to be. */
export function roomAt(channel: ChannelTerms, told: readonly Notification[], urgency: Urgency): Instant {
  const sent = told.filter(({ state }) => state === 'delivered');
  if (!isFull(channel, sent.length) || isPressing(urgency, sent)) return 0;
  const times = sent.map(({ endedAt }) => endedAt ?? 0).sort((a, b) => a - b);
  return (times[times.length - channel.ceiling] as Instant) + CEILING_SPAN;
}

export const ceilingText = ({ ceiling }: ChannelTerms, opens: Instant, { time }: Pick<Sitting, 'time'>): string =>
  `storm ceiling of ${ceiling} in ten minutes until ${time(opens)}`;

/** Puts off what waits until the ceiling allows it: after each delivery, as nobody knew before when that would be. */
export function holdToCeiling(sitting: Sitting, channel: ChannelTerms): void {
  const { draft } = sitting;
  if (!isFull(channel, draft.sentTo(channel.name).length)) return;
  for (const row of draft.waiting(channel.name)) {
    const opens = row.kind === 'edit' ? 0 : ceilingOpensAt(sitting, channel, row);
    if (row.dueAt < opens) draft.putRow({ ...row, dueAt: opens, because: ceilingText(channel, opens, sitting), attempts: 0 });
  }
}
