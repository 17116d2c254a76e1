import type { ScheduleInput } from '../contract/index.ts';
import { type Cadence, Fault, type PlanSchedule } from '../core/index.ts';
import { readDuration } from './moment.ts';

/** When a plan is to run, as somebody wrote it. Fault bad-input. */
export const readSchedule = (schedule: ScheduleInput): PlanSchedule => ({ plan: schedule.plan, cadence: readCadence(schedule) });

/** Fault bad-input where it is neither so often nor by the clock. */
export function readCadence({ plan, every, at, zone }: Pick<ScheduleInput, 'every' | 'at' | 'zone'> & { readonly plan: string }): Cadence {
  if (at !== undefined && every === undefined) return { kind: 'at', cron: at, zone: zone ?? null };
  if (every === undefined || at !== undefined || zone !== undefined)
    throw new Fault(
      'bad-input',
      `reading the schedule of ${plan}: it needs either every, or at with or without zone`,
      'write every "5m", or at "0 3 * * *"',
    );
  const length = readDuration(every, 'every');
  if (length === 0)
    throw new Fault('bad-input', `reading the schedule of ${plan}: every ${JSON.stringify(every)} never ends`, 'write one like 5m');
  return { kind: 'every', every: length };
}
