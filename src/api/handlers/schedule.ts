import type { UpcomingJson } from '../../contract/index.ts';
import { instantToJson } from '../moment.ts';
import { operations } from '../operations.ts';
import { readCadence } from '../read-schedule.ts';

export const scheduleHandlers = () => ({
  next: operations.schedule.next.handler(
    ({ context, input: { count, ...words } }): UpcomingJson => ({
      next: context.keeper.runsAhead(readCadence({ plan: 'this plan', ...words }), count).map(instantToJson),
    }),
  ),
});
