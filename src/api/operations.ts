import { implement } from '@orpc/server';
import { contract } from '../contract/index.ts';
import type { ApiContext } from './context.ts';
import { refusalOf } from './refusal.ts';

/** Where every handler starts: the contract, with faults turned into its refusals. */
export const operations = implement(contract)
  .$context<ApiContext>()
  .use(async ({ next }) => {
    try {
      return await next();
    } catch (failure) {
      throw refusalOf(failure);
    }
  });
