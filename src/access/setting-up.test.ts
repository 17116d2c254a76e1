import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessStand, byCookie, fault, OTHER, PASSWORD, setUpStand, whence } from '../../test/make/access-stand.ts';
import { SCOPES } from '../core/index.ts';

const MINUTE = 60_000;
const order = { ...whence, name: 'anna', password: PASSWORD };

test('S16: the link makes the first admin, who is in', async () => {
  const { access, clock, store } = await accessStand();
  assert.equal(access.isSetUp(), false);
  const link = access.setupLink();
  assert.ok(link);
  assert.match(link.secret, /^rcl_[\w-]{22}$/, '128 bits');
  assert.equal(link.until, clock.now() + 30 * MINUTE);
  const { caller, secret, until } = await access.setup({ ...order, secret: link.secret });
  assert.equal(access.isSetUp(), true);
  assert.equal(until, clock.now() + 30 * 24 * 60 * MINUTE);
  assert.deepEqual(caller, { name: 'anna', user: 1, scopes: SCOPES, proof: 'sign-in', from: '192.0.2.7', signIn: 1 });
  assert.deepEqual(byCookie(access, secret), caller);
  const [user] = await store.access.users();
  assert.deepEqual([user?.name, user?.role], ['anna', 'admin']);
  assert.match(user?.password ?? '', /^\$argon2id\$v=19\$m=8,t=1,p=1\$/);
  assert.doesNotMatch(JSON.stringify([await store.access.users(), await store.access.signIns(0)]), new RegExp(`${PASSWORD}|${secret}`));
});

test('S16: of fifty who come with the link at once one gets in, and the link is dead', async () => {
  const { access } = await accessStand();
  const secret = access.setupLink()?.secret ?? '';
  const all = Array.from({ length: 50 }, (_, at) => access.setup({ ...order, name: `user${at}`, secret }));
  const settled = await Promise.allSettled(all);
  assert.equal(settled.filter(({ status }) => status === 'fulfilled').length, 1);
  assert.ok(settled.every((one) => one.status === 'fulfilled' || fault('refused')(one.reason)));
  assert.equal(access.users().length, 1);
  assert.equal(access.setupLink(), null);
  await assert.rejects(access.setup({ ...order, name: 'late', secret }), fault('refused', /users already/));
});

test('S16: a link is one for all who ask, dies after half an hour whatever the clock says, and with the process', async () => {
  const { access, clock, again } = await accessStand();
  const first = access.setupLink()?.secret ?? '';
  await clock.pass(29 * MINUTE);
  assert.equal(access.setupLink()?.secret, first);
  clock.set(-10 * MINUTE);
  await clock.pass(MINUTE);
  await assert.rejects(access.setup({ ...order, secret: first }), fault('refused', /not valid/));
  const second = access.setupLink()?.secret ?? '';
  assert.notEqual(second, first);
  await assert.rejects(access.setup({ ...order, secret: first }), fault('refused'));
  const restarted = await again();
  await assert.rejects(restarted.setup({ ...order, secret: second }), fault('refused'));
  assert.equal((await access.setup({ ...order, secret: second })).caller.name, 'anna');
});

test('S16: what can be mended does not use the link up; what nobody made opens nothing', async () => {
  const { access } = await accessStand();
  await assert.rejects(access.setup({ ...order, secret: '' }), fault('refused'));
  const secret = access.setupLink()?.secret ?? '';
  for (const wrong of ['', 'rcl_', secret.slice(0, -1), `${secret}A`, secret.toUpperCase(), 'x'.repeat(1_000_000), '\0'])
    await assert.rejects(access.setup({ ...order, secret: wrong }), fault('refused', /not valid/));
  await assert.rejects(access.setup({ ...order, secret, password: 'short' }), fault('bad-input'));
  await assert.rejects(access.setup({ ...order, secret, name: 'an\u0000na' }), fault('bad-input'));
  assert.equal((await access.setup({ ...order, secret })).caller.name, 'anna');
});

test('S16: a store that fails in the middle leaves the link and nobody behind', async () => {
  const { store, again } = await accessStand();
  let fails = true;
  const addUser: typeof store.access.addUser = (...args) =>
    fails ? Promise.reject(new Error('disk full')) : store.access.addUser(...args);
  const access = await again({ store: { ...store.access, addUser } });
  const secret = access.setupLink()?.secret ?? '';
  await assert.rejects(access.setup({ ...order, secret }), /disk full/);
  assert.deepEqual([access.isSetUp(), access.setupLink()?.secret], [false, secret]);
  fails = false;
  assert.equal((await access.setup({ ...order, secret })).caller.name, 'anna');
});

test('a user whom the owner of this machine makes is the end of the link', async () => {
  const { access } = await accessStand();
  const secret = access.setupLink()?.secret ?? '';
  await access.addUser({ name: 'bert', role: 'viewer', password: OTHER });
  assert.equal(access.setupLink(), null);
  await assert.rejects(access.setup({ ...order, secret }), fault('refused'));
});

test('setting up is in the audit, done and refused, without the secret', async () => {
  const { access, anna } = await setUpStand();
  await access.stop();
  const [done] = await access.audit({ limit: 5 });
  const { id: _, at: __, ...rest } = done ?? { id: 0, at: 0 };
  const said = { operation: 'access.setup', named: 'user anna', outcome: 'done' };
  assert.deepEqual(rest, { who: 'anna', user: 1, proof: 'sign-in', from: '192.0.2.7', ...said });
  assert.doesNotMatch(JSON.stringify(done), new RegExp(`${anna.secret}|rcl_`));
  const other = await accessStand();
  await assert.rejects(other.access.setup({ ...order, secret: 'rcl_wrong' }));
  await other.access.stop();
  const [refused] = await other.access.audit({ limit: 5 });
  assert.deepEqual([refused?.who, refused?.outcome, refused?.from, refused?.named], [null, 'refused', '192.0.2.7', '']);
});
