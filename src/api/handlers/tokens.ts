import type { Token } from '../../core/index.ts';
import { tokenToJson } from '../json/access.ts';
import { readAhead } from '../moment.ts';
import { nowOf } from '../now.ts';
import { operations } from '../operations.ts';

export const tokenHandlers = () => ({
  list: operations.tokens.list.handler(({ context, input: { over } }) => {
    const now = nowOf(context);
    const shown = context.access.tokens(context.caller).filter((token) => over === 'yes' || !isOver(token, now));
    return shown.map((token) => tokenToJson(context.access, token));
  }),
  add: operations.tokens.add.handler(async ({ context, input: { name, scopes, until } }) => {
    const draft = { name, scopes, until: until === undefined ? null : readAhead(until, nowOf(context)) };
    const { token, secret } = await context.access.addToken(context.caller, draft);
    return { ...tokenToJson(context.access, token), secret };
  }),
  revoke: operations.tokens.revoke.handler(async ({ context: { access, caller }, input: { id } }) =>
    tokenToJson(access, await access.revokeToken(caller, id)),
  ),
});

const isOver = ({ until, endedAt }: Token, now: number): boolean => endedAt !== null || (until !== null && until <= now);
