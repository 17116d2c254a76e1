import type { AuditJson, TokenJson, UserJson } from '../../contract/index.ts';
import { localTime } from '../terminal/moment.ts';
import type { Output, Piece } from '../terminal/output.ts';
import { counted } from './scan-text.ts';

const timeOf = (text: string | null, never: string): string => (text === null ? never : localTime(Date.parse(text)));

export function printUsers(out: Output, users: readonly UserJson[]): void {
  if (users.length > 0) out.table(['NAME', 'ROLE', 'IS', 'SIGNED IN', 'LAST HERE', 'MADE'], users.map(userRow));
  out.note(
    users.length === 0 ? 'nobody may sign in; make somebody with "rollcall user add NAME --role admin"' : counted(users.length, 'user'),
  );
}

const userRow = ({ name, role, disabledAt, password, signIns, seenAt, madeAt }: UserJson): Piece[] => [
  name,
  role,
  disabledAt !== null ? { text: `disabled ${timeOf(disabledAt, '')}`, tone: 'warn' } : password ? 'welcome' : 'welcome, elsewhere only',
  String(signIns),
  timeOf(seenAt, '-'),
  timeOf(madeAt, '-'),
];

export function printTokens(out: Output, tokens: readonly TokenJson[]): void {
  if (tokens.length > 0) out.table(['ID', 'NAME', 'OF', 'BEGINS', 'IS', 'UNTIL', 'LAST USED', 'MAY'], tokens.map(tokenRow));
  out.note(counted(tokens.length, 'token'));
}

const tokenRow = ({ id, name, user, hint, endedAt, until, usedAt, scopes }: TokenJson): Piece[] => [
  String(id),
  name,
  user ?? 'owner',
  hint,
  endedAt === null ? 'valid' : { text: `revoked ${timeOf(endedAt, '')}`, tone: 'dim' },
  timeOf(until, 'it is revoked'),
  timeOf(usedAt, 'never'),
  scopes.join(', '),
];

export const AUDIT_HEADING = ['ID', 'TIME', 'WHO', 'FROM', 'BY', 'IS', 'OPERATION', 'NAMED'] as const;

export const auditRow = ({ id, at, who, from, proof, outcome, operation, named }: AuditJson): Piece[] => [
  String(id),
  timeOf(at, '-'),
  who ?? 'nobody',
  from ?? 'here',
  proof,
  outcome === 'done' ? outcome : { text: outcome, tone: 'warn' },
  operation,
  named,
];
