import type { BacktestJson, RuleJson } from '../../contract/index.ts';
import { formatDuration, type Rule } from '../../core/index.ts';
import type { Backtest } from '../../watch/index.ts';
import { instantToJson } from '../moment.ts';
import { mapInSlices } from '../slices.ts';
import { notificationToJson } from './notification.ts';

export function ruleToJson({ on, who, home, away, during, to, cooldown, remind, escalate, ...rule }: Rule): RuleJson {
  const { name, where, drift, urgency, group, through, resolved, enabled, source } = rule;
  return {
    name,
    on: [...on],
    where,
    who: [...who],
    home: [...home],
    away: [...away],
    during: during.map(({ text }) => text),
    drift,
    to: [...to],
    urgency,
    group,
    cooldown: formatDuration(cooldown),
    remind: remind === null ? null : formatDuration(remind),
    escalate: escalate && { after: formatDuration(escalate.after), to: [...escalate.to] },
    through,
    resolved,
    enabled,
    source,
  };
}

export async function backtestToJson({ since, until, asked, sent, verdicts, cut }: Backtest): Promise<BacktestJson> {
  return {
    since: instantToJson(since),
    until: instantToJson(until),
    asked,
    sent: await mapInSlices(sent, notificationToJson),
    verdicts: verdicts.map(({ verdict, reason, count, example }) => ({ verdict, reason, count, example })),
    cut,
  };
}
