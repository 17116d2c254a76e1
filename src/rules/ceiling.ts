import type { Instant, Notification, Urgency } from '../core/index.ts';
import type { CauseTold, Telling } from './causes.ts';
import type { Sitting } from './sitting.ts';
import { CEILING_SPAN } from './spans.ts';
import type { ChannelTerms } from './terms.ts';

type Pressing = Pick<Notification, 'urgency'>;

/** The first critical word of a cause waits for no room: in the worst case it is the fourth of three. */
export const isPressing = (urgency: Urgency, others: readonly Pressing[]): boolean => urgency === 'critical' && !haveCritical(others);

const haveCritical = (others: readonly Pressing[]): boolean => others.some((other) => other.urgency === 'critical');

/** How many messages may be told of a cause. While a network is in trouble the last place is kept for what is critical. */
export function placesFor({ ceiling }: ChannelTerms, { told, isTrouble }: CauseTold, urgency: Urgency): number {
  if (ceiling === 0) return Infinity;
  return isTrouble && urgency !== 'critical' && !haveCritical(told) ? fewest(ceiling) : ceiling;
}

const fewest = (ceiling: number): number => Math.max(1, ceiling - 1);

/** From when on a channel may be told something; a moment that is past: now. */
export function ceilingOpensAt({ draft }: Pick<Sitting, 'draft'>, channel: ChannelTerms, what: Telling & Pressing): Instant {
  return mayBeFull({ draft }, channel) ? roomAt(channel, draft.ofCause(channel.name, what, 'sent'), what.urgency) : 0;
}

/** A moment, or when the ceiling allows something after it. What is that far off no ceiling holds, and to ask has its price. */
export function notBefore(sitting: Pick<Sitting, 'draft' | 'now'>, at: Instant, { channel, ...what }: Telling & Pressing & To): Instant {
  return at >= sitting.now + CEILING_SPAN ? at : Math.max(at, ceilingOpensAt(sitting, channel, what));
}

interface To {
  readonly channel: ChannelTerms;
}

const mayBeFull = ({ draft }: Pick<Sitting, 'draft'>, { name, ceiling }: ChannelTerms): boolean =>
  ceiling > 0 && draft.sentTo(name).length >= fewest(ceiling);

/** The same, of a cause that is known. */
export function roomAt(channel: ChannelTerms, { told, isTrouble }: CauseTold, urgency: Urgency): Instant {
  const sent = told.filter(({ state }) => state === 'delivered');
  const places = placesFor(channel, { told: sent, isTrouble }, urgency);
  if (sent.length < places || isPressing(urgency, sent)) return 0;
  const times = sent.map(({ endedAt }) => endedAt ?? 0).sort((a, b) => a - b);
  return (times[times.length - places] as Instant) + CEILING_SPAN;
}

export const ceilingText = ({ ceiling }: ChannelTerms, opens: Instant, { time }: Pick<Sitting, 'time'>): string =>
  `storm ceiling of ${ceiling} in ten minutes until ${time(opens)}`;

/** Puts off what waits until the ceiling allows it: after each delivery, as nobody knew before when that would be. */
export function holdToCeiling(sitting: Sitting, channel: ChannelTerms): void {
  const { draft } = sitting;
  if (!mayBeFull(sitting, channel)) return;
  for (const row of draft.waiting(channel.name)) {
    const opens = row.kind === 'edit' ? 0 : ceilingOpensAt(sitting, channel, row);
    if (row.dueAt < opens) draft.putRow({ ...row, dueAt: opens, because: ceilingText(channel, opens, sitting), attempts: 0 });
  }
}
