import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nobodyFrom, OWNER, ROLES, type Role, SCOPES, SCOPES_OF } from '../core/index.ts';
import { permitOf } from './permit.ts';

const scopesAllowed = (role: Role): string[] =>
  SCOPES.filter((scope) => permitOf({ proof: 'sign-in', scopes: SCOPES_OF[role] }, { scope }).may);

test('viewers read, operators scan, acknowledge and edit, admins do all', () => {
  assert.deepEqual(ROLES.map(scopesAllowed), [['read'], ['read', 'scan', 'ack', 'edit'], ['read', 'scan', 'ack', 'edit', 'admin']]);
});

test('a scope allows what it names, and nothing of the others', () => {
  for (const held of SCOPES)
    for (const scope of SCOPES)
      assert.deepEqual(
        permitOf({ proof: 'token', scopes: [held] }, { scope }),
        held === scope ? { may: true } : { may: false, because: 'scope', scope },
      );
});

test('whoever proves nothing is unknown, whatever scopes it claims', () => {
  for (const scope of SCOPES)
    assert.deepEqual(permitOf({ proof: 'nothing', scopes: SCOPES }, { scope }), { may: false, because: 'unknown' });
  assert.deepEqual(permitOf(nobodyFrom('192.0.2.1'), { scope: 'nobody' }), { may: true });
});

test('the owner of the machine may do all', () => {
  for (const scope of [...SCOPES, 'nobody'] as const) assert.deepEqual(permitOf(OWNER, { scope }), { may: true });
});
