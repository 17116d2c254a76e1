import type { ScheduleInput } from '../../contract/index.ts';
import { type Cadence, Fault, type PlanSchedule } from '../../core/index.ts';
import { costToJson, targetStatusToJson, targetToJson } from '../json/target.ts';
import { readDuration } from '../moment.ts';
import { operations } from '../operations.ts';

export const targetHandlers = () => ({
  list: operations.targets.list.handler(({ context }) => context.keeper.targets().map(targetStatusToJson)),
  forecast: operations.targets.forecast.handler(({ context, input: { targets, plans, ports } }) =>
    context.keeper.forecast({ targets, plans, ...(ports === undefined ? {} : { ports }) }).map(costToJson),
  ),
  add: operations.targets.add.handler(async ({ context, input: { target, schedule, window, iface } }) => {
    const request = {
      target,
      schedule: schedule.map(readSchedule),
      ...(window === undefined ? {} : { window: readDuration(window, 'window') }),
      ...(iface === undefined ? {} : { iface }),
    };
    return targetToJson(await context.keeper.watch(request));
  }),
  remove: operations.targets.remove.handler(async ({ context, input }) => targetToJson(await context.keeper.unwatch(input.reference))),
});

const readSchedule = (schedule: ScheduleInput): PlanSchedule => ({ plan: schedule.plan, cadence: readCadence(schedule) });

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
