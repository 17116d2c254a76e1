import { untrusted } from '../../core/index.ts';
import { NotIn, type Reason } from './reason.ts';

/** Does it, and makes of whatever fails a {@link NotIn} that may be logged: cleaned and short, without what was sent or received. */
export async function told<T>(doing: () => Promise<T>): Promise<T> {
  try {
    return await doing();
  } catch (thrown) {
    throw notInBy(thrown);
  }
}

const clean = (value: unknown): string => untrusted(String(value), 200);

function notInBy(thrown: unknown): NotIn {
  if (thrown instanceof NotIn) return thrown;
  const inner = innermost(thrown);
  if (inner instanceof NotIn) return inner;
  const { name, message, error: word, code } = fieldsOf(thrown);
  if (name === 'AuthorizationResponseError')
    return new NotIn(word === 'access_denied' ? 'cancelled' : 'provider', `signing in there: the provider says ${clean(word)}`);
  if (name === 'ResponseBodyError') return new NotIn('provider', `asking the provider: it says ${clean(word)}`);
  return new NotIn(reasonBy(code), `judging the provider: ${clean(message)} (${clean(code ?? name)}; ${clean(fieldsOf(inner).message)})`);
}

/** What the protocol's own library calls a token or an answer that is not what it should be. */
const UNPROVEN: ReadonlySet<unknown> = new Set([
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_UNSUPPORTED_OPERATION',
  'OAUTH_JWT_USERINFO_EXPECTED',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
]);

const reasonBy = (code: unknown): Reason => (UNPROVEN.has(code) ? 'unproven' : 'provider');

interface Fields {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly error?: unknown;
  readonly code?: unknown;
}

const fieldsOf = (thrown: unknown): Fields => (typeof thrown === 'object' && thrown !== null ? thrown : { message: thrown });

/** At the end of the chain of causes, where the socket or the bytes are. */
function innermost(thrown: unknown): unknown {
  let at = thrown;
  for (let depth = 0; depth < 8 && at instanceof Error && at.cause instanceof Error; depth++) at = at.cause;
  return at;
}
