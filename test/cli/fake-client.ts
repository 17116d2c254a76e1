import assert from 'node:assert/strict';
import { createORPCClient } from '@orpc/client';
import type * as z from 'zod';
import { contract, type RollcallClient } from '../../src/contract/index.ts';

/** How calls are answered, by operation ("devices.list"). A call nobody expects fails the test. */
export type Answers = Readonly<
  Record<string, (input: any, options: { signal?: AbortSignal | undefined; lastEventId?: string | undefined }) => unknown>
>;

export interface FakeCall {
  readonly operation: string;
  readonly input: any;
}

interface Schemas {
  readonly '~orpc': { readonly inputSchema?: z.ZodType; readonly outputSchema?: z.ZodType };
}

/** A client that answers from a table, and holds both sides to the real contract. */
export function fakeClient(answers: Answers): { client: RollcallClient; calls: FakeCall[] } {
  const calls: FakeCall[] = [];
  const client = createORPCClient<RollcallClient>({
    async call(path, input, options) {
      const operation = path.join('.');
      const answer = answers[operation];
      assert.ok(answer, `unexpected call of ${operation} with ${JSON.stringify(input)}`);
      const { inputSchema, outputSchema } = schemasOf(path);
      calls.push({ operation, input });
      inputSchema?.parse(input);
      const output = await answer(input, options);
      return isIterator(output) ? output : (outputSchema?.parse(output) ?? output);
    },
  });
  return { client, calls };
}

function schemasOf(path: readonly string[]): Schemas['~orpc'] {
  const operation = path.reduce<any>((node, name) => node[name], contract) as Schemas;
  return operation['~orpc'];
}

const isIterator = (output: unknown): boolean => typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
