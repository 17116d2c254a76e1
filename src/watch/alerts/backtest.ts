import { setImmediate as othersTurn } from 'node:timers/promises';
import { type Change, Fault, type Instant, type Rule, type RuleDraft, ruleOf } from '../../core/index.ts';
import type { Alerting, Backtest } from '../alerts-asked.ts';
import type { Wired } from '../wire.ts';
import { noRule } from './asked-rules.ts';
import { beliefsAt, beliefsNow } from './beliefs.ts';
import { asJudged } from './book.ts';
import { checkRule, shown } from './check-rule.ts';
import { fitting } from './fitting.ts';
import { type Beliefs, happeningsOf } from './happenings.ts';
import { Rehearsal } from './rehearsal.ts';

/** Changes that are looked at, and read at once. */
const MOST = 50_000;
const PAGE = 1000;

type Span = Parameters<Alerting['testRule']>[1];

/** What a rule would have sent: the changes of a stretch of time go through the very same rules, and nothing is sent or stored. */
export async function testRule(wired: Wired, asked: string | RuleDraft, span: Span): Promise<Backtest> {
  const { outside, alerts } = wired;
  const rule: Rule = { ...ruleMeant(wired, asked), enabled: true };
  checkRule(rule, { channels: alerts.book.channels });
  const now = outside.clock.now();
  const until = Math.min(span.until ?? now, now);
  if (span.since >= until)
    throw new Fault('bad-input', 'testing rule: the time ends before it begins', 'write a moment that has passed, like 30d');
  await alerts.maker(); // it knows which channels can edit
  const terms = { ...alerts.book.terms, rules: [asJudged(rule)], mutes: await outside.store.mutes(alerts.book.terms.site, 'all') };
  const rehearsal = new Rehearsal(terms, rule, span.since);
  rehearsal.fits = await fitting(terms, beliefsNow(wired), now);
  let count = 0;
  for await (const changes of momentsOf(wired, { since: span.since, until })) {
    if (count >= MOST || rehearsal.isFull) return rehearsal.told({ since: span.since, until, cut: true });
    count += changes.length;
    await othersTurn();
    await rehearsal.passUntil(changes[0]?.at ?? span.since);
    if (!rehearsal.isOpen && changes.every(({ kind }) => !rule.on.includes(kind))) continue;
    await rehearsal.judge(await happeningsOf(changes, rehearsal.terms, await beliefsAfter(wired, changes)));
  }
  await rehearsal.passUntil(until);
  return rehearsal.told({ since: span.since, until, cut: rehearsal.isFull });
}

function ruleMeant({ alerts }: Wired, asked: string | RuleDraft): Rule {
  if (typeof asked !== 'string') return ruleOf(asked, 'user');
  const known = alerts.book.rules.find(({ name }) => name === asked);
  if (!known) throw noRule(`testing rule ${shown(asked)}`);
  return known;
}

const beliefsAfter = (wired: Wired, changes: readonly Change[]): Promise<Beliefs> => beliefsAt(wired, changes.at(-1)?.at ?? 0);

/** Changes in order, those of one moment together, as they were committed. */
async function* momentsOf({ outside }: Wired, span: { since: Instant; until: Instant }): AsyncGenerator<readonly Change[]> {
  let moment: Change[] = [];
  let page = await outside.store.changes({ ...span, limit: PAGE });
  while (page.length > 0) {
    for (const change of page) {
      const [first] = moment;
      if (first && first.scan !== change.scan) {
        yield moment;
        moment = [];
      }
      moment.push(change);
    }
    page = await outside.store.changes({ ...span, afterSeq: page.at(-1)?.seq ?? 0, limit: PAGE });
  }
  if (moment.length > 0) yield moment;
}
