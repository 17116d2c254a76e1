import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import type { RollcallContract } from '../../../src/contract/index.ts';

/** Told of every piece of an answer as it arrives, be it only a comment that keeps a stream alive. */
export type Heartbeat = () => void;

interface Asking {
  readonly heard?: Heartbeat;
}

const link = new RPCLink<Asking>({
  url: `${location.origin}/rpc`,
  fetch: async (request, init, { context }) => {
    const answer = await fetch(request, init);
    return context.heard ? overheard(answer, context.heard) : answer;
  },
});

/** The contract, as every client of the daemon has it. A call may bring `context: { heard }`, which is told of every sign of life. */
export const client: ContractRouterClient<RollcallContract, Asking> = createORPCClient(link);

function overheard(answer: Response, heard: Heartbeat): Response {
  if (answer.body === null) return answer;
  const tap = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      heard();
      controller.enqueue(piece);
    },
  });
  return new Response(answer.body.pipeThrough(tap), answer);
}
