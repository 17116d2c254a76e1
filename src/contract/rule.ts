import * as z from 'zod';
import {
  entryName,
  entryReference,
  escalationJson,
  groupingText,
  kindPatterns,
  parties,
  receivers,
  urgencyText,
  weekStretches,
} from './alert-words.ts';
import { changeKindText } from './change.ts';
import { operation } from './fault.ts';
import { notificationJson } from './notification.ts';
import { durationText, filterText, instantText, momentText } from './text.ts';
import { reasonText, verdictText } from './verdict.ts';

export const ruleJson = z
  .object({
    name: z.string(),
    on: z.array(changeKindText).meta({ description: 'kinds of changes it asks for' }),
    where: z.string().nullable().meta({ description: 'words of a filter that the device must fit' }),
    who: z.array(z.string()).meta({ description: 'people and groups that the change must be about; empty: whomever' }),
    home: z.array(z.string()).meta({ description: 'of these somebody must be home' }),
    away: z.array(z.string()).meta({ description: 'of these nobody may be home' }),
    during: z.array(z.string()).meta({ description: 'stretches of the week outside which it is silent; empty: always' }),
    drift: z.boolean().meta({ description: 'only what leaves the device otherwise than it was approved' }),
    to: z.array(z.string()).meta({ description: 'channels; * is all that take the usual rules' }),
    urgency: urgencyText,
    group: groupingText,
    cooldown: durationText.meta({ description: 'the same of the same is not told again within; 0s: always' }),
    remind: durationText.nullable().meta({ description: 'told again this often until acknowledged or over' }),
    escalate: z
      .object({ after: durationText, to: z.array(z.string()) })
      .nullable()
      .meta({ description: 'told to others when it is neither acknowledged nor over by then' }),
    through: z.boolean().meta({ description: 'quiet hours are passed through' }),
    resolved: z.boolean().meta({ description: 'that it is over is told' }),
    enabled: z.boolean(),
    source: z
      .enum(['usual', 'config', 'user'])
      .meta({ description: 'usual: comes with the program; config: read-only here; user: made by people' }),
  })
  .meta({
    description: 'What somebody wants to hear of.',
    examples: [
      {
        name: 'night-arrivals',
        on: ['device.appeared'],
        where: '-tag:ok',
        who: [],
        home: [],
        away: [],
        during: ['22:00-06:00'],
        drift: false,
        to: ['phone'],
        urgency: 'high',
        group: 'cause',
        cooldown: '0s',
        remind: '30m',
        escalate: null,
        through: false,
        resolved: true,
        enabled: true,
        source: 'user',
      },
    ],
  });

export type RuleJson = z.infer<typeof ruleJson>;

const words = {
  on: kindPatterns.min(1, 'it names no kind of change'),
  where: filterText.nullable().optional(),
  who: parties.optional(),
  home: parties.optional(),
  away: parties.optional(),
  during: weekStretches.optional(),
  drift: z.boolean().optional(),
  to: receivers.min(1, 'it names no channel').optional(),
  urgency: urgencyText.optional(),
  group: groupingText.optional(),
  cooldown: durationText.optional(),
  remind: durationText.nullable().optional(),
  escalate: escalationJson.nullable().optional(),
  through: z.boolean().optional(),
  resolved: z.boolean().optional(),
  enabled: z.boolean().optional(),
};

/** A rule as a person writes it; what is left out is as usual. */
export const ruleWordsJson = z.strictObject({ name: entryName, ...words });

export type RuleWordsJson = z.infer<typeof ruleWordsJson>;

export const backtestJson = z
  .object({
    since: instantText,
    until: instantText,
    asked: z.int().min(0).meta({ description: 'changes of the kinds it asks for' }),
    sent: z.array(notificationJson).meta({ description: 'what would have gone out, in order; dueAt is when' }),
    verdicts: z.array(
      z.object({
        verdict: verdictText,
        reason: reasonText,
        count: z.int().min(0),
        example: z.string().meta({ description: 'one of them in a sentence; may hold text from the network' }),
      }),
    ),
    cut: z.boolean().meta({ description: 'there was more than is looked at, or would have been sent' }),
  })
  .meta({ description: 'What a rule would have sent.' });

export type BacktestJson = z.infer<typeof backtestJson>;

const tags = ['rules'];
const named = z.strictObject({ name: entryReference });

export const rules = {
  list: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/rules',
      summary: 'All rules',
      description: 'Those that come with the program, of the config and of people.',
      tags,
    })
    .output(z.array(ruleJson)),
  show: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/rules/{name}', summary: 'One rule', tags })
    .input(named)
    .output(ruleJson),
  put: operation
    .meta({ scope: 'admin', audited: true })
    .route({
      method: 'POST',
      path: '/rules',
      summary: 'Make a rule',
      description: 'New, or in place of the one of that name. One that can never work is refused.',
      tags,
    })
    .input(ruleWordsJson)
    .output(ruleJson),
  edit: operation
    .meta({ scope: 'admin', audited: true })
    .route({
      method: 'PATCH',
      path: '/rules/{name}',
      summary: 'Say something else of a rule',
      description:
        'Fields left out stay as they are. Rules that come with the program may be edited and disabled, those of the config not.',
      tags,
    })
    .input(z.strictObject({ ...words, name: entryReference, on: words.on.optional() }))
    .output(ruleJson),
  drop: operation
    .meta({ scope: 'admin', audited: true })
    .route({
      method: 'DELETE',
      path: '/rules/{name}',
      summary: 'Drop a rule',
      description: 'Answers with what it was. One that comes with the program is disabled instead.',
      tags,
    })
    .input(named)
    .output(ruleJson),
  test: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'POST',
      path: '/rules/test',
      summary: 'What a rule would have sent',
      description: 'A rule by name, or one that is not kept, is played over the changes of a time. Nothing is sent or stored.',
      tags,
    })
    .input(
      z.strictObject({
        name: entryReference.optional(),
        rule: ruleWordsJson.optional().meta({ description: 'in place of a name' }),
        since: momentText,
        until: momentText.optional(),
      }),
    )
    .output(backtestJson),
};
