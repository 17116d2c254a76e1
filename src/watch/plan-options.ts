import {
  bad,
  good,
  orFault,
  PLANS,
  type Plan,
  type PlanName,
  type PortChoice,
  parsePorts,
  type Result,
  type ScriptChoice,
} from '../core/index.ts';

/** Reads "22,80-90", "top 100" or "all". */
export function parsePortChoice(text: string): Result<PortChoice> {
  if (text === 'all') return good({ kind: 'all' });
  const top = /^top ([1-9]\d{0,4})$/.exec(text);
  if (top && Number(top[1]) <= 65_535) return good({ kind: 'top', count: Number(top[1]) });
  const ports = parsePorts(text);
  if (ports && ports.length > 0) return good({ kind: 'list', ports });
  return bad(`reading ports ${JSON.stringify(text.slice(0, 80))}: they are not ports`, 'write ports like 22,80-90, or "top 100", or "all"');
}

/** What may be chosen of a plan. */
export interface PlanOptions {
  /** As {@link parsePortChoice} reads it. */
  readonly ports?: string | undefined;
  readonly scripts?: ScriptChoice | undefined;
}

/** A shipped plan, with its ports or scripts replaced where others were chosen. */
export function planWith(name: PlanName, { ports, scripts }: PlanOptions): Plan {
  const plan = withScripts(PLANS[name], scripts);
  if (ports === undefined) return plan;
  const choice = orFault(parsePortChoice(ports));
  if (plan.ports !== null) return { ...plan, ports: choice };
  return orFault(bad(`reading ports ${JSON.stringify(ports)}: a sweep asks no ports`, 'take --plan ports'));
}

function withScripts(plan: Plan, scripts: ScriptChoice | undefined): Plan {
  if (scripts === undefined) return plan;
  if (plan.versions) return { ...plan, scripts };
  return orFault(bad(`reading scripts ${scripts}: plan ${plan.name} does not ask what ports serve`, 'take --plan services or --plan deep'));
}
