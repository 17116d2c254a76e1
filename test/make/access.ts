import type { AuditEntry, SignIn, Token, User } from '../../src/core/index.ts';

export const START = 1_767_225_600_000;
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const user = (name: string, more: Partial<User> = {}): Omit<User, 'id'> => ({
  name,
  role: 'viewer',
  password: null,
  subject: null,
  madeAt: START,
  disabledAt: null,
  ...more,
});

export const signIn = (of: number, digest: string, more: Partial<SignIn> = {}): Omit<SignIn, 'id'> => ({
  digest,
  user: of,
  at: START,
  seenAt: START,
  until: START + 30 * DAY,
  from: '192.0.2.7',
  agent: 'Browser',
  endedAt: null,
  ...more,
});

export const token = (name: string, digest: string, more: Partial<Token> = {}): Omit<Token, 'id'> => ({
  name,
  digest,
  hint: 'rct_abcd',
  scopes: ['read'],
  user: null,
  madeAt: START,
  until: null,
  usedAt: null,
  endedAt: null,
  ...more,
});

export const entry = (more: Partial<AuditEntry> = {}): Omit<AuditEntry, 'id'> => ({
  at: START,
  who: 'anna',
  user: 1,
  proof: 'sign-in',
  from: '192.0.2.7',
  operation: 'rules.put',
  named: 'rule night',
  outcome: 'done',
  ...more,
});
