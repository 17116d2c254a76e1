import { bad, good, orFault, PLANS, type Plan, type PlanName, type PortChoice, parsePorts, type Result } from '../core/index.ts';

/** Reads "22,80-90", "top 100" or "all". */
export function parsePortChoice(text: string): Result<PortChoice> {
  if (text === 'all') return good({ kind: 'all' });
  const top = /^top ([1-9]\d{0,4})$/.exec(text);
  if (top && Number(top[1]) <= 65_535) return good({ kind: 'top', count: Number(top[1]) });
  const ports = parsePorts(text);
  if (ports && ports.length > 0) return good({ kind: 'list', ports });
  return bad(`reading ports ${JSON.stringify(text.slice(0, 80))}: they are not ports`, 'write ports like 22,80-90, or "top 100", or "all"');
}

/** A shipped plan, with the port choice replaced where one was given. */
export function planWith(name: PlanName, ports: string | undefined): Plan {
  const plan = PLANS[name];
  if (ports === undefined) return plan;
  const choice = orFault(parsePortChoice(ports));
  if (plan.ports !== null) return { ...plan, ports: choice };
  return orFault(bad(`reading ports ${JSON.stringify(ports)}: a sweep asks no ports`, 'take --plan ports'));
}
