import type { Instant, Rule, RuleVerdict, Verdict } from '../core/index.ts';
import type { Desk, Step } from './desk.ts';
import { askedVerdict } from './judge-asked.ts';
import { endedBy, endVerdict } from './judge-ends.ts';
import { enrichedBy, richerVerdict } from './judge-richer.ts';
import { endSitting, type Sitting, sittingOf } from './sitting.ts';
import { GONE } from './subjects.ts';
import type { Happening, Terms } from './terms.ts';
import { isolated, UNASKED } from './verdicts.ts';

export interface Judging {
  /** In order, without a gap. Those that were judged already are left out. */
  readonly happenings: readonly Happening[];
  readonly terms: Terms;
  readonly now: Instant;
}

/** Gives every change a verdict of each rule, and makes incidents and notifications of what is told. */
export function judge(desk: Desk, { happenings, terms, now }: Judging): Step {
  const sitting = sittingOf(desk, { terms, now });
  const unjudged = happenings.filter(({ change }) => change.seq > desk.judged);
  const verdicts = unjudged.map((happening): Verdict => {
    const rules = verdictsOf(sitting, happening);
    return { seq: happening.change.seq, at: now, rules: rules.length > 0 ? rules : [UNASKED] };
  });
  return endSitting(sitting, unjudged.at(-1)?.change.seq ?? null, verdicts);
}

/** One of each rule that asks for it, or of which it ends or enriches an incident. */
function verdictsOf(sitting: Sitting, happening: Happening): RuleVerdict[] {
  const { kind } = happening.change;
  const said = new Map<string, RuleVerdict>();
  const say = (rule: string, verdict: () => RuleVerdict): void => {
    const before = said.get(rule);
    const says = isolated(rule, verdict);
    if (before === undefined || before.verdict === 'quiet') said.set(rule, says);
  };
  for (const incident of endedBy(sitting, happening)) say(incident.rule, () => endVerdict(sitting, incident, happening));
  for (const rule of asking(sitting, happening))
    if (!said.has(rule.name) || GONE.has(kind)) say(rule.name, () => askedVerdict(sitting, rule, happening));
  const silent = enrichedBy(sitting, happening).filter(({ rule }) => !said.has(rule));
  for (const incident of silent) say(incident.rule, () => richerVerdict(sitting, incident, happening));
  return [...said.values()];
}

const asking = ({ asked }: Sitting, { change }: Happening): readonly Rule[] => asked.byKind.get(change.kind) ?? [];
