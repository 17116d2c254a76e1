import type { Delivery, Instant, Notification } from '../core/index.ts';
import { backoff } from './backoff.ts';
import { rulesOf } from './causes.ts';
import { holdToCeiling } from './ceiling.ts';
import { giveUp } from './death.ts';
import type { Desk, Step } from './desk.ts';
import { postEdit, spaceEdits } from './edits.ts';
import { addedSince } from './lines.ts';
import { withRules } from './merging.ts';
import { soonIn } from './moments.ts';
import { post } from './post.ts';
import { endSitting, type Sitting, sittingOf } from './sitting.ts';
import { hush, isTooOld, sweepNext, tooOld } from './sweep.ts';
import type { ChannelTerms, Terms } from './terms.ts';
import { noteTogetherInstead } from './together.ts';

export interface Settlement {
  readonly id: number;
  /**
   * What was sent, as `nextTo` gave it: the desk may have put more into it while it was on its way, which is told by another
   * one then. Left out: nothing was.
   */
  readonly sent?: Notification;
  readonly delivery: Delivery;
  readonly terms: Terms;
  readonly now: Instant;
  /** From 0 up to 1: spreads what is tried again. */
  readonly dice: number;
}

/** What becomes of a notification after it was sent. */
export function settle(desk: Desk, { id, sent, delivery, terms, now, dice }: Settlement): Step {
  const sitting = sittingOf(desk, { terms, now });
  const row = sitting.draft.row(id);
  if (row !== undefined && row.state !== 'delivered') {
    if (delivery.outcome === 'delivered') delivered(sitting, { row, sent: sent ?? row, delivery });
    else if (row.state === 'waiting') refused(sitting, row, { ...delivery, dice });
    sweepNext(sitting, row.channel);
  }
  return endSitting(sitting);
}

interface Arrival {
  readonly row: Notification;
  readonly sent: Notification;
  readonly delivery: Extract<Delivery, { outcome: 'delivered' }>;
}

function delivered(sitting: Sitting, { row, sent, delivery }: Arrival): void {
  const { draft, now, asked } = sitting;
  const told: Notification = {
    ...withRules(row, rulesOf(sent)),
    kind: sent.kind,
    incident: sent.incident,
    title: sent.title,
    lines: sent.lines,
    more: sent.more,
    state: 'delivered',
    attempts: row.attempts + 1,
    endedAt: now,
    because: null,
    receipt: delivery.receipt,
    handle: delivery.handle ?? row.handle,
  };
  draft.putRow(told);
  const channel = asked.channels.get(row.channel);
  if (channel === undefined) return;
  if (told.kind === 'edit') spaceEdits(sitting, told);
  else holdToCeiling(sitting, channel);
  const added = row.state === 'waiting' ? addedSince(sent, row) : null;
  if (added !== null) tellRest(sitting, channel, { ...row, ...added });
}

/** What came into it while it was on its way. */
function tellRest(sitting: Sitting, channel: ChannelTerms, row: Notification): void {
  const { rule, rules, incident, urgency, lines, more } = row;
  const told = { rule, ...(rules && { rules }), incident, urgency, lines, more };
  const what = { ...told, channel, kind: 'joined', later: null, instead: null } as const;
  noteTogetherInstead(sitting, row, postEdit(sitting, what) ?? post(sitting, what));
}

type Refusal = Extract<Delivery, { outcome: 'refused' }> & { readonly dice: number };

function refused(sitting: Sitting, row: Notification, { reason, remedy, again, after, dice }: Refusal): void {
  const { draft, now, asked } = sitting;
  const attempts = row.attempts + 1;
  // What was put off on purpose is as old as it could be sent.
  const tried = { ...row, attempts, madeAt: row.attempts === 0 ? Math.max(row.madeAt, row.dueAt) : row.madeAt };
  const channel = asked.channels.get(row.channel);
  if (channel === undefined || !again) return giveUp(sitting, tried, `${reason}; ${remedy}`);
  const dueAt = now + backoff(attempts, { dice, after });
  if (isTooOld(tried, channel, dueAt)) return giveUp(sitting, tried, tooOld({ ...tried, because: `${reason}; ${remedy}` }));
  const waits = {
    ...tried,
    dueAt,
    because: `attempt ${attempts} failed: ${reason}; tried again at ${soonIn(asked.terms.zone, now)(dueAt)}`,
  };
  draft.putRow(waits);
  hush(sitting, channel, waits);
}
