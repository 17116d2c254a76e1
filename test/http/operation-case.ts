import type { AnyContractProcedure } from '@orpc/contract';
import type { RollcallClient } from '../../src/contract/index.ts';
import type { Answers } from './fake-keeper.ts';
import type { Ask } from './open-door.ts';

/** One operation: what the keeper must be asked, and how both dialects ask for it. */
export interface Case {
  readonly answers: Answers;
  readonly rest: readonly [path: string, ask?: Ask];
  readonly call: (client: RollcallClient) => Promise<unknown>;
  readonly procedure: AnyContractProcedure;
}

export const json = (method: string, body: object): Ask => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
