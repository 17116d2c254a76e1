import { costToJson, targetStatusToJson, targetToJson } from '../json/target.ts';
import { readDuration } from '../moment.ts';
import { operations } from '../operations.ts';
import { readSchedule } from '../read-schedule.ts';

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
