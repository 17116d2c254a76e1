import { implement } from '@orpc/server';
import { contract, permissionOf } from '../contract/index.ts';
import { Fault } from '../core/index.ts';
import { answeredBy, namedIn } from './audited.ts';
import type { ApiContext } from './context.ts';
import { permitOf } from './permit.ts';
import { refusalOf } from './refusal.ts';

/**
 * Where every handler starts: the contract, with faults turned into its refusals, who asks judged before what is asked, and
 * what changes something kept in the audit, whatever came of it.
 */
export const operations = implement(contract)
  .$context<ApiContext>()
  .use(async ({ next }) => {
    try {
      return await next();
    } catch (failure) {
      throw refusalOf(failure);
    }
  })
  .use(async ({ context: { access, caller }, procedure, path, next }, input) => {
    if (!permissionOf(procedure).audited) return next();
    const entry = { caller, operation: path.join('.'), named: namedIn(input) };
    try {
      const result = await next();
      await access.record({ ...entry, outcome: 'done' });
      return result;
    } catch (failure) {
      await access.record({ ...entry, outcome: answeredBy(refusalOf(failure)) });
      throw failure;
    }
  })
  .use(async ({ context: { caller }, procedure, next }) => {
    const permit = permitOf(caller, permissionOf(procedure));
    if (permit.may) return next();
    throw permit.because === 'unknown'
      ? new Fault('refused', 'judging the caller: nobody knows who it is', 'sign in, or show a token')
      : new Fault('refused', `judging the caller: it may not ${permit.scope}`, `ask with a user or token that has "${permit.scope}"`);
  });
