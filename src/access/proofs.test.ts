import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byBearer, byCookie, fault, OTHER, setUpStand, signedIn } from '../../test/make/access-stand.ts';
import { type Caller, nobodyFrom, OWNER, type Scope } from '../core/index.ts';
import type { Access } from './index.ts';

const HOUR = 3_600_000;

/** Anna, an admin, and bert, an operator, both signed in. */
async function two() {
  const stand = await setUpStand();
  await stand.access.addUser({ name: 'bert', role: 'operator', password: OTHER });
  const bert = await signedIn(stand.access, 'bert', OTHER);
  return { ...stand, annas: stand.anna.caller, berts: bert.caller, bert };
}

const make = (access: Access, caller: Caller, name: string, scopes: readonly Scope[] = ['read'], until: number | null = null) =>
  access.addToken(caller, { name, scopes, until });

const called = (access: Access, secret: string) => {
  const caller = byBearer(access, secret);
  return caller && [caller.name, caller.user, caller.scopes, caller.proof, caller.signIn];
};

test('a token is told once, kept as a digest, and is its maker with the scopes it was given', async () => {
  const { access, berts, store } = await two();
  const { token, secret } = await make(access, berts, 'night scan', ['scan', 'read']);
  assert.match(secret, /^rct_[\w-]{43}$/, '256 bits');
  assert.deepEqual(called(access, secret), ['bert/night scan', 2, ['read', 'scan'], 'token', null]);
  assert.equal(secret.startsWith(token.hint), true);
  assert.ok(token.hint.length <= 8);
  const kept = JSON.stringify([await store.access.tokens(), await access.audit({ limit: 9 })]);
  assert.doesNotMatch(kept, new RegExp(secret.slice(8)));
  const owners = await make(access, OWNER, 'night scan', ['admin']);
  assert.deepEqual(called(access, owners.secret), ['owner/night scan', null, ['admin'], 'token', null]);
});

test('S15: nobody makes a token that may more than they may, and it may less when its user does', async () => {
  const { access, berts, annas } = await two();
  await assert.rejects(make(access, berts, 'x', ['read', 'admin']), fault('refused', /may not admin/));
  await assert.rejects(make(access, nobodyFrom(null), 'x'), fault('refused'));
  await assert.rejects(make(access, berts, 'x', []), fault('bad-input', /could do nothing/));
  const { secret } = await make(access, annas, 'all', ['read', 'admin', 'scan']);
  await access.editUser('bert', { role: 'admin' });
  await access.editUser('anna', { role: 'viewer' });
  assert.deepEqual(byBearer(access, secret)?.scopes, ['read']);
  await access.editUser('anna', { disabled: true });
  assert.equal(byBearer(access, secret), null);
  await access.editUser('anna', { disabled: false, role: 'operator' });
  assert.deepEqual(byBearer(access, secret)?.scopes, ['read', 'scan']);
});

test('S15: a token makes itself no heir, and ends nothing, unless it is an admin’s', async () => {
  const { access, berts, annas, bert } = await two();
  const weak = byBearer(access, (await make(access, annas, 'weak', ['read'])).secret);
  assert.ok(weak);
  const other = await make(access, annas, 'other', ['read']);
  await assert.rejects(make(access, weak, 'heir'), fault('refused', /a token may not/));
  await assert.rejects(access.revokeToken(weak, other.token.id), fault('refused'));
  await assert.rejects(access.endSignIn(weak, annas.signIn ?? 0), fault('refused'));
  const strong = byBearer(access, (await make(access, annas, 'strong', ['read', 'admin'])).secret);
  assert.ok(strong);
  await assert.rejects(make(access, strong, 'heir', ['scan']), fault('refused', /may not scan/));
  const heir = await make(access, strong, 'heir', ['read']);
  assert.deepEqual(called(access, heir.secret), ['anna/heir', annas.user, ['read'], 'token', null]);
  await access.endSignIn(strong, berts.signIn ?? 0);
  assert.equal(byCookie(access, bert.secret), null);
});

test('a token ends at its moment, or when it is revoked, for good', async () => {
  const { access, berts, clock, again } = await two();
  await assert.rejects(make(access, berts, 'late', ['read'], clock.now()), fault('bad-input', /over already/));
  const short = await make(access, berts, 'short', ['read'], clock.now() + HOUR);
  const long = await make(access, berts, 'long');
  await clock.pass(HOUR - 1);
  assert.ok(byBearer(access, short.secret));
  await clock.pass(1);
  assert.equal(byBearer(access, short.secret), null);
  const caller = byBearer(access, long.secret);
  assert.ok(caller && access.stands(caller));
  const revoked = await access.revokeToken(berts, long.token.id);
  assert.equal(revoked.endedAt, clock.now());
  assert.deepEqual([byBearer(access, long.secret), access.stands(caller)], [null, false]);
  await clock.pass(HOUR);
  assert.equal((await access.revokeToken(berts, long.token.id)).endedAt, revoked.endedAt, 'as it was');
  await access.stop();
  const restarted = await again();
  assert.deepEqual([byBearer(restarted, long.secret), byBearer(restarted, short.secret)], [null, null]);
});

test('S15: a user sees and ends what is their own, an admin all; what is others’ is not even there', async () => {
  const { access, annas, berts, anna, bert } = await two();
  const annasToken = (await make(access, annas, 'a')).token.id;
  const bertsToken = (await make(access, berts, 'b')).token.id;
  const owners = (await make(access, OWNER, 'o')).token.id;
  const seen = (caller: Caller) => [access.tokens(caller).map(({ id }) => id), access.signIns(caller).map(({ user }) => user)];
  assert.deepEqual(seen(berts), [[bertsToken], [2]]);
  for (const caller of [annas, OWNER])
    assert.deepEqual(seen(caller), [
      [annasToken, bertsToken, owners],
      [1, 2],
    ]);
  assert.deepEqual(seen(nobodyFrom(null)), [[], []]);
  for (const id of [annasToken, owners, 99, -1, Number.NaN]) await assert.rejects(access.revokeToken(berts, id), fault('not-found'));
  await assert.rejects(access.endSignIn(berts, annas.signIn ?? 0), fault('not-found'));
  await access.endSignIn(annas, berts.signIn ?? 0);
  await access.revokeToken(OWNER, annasToken);
  assert.deepEqual([byCookie(access, bert.secret), byCookie(access, anna.secret)?.name], [null, 'anna']);
  await assert.rejects(access.endSignIn(annas, berts.signIn ?? 0), fault('not-found'), 'it is over');
});

test('tokens of one user that are not over have a name each, that people can read', async () => {
  const { access, annas, berts } = await two();
  const { token } = await make(access, berts, 'cam');
  await assert.rejects(make(access, berts, 'cam'), fault('conflict'));
  await make(access, annas, 'cam');
  await access.revokeToken(berts, token.id);
  await make(access, berts, 'cam');
  const odd = ['', ' ', ' x', 'a/b', 'a\nb', '\u001b[2J', '\u202ex', 'a\u200bb', 'x'.repeat(65), '<b>', "a'b", '\0', 'x'.repeat(1_000_000)];
  for (const name of odd) await assert.rejects(make(access, berts, name), fault('bad-input'), JSON.stringify(name.slice(0, 9)));
  for (const name of ['Küche', '7', 'home assistant 2', 'x'.repeat(64)]) await make(access, berts, name);
});

test('a user has a hundred tokens at most that are not over', async () => {
  const { access, berts, annas } = await two();
  for (let count = 0; count < 100; count++) await make(access, berts, `t${count}`);
  await assert.rejects(make(access, berts, 'one more'), fault('refused', /100 already/));
  await make(access, annas, 'of another');
  await access.revokeToken(berts, access.tokens(berts)[0]?.id ?? 0);
  await make(access, berts, 'one more');
});

test('of two who make a token of one name at once one has it', async () => {
  const { access, berts } = await two();
  const both = await Promise.allSettled([make(access, berts, 'x'), make(access, berts, 'x')]);
  assert.deepEqual(
    both.map(({ status }) => status),
    ['fulfilled', 'rejected'],
  );
});
