import * as z from 'zod';
import { operation } from './fault.ts';
import { instantText } from './text.ts';

export const undoableJson = z
  .object({
    ref: z.string(),
    operation: z.string().meta({ description: 'what did it', examples: ['devices.edit'] }),
    what: z.string().meta({ description: 'one line; may hold text from the network', examples: ['printer: owner none -> Anna'] }),
    devices: z.array(z.int()).meta({ description: 'ids of the devices it was about, at most 100' }),
    at: instantText,
    until: instantText.meta({ description: 'when it can be taken back no longer' }),
  })
  .meta({ description: 'Something that was done and can be taken back.' });

export type UndoableJson = z.infer<typeof undoableJson>;

export const undoneJson = z
  .object({
    ref: z.string(),
    what: z.string(),
    note: z.string().nullable().meta({ description: 'what is not as it was all the same' }),
  })
  .meta({ description: 'What was taken back.' });

export type UndoneJson = z.infer<typeof undoneJson>;

const tags = ['undo'];

export const undo = {
  // the keeper tells each caller only what it may take back
  list: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/undo',
      summary: 'What can be taken back',
      description:
        'Newest first, for a quarter of an hour, and not over a restart: labels, imports of tables, approvals, merges and splits, targets, ' +
        'rules, channels, mutes, acknowledged incidents, views. Not: forgetting a device, imported history, messages that were sent.',
      tags,
    })
    .output(z.array(undoableJson)),
  // what was done takes its own scope, which the keeper judges
  do: operation
    .meta({ scope: 'read', audited: true })
    .route({
      method: 'POST',
      path: '/undo',
      summary: 'Take something back',
      description: 'As a whole or, with a conflict that says what was changed since, not at all. It can itself be taken back.',
      tags,
    })
    .input(z.strictObject({ of: z.string().min(1).max(64) }))
    .output(undoneJson),
};
