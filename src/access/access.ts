import type { AuditEntry, AuditQuery, Caller, Instant, Role, Scope, SignIn, Token, User, UserId } from '../core/index.ts';

/** What a request shows of itself. */
export interface Shown {
  /** The value of our cookie; null: none. */
  readonly cookie: string | null;
  /** What stands behind "Bearer"; null: nothing. */
  readonly bearer: string | null;
  /** Address of the caller; null: this machine. */
  readonly from: string | null;
}

/** null: nobody who may come in. What is shown and not known gives no rights, whatever else is shown beside it. */
export type Recognised = Caller | null;

/** Where somebody signs in. */
export interface Whence {
  readonly from: string | null;
  /** What the browser says it is. */
  readonly agent: string;
}

/** Somebody is in: what their browser is to show from now on. Told once, here. */
export interface Welcome {
  readonly caller: Caller;
  readonly secret: string;
  /** When it ends whatever happens. */
  readonly until: Instant;
}

export interface SetupLink {
  readonly secret: string;
  readonly until: Instant;
}

export interface SetupOrder extends Whence {
  readonly secret: string;
  readonly name: string;
  readonly password: string;
}

export interface SignInOrder extends Whence {
  readonly name: string;
  readonly password: string;
}

/** Somebody whom an identity provider knows. */
export interface ElsewhereOrder extends Whence {
  readonly issuer: string;
  readonly subject: string;
  /** Taken as the name when they come for the first time, as far as it can be one. */
  readonly name: string;
  /** What they are here for, by the provider; given at each sign-in. */
  readonly role: Role;
}

export interface UserDraft {
  readonly name: string;
  readonly role: Role;
  readonly password: string;
}

/** What is left out stays as it is. */
export interface UserEdit {
  readonly role?: Role;
  readonly disabled?: boolean;
  readonly password?: string;
}

export interface TokenDraft {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** null: until it is revoked. */
  readonly until: Instant | null;
}

/** Something to keep in the audit. */
export interface Recorded extends Pick<AuditEntry, 'operation' | 'named' | 'outcome'> {
  readonly caller: Caller;
}

/**
 * Who may come in, and what they may. Whatever it cannot allow is thrown as a Fault: 'bad-input' (an unusable name or password), 'refused' (wrong, too often
 * wrong, or not theirs), 'unavailable' (too many at once; or the store fails), 'not-found', 'conflict' (the name is taken; the last admin).
 */
export interface Access {
  /** Takes the right to write, and looks again at what the store holds: a daemon does so before it lets anybody in. */
  claim(): Promise<void>;
  /** From memory, at once. */
  recognise(shown: Shown): Recognised;
  /** Whether a caller that was recognised still would be, with the same rights: streams outlive their request. */
  stands(caller: Caller): boolean;
  /** Calls back whenever somebody lost rights; returns how to stop that. */
  onLoss(listener: () => void): () => void;

  /** Whether there is a user. */
  isSetUp(): boolean;
  /** Whether people may sign in at an identity provider. */
  readonly elsewhere: boolean;
  /** What the owner calls that; null: nothing. */
  readonly elsewhereLabel: string | null;
  /** The one that is valid now, made when there is none; null: there is a user already. */
  setupLink(): SetupLink | null;
  /** Makes the first admin and lets them in. */
  setup(order: SetupOrder): Promise<Welcome>;
  signIn(order: SignInOrder): Promise<Welcome>;
  signInElsewhere(order: ElsewhereOrder): Promise<Welcome>;
  /** Ends the sign-in the caller came by; nothing when there is none. */
  signOut(caller: Caller): Promise<void>;
  /** The caller's own. Ends all sign-ins of theirs and begins a new one. */
  changePassword(caller: Caller, order: { readonly old: string; readonly password: string } & Whence): Promise<Welcome>;

  users(): readonly User[];
  /** Of the caller; null: the caller is no user. */
  userOf(caller: Caller): User | null;
  addUser(draft: UserDraft): Promise<User>;
  /** Any change of what they may, or of how they prove themselves, ends their sign-ins. */
  editUser(name: string, edit: UserEdit): Promise<User>;
  /** Returns who it was. */
  removeUser(name: string): Promise<User>;
  nameOf(user: UserId): string | null;

  /** Those that are not over: of the caller, or of all when the caller is an admin. */
  signIns(caller: Caller): readonly SignIn[];
  endSignIn(caller: Caller, id: number): Promise<SignIn>;

  /** Also those that are over: of the caller, or of all when the caller is an admin. */
  tokens(caller: Caller): readonly Token[];
  /** `secret` is told once, here. */
  addToken(caller: Caller, draft: TokenDraft): Promise<{ readonly token: Token; readonly secret: string }>;
  revokeToken(caller: Caller, id: number): Promise<Token>;

  audit(query: AuditQuery): Promise<readonly AuditEntry[]>;
  /** Keeps what was done or refused. Never throws: what cannot be kept is logged. */
  record(entry: Recorded): Promise<void>;

  /** Writes what waits. The store stays open. */
  stop(): Promise<void>;
}
