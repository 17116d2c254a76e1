import { z } from 'zod';
import type { Cadence, PlanName, PlanSchedule } from '../../core/index.ts';
import * as field from '../fields.ts';
import { type Complain, complainTo, key } from './key.ts';

export const TIMED = { every: key(field.interval).optional(), at: key(field.cronLine).optional(), zone: key(field.zoneName).optional() };
const timed = z.object(TIMED);
type Timed = z.infer<typeof timed>;

/** What a cadence is used for when no plan is named: often means "who is there", a time of day means "what is open". */
const USUAL_PLAN: Readonly<Record<Cadence['kind'], PlanName>> = { every: 'sweep', at: 'ports' };

function cadenceOf({ every, at, zone }: Timed, complain: Complain): Cadence | undefined {
  if (every !== undefined && at !== undefined)
    complain({ key: 'at', message: 'it stands beside "every"', remedy: 'keep one of the two, or use plans = [{...}, {...}]' });
  if (zone !== undefined && at === undefined)
    complain({ key: 'zone', message: 'it stands without "at"', remedy: 'add at = "0 3 * * *", or drop the zone' });
  if (at !== undefined) return { kind: 'at', cron: at, zone: zone ?? null };
  return every === undefined ? undefined : { kind: 'every', every };
}

export const planned = z.strictObject({ plan: key(field.planName), ...TIMED }).transform((entry, context): PlanSchedule => {
  const complain = complainTo(context);
  const cadence = cadenceOf(entry, complain);
  if (cadence) return { plan: entry.plan, cadence };
  complain({ key: 'every', message: 'it is missing', remedy: 'say when: every = "5m", or at = "0 3 * * *"' });
  return z.NEVER;
});

interface Planning extends Timed {
  readonly plan?: PlanName | undefined;
  readonly plans?: readonly PlanSchedule[] | undefined;
}

export function scheduleOf({ plan, plans, ...entry }: Planning, complain: Complain): readonly PlanSchedule[] {
  const cadence = cadenceOf(entry, complain);
  if (plan && !cadence) complain({ key: 'plan', message: 'it does not say when', remedy: 'add every = "5m", or at = "0 3 * * *"' });
  if (plans && (cadence || plan))
    complain({ key: 'plans', message: 'it stands beside a plan of its own', remedy: 'move that plan into plans = [{...}]' });
  const short = cadence ? [{ plan: plan ?? USUAL_PLAN[cadence.kind], cadence }] : [];
  return plans ?? short;
}
