import type { CauseCode, ChangeDraft, Plan, ScanReport, Target } from '../core/index.ts';

/** Causes that say something about how the scan was ended or who was slow, not about our eyes. */
const NOT_OUR_EYES: ReadonlySet<CauseCode> = new Set(['stopped', 'daemon-died', 'host-timeouts', 'quiet-hours']);

/** What UDP may not send, others may: that the scan fails says nothing of our eyes. */
export const onlyUdpFails = ({ protocol }: Plan, { cause }: Pick<ScanReport, 'cause'>): boolean =>
  protocol === 'udp' && cause?.code === 'no-privilege';

/**
 * What a watched target's scan says about the vantage, given why it was blind before (null: it was not): nothing unless
 * that changed. That we stand in another network is news also where nothing was seen.
 */
export function judgeVantage(target: Target, report: Pick<ScanReport, 'outcome' | 'cause'>, before: string | null): ChangeDraft[] {
  if (report.outcome === 'cancelled' || (report.cause && NOT_OUR_EYES.has(report.cause.code))) return [];
  const blind = report.outcome === 'failed' || report.cause?.code === 'canary-silent';
  const elsewhere = report.cause?.code === 'other-network' && before !== 'other-network';
  if (blind === (before !== null) && !elsewhere) return [];
  const side = { target: target.spec.text, cause: report.cause ? { ...report.cause } : null };
  return [{ kind: blind ? 'vantage.blind' : 'vantage.restored', device: null, before: null, after: side }];
}

/** With what is to be said of the end of a blindness: whoever is given up as a canary is told by it. */
export const saying = (word: string | null, drafts: readonly ChangeDraft[]): readonly ChangeDraft[] =>
  drafts.map((draft) => (word === null || draft.kind !== 'vantage.restored' ? draft : { ...draft, after: { ...draft.after, text: word } }));

/** Whether the probe may do more or less than when the target was looked at last; `before` null: nobody knows. */
export function judgeMode(
  target: Target,
  { vantage, outcome }: Pick<ScanReport, 'vantage' | 'outcome'>,
  before: boolean | null,
): ChangeDraft[] {
  const { privileged } = vantage;
  if (before === null || before === privileged || outcome === 'failed' || outcome === 'cancelled') return [];
  const text = privileged
    ? `${target.spec.text} is looked at with raw packets again`
    : `${target.spec.text} is looked at without raw packets: hardware addresses are not seen, and silence says nothing about devices known by them`;
  const after = { target: target.spec.text, privileged, text };
  return [{ kind: 'vantage.changed', device: null, before: { privileged: before }, after }];
}
