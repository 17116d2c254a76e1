import * as z from 'zod';
import { ROLES, SCOPES } from '../core/index.ts';

export const roleText = z.enum(ROLES).meta({ description: 'viewer: may look; operator: all but admin; admin: everything' });

export const scopeText = z
  .enum(SCOPES)
  .meta({ description: 'read, scan, ack (take note of incidents), edit (say what devices are), or admin' });

/** What a user is called. Judged by access, which says what is wrong with it. */
export const userName = z
  .string()
  .min(1, 'it is empty')
  .max(64)
  .meta({ description: 'letters from a to z, digits and . _ - @; the same whatever the case', examples: ['anna'] });

/** As typed; what may be one is judged by access. Never said back. */
export const passwordText = z
  .string()
  .max(1024)
  .meta({ description: '8 to 256 characters; what others guess is refused', format: 'password' });
