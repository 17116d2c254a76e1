import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessStand, byBearer, byCookie, OTHER, setUpStand, signedIn } from '../../test/make/access-stand.ts';
import { settle } from '../../test/watch/manual-clock.ts';
import { nobodyFrom, OWNER, SCOPES } from '../core/index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LOCAL = 'f'.repeat(64);

test('whoever shows nothing, or nothing that is known, is nobody', async () => {
  const { access, anna } = await setUpStand({ local: LOCAL });
  assert.equal(access.recognise({ cookie: null, bearer: null, from: null }), null);
  const { secret } = anna;
  const odd = [
    '',
    ' ',
    'rcs_',
    secret.slice(0, -1),
    `${secret} `,
    secret.toUpperCase(),
    '\0',
    '__proto__',
    'x'.repeat(1_000_000),
    '\ud800',
  ];
  for (const shown of odd) assert.deepEqual([byCookie(access, shown), byBearer(access, shown)], [null, null]);
  assert.equal(byBearer(access, secret), null, 'a sign-in is no token');
  assert.equal(byCookie(access, LOCAL), null, 'a token is no cookie');
  assert.ok(byCookie(access, secret));
});

test('a wrong token is not mended by a right cookie', async () => {
  const { access, anna } = await setUpStand({ local: LOCAL });
  assert.equal(access.recognise({ cookie: anna.secret, bearer: 'rct_wrong', from: null }), null);
  assert.equal(access.recognise({ cookie: 'wrong', bearer: LOCAL, from: null })?.name, 'local');
});

test('the secret in the state folder is of the owner’s programs and may do all; without one nobody has it', async () => {
  const { access } = await setUpStand({ local: LOCAL });
  const caller = byBearer(access, LOCAL);
  assert.deepEqual(caller, { name: 'local', user: null, scopes: SCOPES, proof: 'token', from: '192.0.2.7', signIn: null });
  assert.ok(access.stands(caller ?? nobodyFrom(null)));
  const without = await accessStand();
  assert.deepEqual([byBearer(without.access, LOCAL), byBearer(without.access, '')], [null, null]);
  assert.equal(without.access.stands(caller ?? nobodyFrom(null)), false);
});

test('S19: a sign-in ends after thirty days whatever happens, and after seven without use', async () => {
  const { access, anna, clock, again } = await setUpStand();
  const idle = await signedIn(access, 'anna');
  for (let day = 1; day < 30; day++) {
    await clock.pass(DAY);
    assert.equal(byCookie(access, anna.secret)?.name, 'anna', `day ${day}`);
    if (day === 6) assert.ok(access.stands(idle.caller));
    if (day === 7) assert.deepEqual([byCookie(access, idle.secret), access.stands(idle.caller)], [null, false]);
  }
  await access.stop();
  const restarted = await again();
  assert.equal(byCookie(restarted, anna.secret)?.name, 'anna');
  assert.equal(byCookie(restarted, idle.secret), null);
  await clock.pass(DAY - 1);
  assert.ok(byCookie(access, anna.secret));
  await clock.pass(1);
  assert.deepEqual([byCookie(access, anna.secret), access.stands(anna.caller)], [null, false]);
  assert.deepEqual(access.signIns(OWNER), []);
});

test('when a sign-in or token was used last is written once a minute, not at each request', async () => {
  const { store, again, clock, anna } = await setUpStand();
  let writes = 0;
  const counted = {
    updateSignIns: (...args: Parameters<typeof store.access.updateSignIns>) => (writes++, store.access.updateSignIns(...args)),
    updateTokens: (...args: Parameters<typeof store.access.updateTokens>) => (writes++, store.access.updateTokens(...args)),
  };
  const access = await again({ store: { ...store.access, ...counted } });
  const { secret } = await access.addToken(OWNER, { name: 't', scopes: ['read'], until: null });
  for (let request = 0; request < 1000; request++) byCookie(access, anna.secret);
  await access.stop();
  assert.equal(writes, 0);
  await clock.pass(MINUTE);
  for (let request = 0; request < 1000; request++) byCookie(access, anna.secret);
  for (let request = 0; request < 1000; request++) byBearer(access, secret);
  await access.stop();
  assert.equal(writes, 2);
  assert.deepEqual([(await store.access.signIns(0))[0]?.seenAt, (await store.access.tokens())[0]?.usedAt], [clock.now(), clock.now()]);
  assert.equal(access.tokens(OWNER)[0]?.usedAt, clock.now());
});

test('a store that cannot note it keeps nobody out, and is asked again', async () => {
  const { store, again, clock, anna, lines } = await setUpStand();
  let fails = true;
  const updateSignIns: typeof store.access.updateSignIns = (...args) =>
    fails ? Promise.reject(new Error('disk full')) : store.access.updateSignIns(...args);
  const access = await again({ store: { ...store.access, updateSignIns } });
  await access.claim();
  await clock.pass(MINUTE);
  assert.ok(byCookie(access, anna.secret));
  await access.stop();
  assert.match(lines.join(), /could not be kept .*disk full/);
  fails = false;
  await clock.pass(MINUTE);
  assert.ok(byCookie(access, anna.secret));
  await access.stop();
  assert.equal((await store.access.signIns(0))[0]?.seenAt, clock.now());
});

test('S19: a sign-in that ends while its use is written stays ended', async () => {
  const { access, anna, clock, store } = await setUpStand();
  await clock.pass(MINUTE);
  const ending = access.endSignIn(OWNER, anna.caller.signIn ?? 0);
  byCookie(access, anna.secret);
  await ending;
  await access.stop();
  await settle();
  assert.deepEqual([byCookie(access, anna.secret), await store.access.signIns(0)], [null, []]);
});

test('who stands is who would come in with the same rights now', async () => {
  const { access, anna } = await setUpStand();
  assert.deepEqual([access.stands(OWNER), access.stands(anna.caller), access.stands(nobodyFrom(null))], [true, true, false]);
  await access.addUser({ name: 'bert', role: 'admin', password: OTHER });
  const { secret } = await access.addToken(anna.caller, { name: 't', scopes: ['read', 'admin'], until: null });
  const token = byBearer(access, secret);
  assert.ok(token && access.stands(token));
  assert.equal(access.stands({ ...token, name: 'bert/t' }), false);
  assert.equal(access.stands({ ...token, user: 2 }), false);
  assert.equal(access.stands({ ...anna.caller, user: 2 }), false);
  await access.editUser('anna', { role: 'viewer' });
  assert.equal(access.stands(token), false, 'it may less now');
});

test('a listener that fails keeps no other from hearing that somebody lost rights', async () => {
  const { access, anna, lines } = await setUpStand();
  let heard = 0;
  access.onLoss(() => {
    throw new Error('broken');
  });
  const stop = access.onLoss(() => heard++);
  await access.signOut(anna.caller);
  assert.equal(heard, 1);
  assert.match(lines.join(), /a listener failed .*broken/);
  stop();
  await signedIn(access, 'anna').then(({ caller }) => access.signOut(caller));
  assert.equal(heard, 1);
});

test('ten thousand requests are judged in a second, also those of strangers', async (t) => {
  const { access, anna } = await setUpStand({ local: LOCAL });
  const began = performance.now();
  for (let request = 0; request < 5000; request++) {
    byCookie(access, anna.secret);
    byBearer(access, `rct_${request}`);
  }
  const took = performance.now() - began;
  t.diagnostic(`${(took / 10).toFixed(1)} µs a request`);
  assert.ok(took < 1000);
});
