import type { AuditEntry, SignIn, Token, User, UserId } from '../../core/index.ts';

/** Who may come in, as plain maps. */
export interface AccessState {
  readonly users: Map<UserId, User>;
  readonly signIns: Map<number, SignIn>;
  readonly tokens: Map<number, Token>;
  /** In the order it was done. */
  readonly audit: AuditEntry[];
  /** Highest numbers ever given. */
  readonly given: { user: UserId; signIn: number; token: number; audit: number };
}

export const nobodyYet = (): AccessState => ({
  users: new Map(),
  signIns: new Map(),
  tokens: new Map(),
  audit: [],
  given: { user: 0, signIn: 0, token: 0, audit: 0 },
});
