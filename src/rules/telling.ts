import type { Incident, Instant, Notification, TellLine, Urgency } from '../core/index.ts';
import { channelsMeant } from './asked-rules.ts';
import { postEdit } from './edits.ts';
import type { Post } from './merging.ts';
import type { Later } from './muting.ts';
import { post, postInto, whenTold } from './post.ts';
import type { Sitting } from './sitting.ts';

export interface Tell {
  readonly incident: Incident;
  readonly urgency: Urgency;
  readonly kind: Post['kind'];
  readonly lines: readonly TellLine[];
  readonly more?: number;
  readonly later: Later | null;
}

/** Whom it was told, in words, and by which channels. */
export interface Told {
  readonly text: string;
  readonly channels: readonly string[];
  /** When the first of them hears of it; now, where nobody does. */
  readonly from: Instant;
}

/** Tells the channels that a rule names. */
export function tellTo(sitting: Sitting, names: readonly string[], tell: Tell): Told {
  const posts = channelsMeant(sitting.asked, names).map((channel) => post(sitting, postOf(channel, tell)));
  const text = posts.length > 0 ? `tells ${posts.map((row) => whenTold(row, sitting)).join(', ')}` : nobodyOf(names);
  return { text, ...heardBy(sitting, posts) };
}

const nobodyOf = (names: readonly string[]): string =>
  `nobody is told: ${names.includes('*') ? 'no channel takes the usual rules' : 'the rule names no channel that exists'}`;

/** Tells how it went on to whom heard how it began: in the message that waits or can be replaced, else in one of its own. */
export function tellOn(sitting: Sitting, tell: Tell): Told {
  const channels = channelsMeant(sitting.asked, tell.incident.to);
  const posts = channels.map((channel) => {
    const what = postOf(channel, tell);
    return postInto(sitting, what) ?? postEdit(sitting, what) ?? post(sitting, what);
  });
  const text = posts.length > 0 ? `tells ${posts.map((row) => whenTold(row, sitting)).join(', ')}` : 'nobody heard of it';
  return { text, ...heardBy(sitting, posts) };
}

/** Tells more only where that is no new message; null: nowhere. */
export function tellMore(sitting: Sitting, tell: Tell): Told | null {
  const posts = channelsMeant(sitting.asked, tell.incident.to).flatMap((channel) => {
    const what = postOf(channel, tell);
    return postInto(sitting, what) ?? postEdit(sitting, what) ?? [];
  });
  if (posts.length === 0) return null;
  return { text: posts.map((row) => whenTold(row, sitting)).join(', '), ...heardBy(sitting, posts) };
}

function heardBy({ now }: Sitting, posts: readonly Notification[]): Pick<Told, 'channels' | 'from'> {
  const first = posts.reduce((earliest, { dueAt }) => Math.min(earliest, dueAt), Infinity);
  return { channels: posts.map(({ channel }) => channel), from: posts.length === 0 ? now : Math.max(now, first) };
}

const postOf = (channel: Post['channel'], { incident, urgency, kind, lines, more = 0, later }: Tell): Post => ({
  channel,
  kind,
  rule: incident.rule,
  incident: incident.id,
  urgency,
  lines,
  more,
  later,
  instead: null,
});

/** Those that were told of an incident before, and now. */
export const toldBy = ({ to }: Pick<Incident, 'to'>, { channels }: Told): readonly string[] => [...new Set([...to, ...channels])];
