import { ORPCError } from '@orpc/contract';
import type { FaultJson } from '../contract/index.ts';
import { INTERNAL, MALFORMED, type Refusal, refusalBody, TOO_LARGE } from './refusal.ts';

/** How one dialect of the contract puts values on the wire. */
export interface Wire {
  /** Text around each value. */
  readonly before: string;
  readonly after: string;
  /** A refusal in this dialect. */
  refusal(refusal: Refusal, defined: boolean): unknown;
}

/** Plain JSON. */
export const REST_WIRE: Wire = { before: '', after: '', refusal: refusalBody };

/** The envelope of oRPC clients; our answers are plain JSON, so it never needs type marks. */
export const RPC_WIRE: Wire = { before: '{"json":', after: '}', refusal: rpcRefusal };

function rpcRefusal({ status, code, message, remedy }: Refusal, defined: boolean): FaultJson | object {
  return { defined, code, status, message, data: { remedy } };
}

/** What the caller is told of a failure; `unforeseen` when nobody meant it to be told. */
export function refusalFrom(failure: unknown): { readonly refusal: Refusal; readonly defined: boolean; readonly unforeseen: boolean } {
  if (!(failure instanceof ORPCError)) return { refusal: INTERNAL, defined: false, unforeseen: true };
  if (failure.code === TOO_LARGE.code) return { refusal: TOO_LARGE, defined: false, unforeseen: false };
  if (failure.code === 'BAD_REQUEST') return { refusal: MALFORMED, defined: false, unforeseen: false };
  if (!failure.defined) return { refusal: INTERNAL, defined: false, unforeseen: true };
  const { status, code, message, data } = failure as ORPCError<string, { remedy: string | null }>;
  const { remedy } = data;
  return { refusal: { status, code, message, remedy }, defined: true, unforeseen: false };
}
