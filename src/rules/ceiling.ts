import type { Instant } from '../core/index.ts';
import { CEILING_SPAN, causeOf } from './draft.ts';
import type { Sitting } from './sitting.ts';
import type { ChannelTerms } from './terms.ts';

export const isFull = ({ ceiling }: ChannelTerms, used: number): boolean => ceiling > 0 && used >= ceiling;

/** From when on a channel may hear of a cause again; a moment that is past: now. */
export function ceilingOpensAt({ draft }: Sitting, channel: ChannelTerms, cause: string): Instant {
  const sent = draft.sentTo(channel.name, cause);
  return isFull(channel, sent.length) ? (sent[sent.length - channel.ceiling] as Instant) + CEILING_SPAN : 0;
}

/** Puts off what waits of a cause until the ceiling allows it: after each delivery, as nobody knew before when that would be. */
export function holdToCeiling(sitting: Sitting, channel: ChannelTerms, cause: string): void {
  const { draft, time } = sitting;
  const opens = ceilingOpensAt(sitting, channel, cause);
  for (const row of channel.ceiling === 0 ? [] : draft.waiting(channel.name)) {
    if (row.kind === 'edit' || causeOf(row) !== cause || row.dueAt >= opens) continue;
    const because = `storm ceiling of ${channel.ceiling} in ten minutes until ${time(opens)}`;
    draft.putRow({ ...row, dueAt: opens, because, attempts: 0 });
  }
}
