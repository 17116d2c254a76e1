import type { AuditEntry, SignIn, Token, User, UserId } from './access.ts';
import type { Lease } from './lease.ts';
import type { Instant } from './time.ts';

export interface AuditQuery {
  /** By what they were called then, also when they are gone: a user with all tokens of theirs ("anna"), or one token ("anna/backup"). */
  readonly who?: string;
  /** A whole name ("rules.put"), or its beginning ("rules."). */
  readonly operation?: string;
  readonly since?: Instant;
  readonly before?: number;
  readonly limit: number;
}

/** Who may come in. A part of the store; of all its sites. */
export interface AccessStore {
  /** In the order they were made. */
  users(): Promise<readonly User[]>;
  /** Gives it its id. Fault 'conflict' when the name is taken, whatever its case. */
  addUser(user: Omit<User, 'id'>, lease: Lease): Promise<User>;
  /** Fault 'not-found' when there is none. */
  updateUser(user: User, lease: Lease): Promise<void>;
  /** With its sign-ins and tokens. What it did stays in the audit. */
  removeUser(id: UserId, lease: Lease): Promise<void>;

  /** Those that are not over, in the order they were made. */
  signIns(at: Instant): Promise<readonly SignIn[]>;
  addSignIn(signIn: Omit<SignIn, 'id'>, lease: Lease): Promise<SignIn>;
  /** In place of what they were, all or none. */
  updateSignIns(signIns: readonly SignIn[], lease: Lease): Promise<void>;

  /** Also those that are over. */
  tokens(): Promise<readonly Token[]>;
  addToken(token: Omit<Token, 'id'>, lease: Lease): Promise<Token>;
  updateTokens(tokens: readonly Token[], lease: Lease): Promise<void>;

  addAudit(entry: Omit<AuditEntry, 'id'>, lease: Lease): Promise<AuditEntry>;
  /** Newest first. */
  audit(query: AuditQuery): Promise<readonly AuditEntry[]>;
  /** Drops what is older in the audit, and sign-ins that were over before; returns how many rows. */
  prune(before: Instant, lease: Lease): Promise<number>;
}
