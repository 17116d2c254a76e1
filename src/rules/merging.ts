import { type Notification, type NotificationKind, URGENCIES, type Urgency } from '../core/index.ts';
import { rulesOf } from './causes.ts';
import { withLines } from './lines.ts';
import type { Later } from './muting.ts';
import type { ChannelTerms } from './terms.ts';

/** What a channel is to be told. */
export interface Post extends Pick<Notification, 'rule' | 'rules' | 'incident' | 'urgency' | 'lines' | 'more'> {
  readonly channel: ChannelTerms;
  readonly kind: Exclude<NotificationKind, 'edit' | 'digest' | 'test'>;
  /** Maintenance that puts it off; null: none. */
  readonly later: Later | null;
  /** What it tells in place of; null: nothing. */
  readonly instead: number | null;
}

/** A row that tells this, too. */
export function merged(row: Notification, what: Omit<Post, 'channel' | 'later'>): Notification {
  return {
    ...withRules(row, [...new Set([...rulesOf(row), ...rulesOf(what)])]),
    ...withLines(row, what),
    kind: kindOfBoth(row.kind, what.kind),
    incident: row.incident === what.incident ? row.incident : null,
    urgency: louder(row.urgency, what.urgency),
  };
}

/** A row of other rules. */
export function withRules({ rules: _, ...row }: Notification, rules: readonly string[]): Notification {
  const [only, ...others] = rules;
  return others.length === 0 ? { ...row, rule: only ?? null } : { ...row, rule: null, rules };
}

function kindOfBoth(a: NotificationKind, b: NotificationKind): NotificationKind {
  if (a === 'digest' || a === b) return a;
  return [a, b].includes('opened') ? 'opened' : 'joined';
}

export const louder = (a: Urgency, b: Urgency): Urgency => (URGENCIES.indexOf(a) >= URGENCIES.indexOf(b) ? a : b);
