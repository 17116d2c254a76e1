import * as z from 'zod';
import { operation } from './fault.ts';
import { planText } from './scan.ts';
import { scheduleInput, scheduleJson, targetJson } from './target.ts';
import { durationText, instantText, referenceText } from './text.ts';

export const editedTargetJson = z
  .object({
    target: targetJson,
    next: z
      .array(z.object({ ...scheduleJson.shape, dueAt: z.array(instantText) }))
      .meta({ description: 'when each plan is due from now on, the first five times, if nothing puts it off' }),
    dryRun: z.boolean(),
  })
  .meta({ description: 'A target as it is now, or would be.' });

export type EditedTargetJson = z.infer<typeof editedTargetJson>;

export const targetEdits = {
  edit: operation
    .meta({ scope: 'admin', audited: true })
    .route({
      method: 'PATCH',
      path: '/targets/{+reference}',
      summary: 'Change how a target is watched',
      description:
        'It stays the same one, with its number and its history. Fields left out stay as they are. What the config file declares is changed there.',
      tags: ['targets'],
    })
    .input(
      z.strictObject({
        reference: referenceText.meta({ description: "id, or the target's text" }),
        schedule: z.array(scheduleInput).max(16).optional().meta({ description: 'in place of all there is' }),
        plans: z
          .array(z.strictObject({ plan: planText, on: z.boolean() }))
          .max(16)
          .optional()
          .meta({ description: 'plans to switch off, or on at their usual times' }),
        window: durationText.nullable().optional().meta({ description: 'null: that of the site' }),
        iface: z.string().max(64).nullable().optional().meta({ description: 'null: found by route' }),
        dryRun: z.boolean().default(false),
      }),
    )
    .output(editedTargetJson),
};
