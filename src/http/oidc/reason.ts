/** Why nobody came in, in the one word that the sign-in page may show. */
export type Reason =
  /** The provider was left without signing in. */
  | 'cancelled'
  /** No transaction fits: it is over, was used, or was begun by another browser. */
  | 'expired'
  /** The provider does not answer, or with what nobody can use. */
  | 'provider'
  /** What the provider says of somebody does not prove itself. */
  | 'unproven'
  | 'no-role'
  /** They may not come in here. */
  | 'refused'
  | 'last-admin'
  | 'busy'
  /** There is no first user yet. */
  | 'no-users'
  /** Something here failed. */
  | 'internal';

/** A way in that ended. The message is for the log, never for a page. */
export class NotIn extends Error {
  override readonly name = 'NotIn';
  readonly reason: Reason;

  constructor(reason: Reason, message: string, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}
