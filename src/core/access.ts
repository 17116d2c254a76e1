import type { Instant } from './time.ts';

/** What a caller may do: each allows what is named, and nothing of the others. */
export const SCOPES = ['read', 'scan', 'ack', 'edit', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** What a user is here for. */
export const ROLES = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** What users of a role may do. */
export const SCOPES_OF: Readonly<Record<Role, readonly Scope[]>> = {
  viewer: ['read'],
  operator: ['read', 'scan', 'ack', 'edit'],
  admin: SCOPES,
};

export type UserId = number;

/** Somebody who may sign in. A person of the network (who owns devices) is another thing. */
export interface User {
  readonly id: UserId;
  /** As it is typed to sign in: letters, digits and `. _ - @`, unique whatever the case. */
  readonly name: string;
  readonly role: Role;
  /** What proves the password (PHC string of argon2id); null: signs in elsewhere only. */
  readonly password: string | null;
  /** Who that is at the identity provider: "issuer subject"; null: nobody there. */
  readonly subject: string | null;
  readonly madeAt: Instant;
  /** Since when the user may not come in any more; null: may. */
  readonly disabledAt: Instant | null;
}

/** A browser in which a user is signed in. What the browser shows is kept as a digest only. */
export interface SignIn {
  readonly id: number;
  readonly digest: string;
  readonly user: UserId;
  readonly at: Instant;
  /** When it was used last, to a minute or so. */
  readonly seenAt: Instant;
  /** When it ends whatever happens. */
  readonly until: Instant;
  /** Address; null: this machine. */
  readonly from: string | null;
  /** What the browser says it is. */
  readonly agent: string;
  readonly endedAt: Instant | null;
}

/** What a program shows in place of a user. Kept as a digest only. */
export interface Token {
  readonly id: number;
  readonly name: string;
  readonly digest: string;
  /** Its first characters, to tell it from others. */
  readonly hint: string;
  readonly scopes: readonly Scope[];
  /** Whose it is; it can do no more than that user, and ends with it. null: of the owner of this machine. */
  readonly user: UserId | null;
  readonly madeAt: Instant;
  readonly until: Instant | null;
  readonly usedAt: Instant | null;
  readonly endedAt: Instant | null;
}

/** How a caller proved itself. */
export const PROOFS = ['socket', 'sign-in', 'token', 'nothing'] as const;
export type Proof = (typeof PROOFS)[number];

/** Who asks, and what they may. */
export interface Caller {
  /** Of the user or token; null: nobody who is known. */
  readonly name: string | null;
  /** Whose rights it has; null: of no user (the owner of this machine, their tokens, or nobody). */
  readonly user: UserId | null;
  readonly scopes: readonly Scope[];
  readonly proof: Proof;
  /** Address of the caller; null: this machine. */
  readonly from: string | null;
  /** The sign-in it came by; null: none. */
  readonly signIn: number | null;
}

/** Whoever opens our socket, or our store, owns this machine's Rollcall: there is nothing to hide from them. */
export const OWNER: Caller = { name: 'owner', user: null, scopes: SCOPES, proof: 'socket', from: null, signIn: null };

/** Whoever shows nothing that is known may do nothing. */
export const nobodyFrom = (from: string | null): Caller => ({ name: null, user: null, scopes: [], proof: 'nothing', from, signIn: null });

/** What came of it: refused by us, or it did not work. */
export const ASKED = ['done', 'refused', 'failed'] as const;
export type Answered = (typeof ASKED)[number];

/** Something a person or program changed, or was refused to change. */
export interface AuditEntry {
  readonly id: number;
  readonly at: Instant;
  /** Name of the user or token at that time; null: nobody who is known. */
  readonly who: string | null;
  readonly user: UserId | null;
  readonly proof: Proof;
  /** Address of the caller; null: this machine. */
  readonly from: string | null;
  /** Operation of the contract, "rules.put". */
  readonly operation: string;
  /** What it named, without secrets, at most a line. */
  readonly named: string;
  readonly outcome: Answered;
}
