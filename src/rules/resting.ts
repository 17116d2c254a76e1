import type { Instant, Notification } from '../core/index.ts';
import type { AskedTerms } from './asked-rules.ts';
import { rulesOf } from './causes.ts';
import type { Circumstances } from './conditions.ts';
import type { Later } from './muting.ts';
import type { ChannelTerms } from './terms.ts';

type Loudness = Pick<Notification, 'rule' | 'rules' | 'urgency'>;

/** Whether something is told in quiet hours, too. */
export const passes = (what: Loudness, { rules }: Pick<AskedTerms, 'rules'>): boolean =>
  what.urgency === 'critical' || rulesOf(what).some((rule) => rules.get(rule)?.through === true);

/** The quiet hours of a channel at a moment; null: there are none. */
export function restAt(
  channel: ChannelTerms,
  at: Instant,
  { asked, face, time }: Circumstances & { readonly asked: AskedTerms },
): Later | null {
  const hold = face.holdAt(channel.quiet ?? asked.terms.quiet, at);
  return hold === null ? null : { until: hold.until, because: `quiet hours (${hold.text}) until ${time(hold.until)}` };
}
