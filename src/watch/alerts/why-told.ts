import type { Notification, RuleVerdict } from '../../core/index.ts';
import type { WhyStep } from '../why-asked.ts';
import { step } from '../why-steps.ts';
import type { Wired } from '../wire.ts';

/** Most notifications of one incident that are looked through. */
const MOST = 500;

/** What each rule made of a change, and who was told of it; nothing of changes of before there were rules. */
export async function toldSteps({ outside, ledger }: Pick<Wired, 'outside' | 'ledger'>, seq: number): Promise<readonly WhyStep[]> {
  const { store } = outside;
  const verdict = await store.verdictOf(seq);
  if (!verdict) return [];
  const incidents = [...new Set(verdict.rules.flatMap(({ incident }) => incident ?? []))];
  const asked = incidents.map((incident) => store.notifications({ site: ledger.roll.site, incident, limit: MOST }));
  const sent = (await Promise.all(asked)).flat().filter(({ lines }) => lines.some((line) => line.seq === seq));
  return [
    ...verdict.rules.map((one) => step('rule', verdictText(one), { at: verdict.at })),
    ...sent.toSorted((a, b) => a.id - b.id).map((one) => step('rule', fateText(one), { at: one.endedAt ?? one.dueAt })),
  ];
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
