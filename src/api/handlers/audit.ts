import { auditToJson } from '../json/access.ts';
import { readMoment } from '../moment.ts';
import { nowOf } from '../now.ts';
import { operations } from '../operations.ts';

export const auditHandlers = () => ({
  list: operations.audit.list.handler(async ({ context, input: { user, operation, since, before, limit } }) => {
    const found = await context.access.audit({
      ...(user !== undefined && { who: user }),
      ...(operation !== undefined && { operation: wholeOrKind(operation) }),
      ...(since !== undefined && { since: readMoment(since, nowOf(context)) }),
      ...(before !== undefined && { before }),
      limit,
    });
    return found.map(auditToJson);
  }),
});

/** "users" is every operation of users. */
const wholeOrKind = (operation: string): string => (operation.includes('.') ? operation : `${operation}.`);
