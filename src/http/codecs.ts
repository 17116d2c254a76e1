import { StandardRPCJsonSerializer, StandardRPCSerializer } from '@orpc/client/standard';
import type { ORPCError } from '@orpc/contract';
import { StandardOpenAPICodec, StandardOpenAPIMatcher } from '@orpc/openapi/standard';
import { StandardBracketNotationSerializer, StandardOpenAPIJsonSerializer, StandardOpenAPISerializer } from '@orpc/openapi-client/standard';
import type { AnyProcedure, TraverseContractProcedureCallbackOptions } from '@orpc/server';
import { StandardHandler, StandardRPCCodec, StandardRPCMatcher } from '@orpc/server/standard';
import type { RollcallRouter } from '../api/index.ts';
import type { Dialect } from './exchange.ts';
import { REST_WIRE, RPC_WIRE, refusalFrom, type Wire } from './wire.ts';

/** What oRPC hands over for sending; values are still values, and written when sent. */
type Answer = ReturnType<StandardRPCCodec['encode']>;

type OnFailure = (failure: unknown) => void;

const plain = (body: unknown): Answer => ({ status: 200, headers: {}, body });

function refused(error: ORPCError<string, unknown>, wire: Wire, onFailure: OnFailure): Answer {
  const { refusal, defined, unforeseen } = refusalFrom(error);
  if (unforeseen) onFailure(error.cause ?? error);
  return { status: refusal.status, headers: {}, body: wire.refusal(refusal, defined) };
}

class RestCodec extends StandardOpenAPICodec {
  readonly #onFailure: OnFailure;
  constructor(onFailure: OnFailure) {
    super(new StandardOpenAPISerializer(new StandardOpenAPIJsonSerializer(), new StandardBracketNotationSerializer()));
    this.#onFailure = onFailure;
  }
  override encode(output: unknown): Answer {
    return plain(output);
  }
  override encodeError(error: ORPCError<string, unknown>): Answer {
    return refused(error, REST_WIRE, this.#onFailure);
  }
}

class RpcCodec extends StandardRPCCodec {
  readonly #onFailure: OnFailure;
  constructor(onFailure: OnFailure) {
    super(new StandardRPCSerializer(new StandardRPCJsonSerializer()));
    this.#onFailure = onFailure;
  }
  /** Files travel as forms, which oRPC writes; the rest is plain JSON and written in slices by us. */
  override encode(output: unknown, procedure: AnyProcedure): Answer {
    return output instanceof Blob ? super.encode(output, procedure) : plain(output);
  }
  override encodeError(error: ORPCError<string, unknown>): Answer {
    return refused(error, RPC_WIRE, this.#onFailure);
  }
}

/** Operations that must not even exist for callers from elsewhere. */
const LOCAL_ONLY: ReadonlySet<string> = new Set(['backup']);

export interface Dialects {
  readonly rest: Dialect;
  readonly rpc: Dialect;
}

export interface DialectParts {
  readonly router: RollcallRouter;
  readonly local: boolean;
  readonly onFailure: OnFailure;
}

/** The router behind both dialects of the contract. */
export function createDialects({ router, local, onFailure }: DialectParts): Dialects {
  const filter = ({ path }: TraverseContractProcedureCallbackOptions): boolean => local || !LOCAL_ONLY.has(path.join('.'));
  const [restMatcher, rpcMatcher] = [new StandardOpenAPIMatcher({ filter }), new StandardRPCMatcher({ filter })];
  return {
    rest: {
      handler: new StandardHandler(router, restMatcher, new RestCodec(onFailure), {}),
      matcher: restMatcher,
      wire: REST_WIRE,
      prefix: '',
    },
    rpc: {
      handler: new StandardHandler(router, rpcMatcher, new RpcCodec(onFailure), {}),
      matcher: rpcMatcher,
      wire: RPC_WIRE,
      prefix: '/rpc',
    },
  };
}
