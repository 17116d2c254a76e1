import type { ChangeDraft, Instant } from '../core/index.ts';
import type { Census } from './outage-census.ts';

/** Devices that fell silent together. */
export interface Loss {
  /** When the look began that missed them first: who was seen since is back. */
  readonly missedAt: Instant;
  readonly count: number;
  /** Of how many that had answered the look before. */
  readonly of: number;
  /** false: one look missed them, which may have been the look's fault. */
  readonly told: boolean;
}

const GATEWAY = { true: 'its gateway still answers', false: 'its gateway is silent too', null: 'no gateway of it is known' } as const;

/** One change for all who fell silent. */
export function lostChange({ segment: { target, gateways }, gatewayAnswers }: Census, { count, of, missedAt }: Loss): ChangeDraft {
  const text = `${count} of ${of} devices of ${target} fell silent at once; ${GATEWAY[`${gatewayAnswers}`]}: presence is frozen until half of them are back`;
  const after = { target, lost: count, of, gateways: [...gateways], gatewayAnswers, since: timeText(missedAt), text };
  return { kind: 'segment.lost', device: null, before: null, after };
}

export function restoredChange({ segment: { target } }: Census, { count, missedAt }: Loss, missing: number): ChangeDraft {
  const back = Math.max(0, count - missing);
  const rest = missing === 0 ? 'nobody is missing' : `the other ${missing} are looked for again from now on`;
  const text = `${back} of the ${count} devices of ${target} that fell silent answer again; ${rest}`;
  return {
    kind: 'segment.restored',
    device: null,
    before: { lost: count, since: timeText(missedAt) },
    after: { target, back, missing, text },
  };
}

/** ISO 8601, UTC; null for a time past all calendars. */
function timeText(at: number): string | null {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
