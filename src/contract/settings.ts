import * as z from 'zod';
import { operation } from './fault.ts';

export const settingJson = z.object({
  table: z.string().meta({ examples: ['keep'] }),
  key: z.string().meta({ examples: ['singles'] }),
  value: z.string().nullable().meta({ description: 'as it stands in the file; null: none; "***" for what may hold a password' }),
  usual: z.string().nullable().meta({ description: 'what holds where the file is silent' }),
  from: z.enum(['file', 'usual']),
  line: z.int().nullable().meta({ description: 'where the file says it' }),
  restart: z.boolean().meta({ description: 'another value holds only after a restart; all others after a reload' }),
});

export type SettingJson = z.infer<typeof settingJson>;

export const settings = {
  get: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/settings',
      summary: 'The settings in force',
      description: 'Read-only here: they are changed in rollcall.toml. Targets, rules, channels and mutes have operations of their own.',
      tags: ['daemon'],
    })
    .output(
      z.object({
        file: z.string().nullable().meta({ description: 'the config file; null: there is none' }),
        settings: z.array(settingJson),
      }),
    ),
};
