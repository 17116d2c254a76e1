import type { Notification, RuleVerdict } from '../../core/index.ts';
import type { WhyStep } from '../why-asked.ts';
import { step } from '../why-steps.ts';
import type { Wired } from '../wire.ts';
import { notificationsIn } from './notifications-in.ts';

/** Most notifications of one incident that are looked through. */
const MOST = 500;

/** What each rule made of a change, and who was told of it; nothing of changes of before there were rules. */
export async function toldSteps(wired: Pick<Wired, 'outside' | 'ledger'>, seq: number): Promise<readonly WhyStep[]> {
  const verdict = await wired.outside.store.verdictOf(seq);
  if (!verdict) return [];
  const incidents = [...new Set(verdict.rules.flatMap(({ incident }) => incident ?? []))];
  const told = await Promise.all(incidents.map((incident) => notificationsIn(wired, { incident, limit: MOST })));
  const sent = tellingOf(seq, [...new Map(told.flat().map((row) => [row.id, row])).values()]);
  return [
    ...verdict.rules.map((one) => step('rule', verdictText(one), { at: verdict.at })),
    ...sent.toSorted((a, b) => a.id - b.id).map((one) => step('rule', fateText(one), { at: one.endedAt ?? one.dueAt })),
  ];
}

/** Those that tell of a change: in a line, or where no line was left for it, among what they only count. */
function tellingOf(seq: number, rows: readonly Notification[]): readonly Notification[] {
  const shown = rows.filter(({ lines }) => lines.some((line) => line.seq === seq));
  return shown.length > 0 ? shown : rows.filter(({ lines, more }) => more > 0 && lines.every((line) => line.seq < seq));
}

const verdictText = ({ rule, verdict, text }: RuleVerdict): string =>
  rule === null ? text : `rule ${rule} ${verdict === 'tell' ? 'tells it' : 'keeps quiet'}: ${text}`;

/** What became of a notification. */
function fateText({ id, channel, state, kind, attempts, because, receipt, instead }: Notification): string {
  const what = `notification ${id} (${kind}) to ${channel}`;
  const after = because === null ? '' : `: ${because}`;
  if (state === 'folded') return `${what} is told by notification ${instead ?? 'that came after'}${after}`;
  if (state === 'delivered') return `${what} was delivered${attempts > 1 ? ` at attempt ${attempts}` : ''}${receipt ? `: ${receipt}` : ''}`;
  return `${what} ${state === 'dead' ? 'is dead' : 'waits'}${after}`;
}
