import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessStand, byBearer, byCookie, fault, OTHER, PASSWORD, setUpStand, signedIn, whence } from '../../test/make/access-stand.ts';
import { nobodyFrom, OWNER } from '../core/index.ts';

/** Anna, an admin, and bert, an operator, both signed in. */
async function two() {
  const stand = await setUpStand();
  await stand.access.addUser({ name: 'bert', role: 'operator', password: OTHER });
  return { ...stand, bert: await signedIn(stand.access, 'bert', OTHER) };
}

test('users have names of one alphabet, each once', async () => {
  const { access } = await setUpStand();
  const add = (name: string) => access.addUser({ name, role: 'viewer', password: OTHER });
  for (const name of ['b', 'b.c-d_e@example.org', '7', 'x'.repeat(64)]) assert.equal((await add(name)).name, name);
  await assert.rejects(add('ANNA'), fault('conflict', /one by that name/));
  const odd = [
    '',
    ' ',
    'а',
    'ann\u0000',
    'a\nb',
    'a b',
    '-a',
    'a.',
    '../x',
    "a';--",
    '\u202eanna',
    'x'.repeat(65),
    'ａnna',
    'Owner',
    'local',
    'nobody',
  ];
  for (const name of odd) await assert.rejects(add(name), fault('bad-input'), JSON.stringify(name));
  const [first, second] = await Promise.allSettled([add('twin'), add('TWIN')]);
  assert.deepEqual([first?.status, second?.status], ['fulfilled', 'rejected']);
});

test('a name in a message cannot move the cursor or hide', async () => {
  const { access } = await setUpStand();
  const hostile = `\u001b[2J\u202e${'x'.repeat(5000)}`;
  await assert.rejects(access.addUser({ name: hostile, role: 'viewer', password: OTHER }), ({ message }: Error) => {
    assert.doesNotMatch(message, /[\p{Cc}\u202e]/u);
    return message.length < 200;
  });
  await assert.rejects(access.removeUser(hostile), fault('not-found'));
});

test('S19: all sign-ins of a user end when role, password or leave to come in change, and those of others do not', async () => {
  for (const edit of [{ role: 'viewer' }, { disabled: true }, { password: 'a basket of grey stones' }] as const) {
    const { access, anna, bert, store, clock } = await two();
    const other = await signedIn(access, 'bert', OTHER);
    let losses = 0;
    access.onLoss(() => losses++);
    assert.equal(access.stands(bert.caller), true);
    await access.editUser('bert', edit);
    assert.deepEqual([byCookie(access, bert.secret), byCookie(access, other.secret), access.stands(bert.caller)], [null, null, false]);
    assert.equal(byCookie(access, anna.secret)?.name, 'anna');
    assert.ok(losses > 0);
    assert.equal((await store.access.signIns(clock.now())).length, 1);
  }
});

test('what is as it was ends nothing', async () => {
  const { access, bert } = await two();
  await access.editUser('bert', { role: 'operator', disabled: false });
  await access.editUser('bert', {});
  assert.equal(byCookie(access, bert.secret)?.name, 'bert');
  const disabled = await access.editUser('bert', { disabled: true });
  assert.deepEqual(await access.editUser('bert', { disabled: true }), disabled);
});

test('S19: what a changed user may is what the new role may', async () => {
  const { access } = await two();
  await access.editUser('bert', { role: 'viewer' });
  assert.deepEqual((await signedIn(access, 'bert', OTHER)).caller.scopes, ['read']);
  await access.editUser('bert', { password: PASSWORD });
  await assert.rejects(signedIn(access, 'bert', OTHER), fault('refused'));
  assert.equal((await signedIn(access, 'bert', PASSWORD)).caller.name, 'bert');
});

test('S19: who is removed is nobody at once, with all tokens, and the same name made anew is somebody else', async () => {
  const { access, bert } = await two();
  const { secret } = await access.addToken(bert.caller, { name: 'backup', scopes: ['read'], until: null });
  assert.equal(byBearer(access, secret)?.name, 'bert/backup');
  await access.removeUser('BERT');
  assert.deepEqual([byCookie(access, bert.secret), byBearer(access, secret), access.stands(bert.caller)], [null, null, false]);
  await access.addUser({ name: 'bert', role: 'admin', password: OTHER });
  assert.deepEqual([byCookie(access, bert.secret), byBearer(access, secret), access.stands(bert.caller)], [null, null, false]);
  assert.deepEqual(access.signIns(bert.caller), []);
});

test('the last admin who may come in cannot be removed, disabled or made less; neither can two at once', async () => {
  const { access } = await two();
  const last = fault('conflict', /nobody else is an admin/);
  await assert.rejects(access.removeUser('anna'), last);
  await assert.rejects(access.editUser('anna', { disabled: true }), last);
  await assert.rejects(access.editUser('anna', { role: 'operator' }), last);
  await access.editUser('bert', { role: 'admin' });
  const both = await Promise.allSettled([access.removeUser('anna'), access.editUser('bert', { disabled: true })]);
  assert.deepEqual(
    both.map(({ status }) => status),
    ['fulfilled', 'rejected'],
  );
  assert.deepEqual(
    access.users().map(({ name, role }) => [name, role]),
    [['bert', 'admin']],
  );
});

test('a new password of one’s own wants the old one, ends all sign-ins and begins another', async () => {
  const { access, bert } = await two();
  const other = await signedIn(access, 'bert', OTHER);
  await assert.rejects(access.changePassword(bert.caller, { ...whence, old: PASSWORD, password: PASSWORD }), fault('refused'));
  await assert.rejects(access.changePassword(bert.caller, { ...whence, old: OTHER, password: 'bert1234' }), fault('bad-input'));
  const next = await access.changePassword(bert.caller, { ...whence, old: OTHER, password: PASSWORD });
  assert.deepEqual([byCookie(access, bert.secret), byCookie(access, other.secret)], [null, null]);
  assert.equal(byCookie(access, next.secret)?.name, 'bert');
  await assert.rejects(signedIn(access, 'bert', OTHER), fault('refused'));
  const [done, refused] = (await access.audit({ limit: 10 })).filter(({ operation }) => operation === 'access.password');
  assert.deepEqual([done?.who, done?.outcome, refused?.outcome, refused?.named], ['bert', 'done', 'refused', 'user bert']);
});

test('S17: whoever found an open browser cannot guess at the password in it', async () => {
  const { access, bert } = await two();
  const guess = () => access.changePassword(bert.caller, { ...whence, old: 'perhaps this one?', password: PASSWORD });
  for (let count = 0; count < 5; count++) await assert.rejects(guess(), /not right/);
  await assert.rejects(access.changePassword(bert.caller, { ...whence, old: OTHER, password: PASSWORD }), /too often/);
});

test('only who signed in changes a password of their own', async () => {
  const { access, bert } = await two();
  const { secret } = await access.addToken(bert.caller, { name: 't', scopes: ['read', 'edit'], until: null });
  const token = byBearer(access, secret);
  assert.ok(token);
  for (const caller of [OWNER, token, nobodyFrom(null)])
    await assert.rejects(access.changePassword(caller, { ...whence, old: OTHER, password: PASSWORD }), fault('refused'));
});

test('what another process has written is seen before anything is changed', async () => {
  const { access, again } = await accessStand();
  const other = await again();
  await other.addUser({ name: 'anna', role: 'admin', password: PASSWORD });
  assert.equal(access.isSetUp(), false);
  await access.claim();
  assert.equal(access.isSetUp(), true);
  await assert.rejects(access.addUser({ name: 'anna', role: 'admin', password: PASSWORD }), fault('conflict'));
});

test('S19: a change that is cut short leaves no sign-in that began before it', async () => {
  const { again, store } = await two();
  let fails = true;
  const updateUser: typeof store.access.updateUser = (...args) =>
    fails ? Promise.reject(new Error('disk full')) : store.access.updateUser(...args);
  const access = await again({ store: { ...store.access, updateUser } });
  const bert = await signedIn(access, 'bert', OTHER);
  await assert.rejects(access.editUser('bert', { role: 'viewer' }), /disk full/);
  assert.equal(byCookie(access, bert.secret), null);
  assert.deepEqual(
    (await store.access.signIns(0)).filter(({ user }) => user === bert.caller.user),
    [],
  );
  fails = false;
  assert.equal((await signedIn(access, 'bert', OTHER)).caller.scopes.length, 4, 'as before');
});
