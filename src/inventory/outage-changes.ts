import type { ChangeDraft } from '../core/index.ts';
import type { Census, Loss } from './outage-census.ts';

const GATEWAY = { true: 'its gateway still answers', false: 'its gateway is silent too', null: 'no gateway of it is known' } as const;

/** One change for all who fell silent. */
export function lostChange(
  { segment: { target, gateways }, gatewayAnswers }: Census,
  { count, of, missedAt, heardSince, cadence }: Loss,
): ChangeDraft {
  const text = `${count} of ${of} devices of ${target} fell silent at once; ${GATEWAY[`${gatewayAnswers}`]}: presence is frozen until half of them are back`;
  const moments = { since: timeText(missedAt), heardSince: heardSince === null ? null : timeText(heardSince) };
  const after = { target, lost: count, of, gateways: [...gateways], gatewayAnswers, ...moments, cadence, text };
  return { kind: 'segment.lost', device: null, before: null, after };
}

export function restoredChange(census: Census, loss: Loss, missing: number): ChangeDraft {
  if (loss.count === 0)
    return restored(census, loss, {
      back: 0,
      missing: 0,
      text: `${census.segment.target}: nobody that fell silent is on the roll any more`,
    });
  const back = loss.count - missing;
  const rest = missing === 0 ? 'nobody is missing' : `the other ${missing} are looked for again from now on`;
  const text = `${back} of the ${loss.count} devices of ${census.segment.target} that fell silent answer again; ${rest}`;
  return restored(census, loss, { back, missing, text });
}

/** They stayed away while others there answer: that is no outage, they are gone. */
export function givenUpChange(census: Census, loss: Loss, missing: number): ChangeDraft {
  const { target } = census.segment;
  const text = `${missing} of the ${loss.count} devices of ${target} that fell silent have kept quiet for three days, while others there answer: they are looked for again from now on`;
  return restored(census, loss, { back: loss.count - missing, missing, givenUp: timeText(loss.missedAt), text });
}

function restored(
  { segment: { target } }: Census,
  { count, missedAt }: Loss,
  after: Readonly<Record<string, number | string | null>>,
): ChangeDraft {
  return { kind: 'segment.restored', device: null, before: { lost: count, since: timeText(missedAt) }, after: { target, ...after } };
}

/** ISO 8601, UTC; null for a time past all calendars. */
function timeText(at: number): string | null {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
