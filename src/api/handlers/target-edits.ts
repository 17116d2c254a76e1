import type { EditedTargetJson } from '../../contract/index.ts';
import type { EditedTarget } from '../../watch/index.ts';
import { scheduleToJson, targetToJson } from '../json/target.ts';
import { instantToJson, readDuration } from '../moment.ts';
import { operations } from '../operations.ts';
import { readSchedule } from '../read-schedule.ts';

export const targetEditHandlers = () => ({
  edit: operations.targets.edit.handler(async ({ context, input: { reference, schedule, plans, window, iface, dryRun } }) =>
    editedToJson(
      await context.keeper.editTarget(reference, {
        dryRun,
        ...(schedule && { schedule: schedule.map(readSchedule) }),
        ...(plans && { plans }),
        ...(window !== undefined && { window: window === null ? null : readDuration(window, 'window') }),
        ...(iface !== undefined && { iface }),
      }),
    ),
  ),
});

const editedToJson = ({ target, next, dryRun }: EditedTarget): EditedTargetJson => ({
  target: targetToJson(target),
  next: next.map(({ at, ...entry }) => ({ ...scheduleToJson(entry), dueAt: at.map(instantToJson) })),
  dryRun,
});
