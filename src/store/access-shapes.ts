import { ASKED, type AuditEntry, type Instant, PROOFS, ROLES, SCOPES, type Scope, type User } from '../core/index.ts';

interface Standing {
  readonly role: string;
  readonly disabled_at: Instant | null;
  readonly made_at: Instant;
}

/** Whoever's role cannot be read comes in no more, until somebody gives them one: a damaged row must not open a door. */
export function standingOf({ role, disabled_at, made_at }: Standing): Pick<User, 'role' | 'disabledAt'> {
  const known = ROLES.find((one) => one === role);
  return known ? { role: known, disabledAt: disabled_at } : { role: 'viewer', disabledAt: disabled_at ?? made_at };
}

export const scopesText = (scopes: readonly Scope[]): string => scopes.join(' ');

/** Those that can be read: fewer rights, never others. */
export const scopesFrom = (text: string): readonly Scope[] => {
  const words = new Set(text.split(' '));
  return SCOPES.filter((scope) => words.has(scope));
};

export const proofFrom = (text: string): AuditEntry['proof'] => PROOFS.find((one) => one === text) ?? 'nothing';
export const answerFrom = (text: string): AuditEntry['outcome'] => ASKED.find((one) => one === text) ?? 'failed';

/** The user behind a token: "anna" of "anna/backup". */
export const whoseOf = (who: string | null): string | null => who?.split('/', 1)[0] ?? null;

/** Names are compared whatever their case. */
export const nameKey = (name: string): string => name.toLowerCase();
