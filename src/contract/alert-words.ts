import * as z from 'zod';
import { GROUPINGS, URGENCIES } from '../core/index.ts';
import { durationText } from './text.ts';

/** Most rules, channels or ids named in one request. */
const MANY = 100;

/** What a rule or channel is called. */
export const entryName = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/, 'it is no name: letters a-z, digits and dashes between them, 60 at most')
  .meta({ description: 'letters a-z, digits and dashes between them, 60 at most', examples: ['night-arrivals'] });

/** A rule or channel that is there, as somebody calls it. */
export const entryReference = z.string().min(1, 'it is empty').max(255);

export const urgencyText = z.enum(URGENCIES).meta({ description: 'critical goes through quiet hours' });

export const groupingText = z
  .enum(GROUPINGS)
  .meta({ description: 'what is told together: changes of one scan, of one device (place, person), or all that the rule tells' });

/** Which kinds of changes are meant. */
export const kindPatterns = z
  .array(z.string().min(1, 'it is empty').max(64))
  .max(MANY)
  .meta({ description: 'kinds of changes, or several by a pattern', examples: [['device.appeared', 'port.*']] });

export const parties = z
  .array(z.string().min(1, 'it is empty').max(255))
  .max(MANY)
  .meta({ description: 'people, and groups as group:NAME', examples: [['anna', 'group:family']] });

/** Names of channels, as a rule has them. */
export const receivers = z
  .array(z.union([z.literal('*'), entryName]))
  .max(MANY)
  .meta({ description: 'channels; * is all that take the usual rules' });

export const escalationJson = z.strictObject({ after: durationText, to: receivers });

export const weekStretches = z
  .array(z.string().min(1, 'it is empty').max(60))
  .max(MANY)
  .meta({ description: 'stretches of the week, by the clock of the alerts', examples: [['Mon-Fri 08:00-18:00', '22:00-06:00']] });

/** Who says so, for the record. */
export const byText = z
  .string()
  .min(1, 'it is empty')
  .max(255)
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'it is more than a line that can be shown')
  .meta({ description: 'who says so' });

export const whyText = z
  .string()
  .min(1, 'it is empty')
  .max(1000)
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'it is more than a line that can be shown');

/** Several rows by their numbers. */
export const severalNumbers = z.array(z.int().min(1)).min(1).max(1000);
