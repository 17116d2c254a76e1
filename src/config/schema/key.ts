import { z } from 'zod';
import type { Reader } from '../../core/index.ts';

/** One key: zod keeps the structure, the reader judges the value. A key that may be left out adds `.optional()`. */
export const key = <T>(read: Reader<T>) =>
  z.unknown().transform((value, context): T => {
    const result = read(value);
    if (result.ok) return result.value;
    const missing = value === undefined;
    context.addIssue({ code: 'custom', message: missing ? 'it is missing' : result.reason, params: { remedy: result.remedy } });
    return z.NEVER;
  });

export type Complain = (issue: {
  readonly key: string | readonly (string | number)[];
  readonly message: string;
  readonly remedy: string;
}) => void;

export const complainTo =
  (context: z.RefinementCtx): Complain =>
  ({ key: name, message, remedy }) =>
    context.addIssue({ code: 'custom', path: [name].flat(), message, params: { remedy } });
