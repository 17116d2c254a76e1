import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRouterClient, ORPCError } from '@orpc/server';
import { fakeKeeper } from '../../test/http/fake-keeper.ts';
import { byBearer, byCookie, OTHER, PASSWORD, setUpStand, signedIn, whence } from '../../test/make/access-stand.ts';
import type { RollcallClient } from '../contract/index.ts';
import { type Caller, type FaultCode, type Instant, nobodyFrom, OWNER, SCOPES } from '../core/index.ts';
import { createRouter } from './index.ts';

const DAY = 86_400_000;

const refusal =
  (code: FaultCode, text = /./) =>
  (thrown: unknown) =>
    thrown instanceof ORPCError && thrown.code === code && text.test(thrown.message);

/** A real access behind the real handlers, and what the caller's browser was told to show. */
async function door() {
  const stand = await setUpStand();
  const { access, clock } = stand;
  const shown: (readonly [string, Instant] | null)[] = [];
  const cookies = { set: (secret: string, until: Instant) => shown.push([secret, until]), clear: () => shown.push(null) };
  const context = { keeper: fakeKeeper(), access, now: () => clock.now() };
  const as = (caller: Caller, browser = true): RollcallClient =>
    createRouterClient(createRouter(), {
      context: { ...context, caller, local: caller.proof === 'socket', ...(browser && { cookies, agent: 'Browser 2.0' }) },
    });
  await access.addUser({ name: 'bert', role: 'operator', password: OTHER });
  const bert = await signedIn(access, 'bert', OTHER);
  return { ...stand, shown, as, bert, owner: as(OWNER, false) };
}

const stranger = nobodyFrom('192.0.2.7');

test('everybody may ask who they are', async () => {
  const { as, anna, bert, owner, access } = await door();
  const known = { setUp: true, elsewhere: false, elsewhereLabel: null };
  assert.deepEqual(await as(stranger).access.me(), { ...known, name: null, role: null, scopes: [], proof: 'nothing', signIn: null });
  const berts = { name: 'bert', role: 'operator', scopes: ['read', 'scan', 'ack', 'edit'], proof: 'sign-in', signIn: bert.caller.signIn };
  assert.deepEqual(await as(bert.caller).access.me(), { ...known, ...berts });
  assert.deepEqual(await owner.access.me(), { ...known, name: 'owner', role: null, scopes: [...SCOPES], proof: 'socket', signIn: null });
  const { secret } = await access.addToken(anna.caller, { name: 't', scopes: ['read'], until: null });
  const token = byBearer(access, secret);
  assert.ok(token);
  assert.deepEqual(await as(token).access.me(), { ...known, name: 'anna/t', role: null, scopes: ['read'], proof: 'token', signIn: null });
});

test('signing in gives the browser a secret that no answer says', async () => {
  const { as, shown, access, clock } = await door();
  const me = await as(stranger).access.signIn({ name: 'anna', password: PASSWORD });
  assert.deepEqual([me.name, me.role, me.proof], ['anna', 'admin', 'sign-in']);
  const [secret = '', until] = shown[0] ?? [];
  assert.equal(until, clock.now() + 30 * DAY);
  assert.doesNotMatch(JSON.stringify(me), /rcs_/);
  assert.equal(byCookie(access, secret)?.signIn, me.signIn);
  assert.equal(access.signIns(OWNER).at(-1)?.agent, 'Browser 2.0');
  await assert.rejects(as(stranger).access.signIn({ name: 'anna', password: OTHER }), refusal('refused', /not right/));
  assert.equal(shown.length, 1);
});

test('whoever can keep no secret cannot sign in', async () => {
  const { as } = await door();
  await assert.rejects(as(OWNER, false).access.signIn({ name: 'anna', password: PASSWORD }), refusal('refused', /known already/));
});

test('signing out ends it and takes the secret back; to be nobody is no reason not to', async () => {
  const { as, shown, access, bert } = await door();
  const me = await as(bert.caller).access.signOut();
  assert.deepEqual([me.name, me.proof, me.scopes], [null, 'nothing', []]);
  assert.deepEqual([byCookie(access, bert.secret), shown], [null, [null]]);
  await as(stranger).access.signOut();
  assert.deepEqual(shown, [null, null]);
});

test('a new password of one’s own gives a new secret', async () => {
  const { as, shown, access, bert } = await door();
  await as(bert.caller).access.password({ old: OTHER, password: PASSWORD });
  assert.equal(byCookie(access, bert.secret), null);
  assert.equal(byCookie(access, shown[0]?.[0] ?? '')?.name, 'bert');
});

test('S16: the link is for the owner of this machine; whoever has it is let in', async () => {
  const { as, owner, anna, again, clock } = await door();
  assert.equal(await owner.access.link(), null, 'there are users');
  await assert.rejects(as(anna.caller).access.link(), refusal('refused', /only the owner/));
  assert.ok(await again());
  const { accessStand } = await import('../../test/make/access-stand.ts');
  const { access } = await accessStand();
  const shown: string[] = [];
  const cookies = { set: (secret: string) => shown.push(secret), clear: () => {} };
  const context = { keeper: fakeKeeper(), access, now: () => clock.now(), cookies };
  const client = (caller: Caller): RollcallClient => createRouterClient(createRouter(), { context: { ...context, caller, local: false } });
  const link = await client(OWNER).access.link();
  assert.equal(link?.path, `/setup#${link?.secret}`);
  assert.equal((await client(stranger).access.me()).setUp, false);
  const me = await client(stranger).access.setup({ secret: link?.secret ?? '', name: 'dora', password: PASSWORD });
  assert.deepEqual([me.name, me.role, me.setUp], ['dora', 'admin', true]);
  assert.equal(byCookie(access, shown[0] ?? '')?.name, 'dora');
});

test('users are added, changed and removed; what proves them is told nowhere', async () => {
  const { owner, access } = await door();
  const added = await owner.users.add({ name: 'carl', role: 'viewer', password: OTHER });
  const { madeAt: _, ...rest } = added;
  assert.deepEqual(rest, {
    id: 3,
    name: 'carl',
    role: 'viewer',
    disabledAt: null,
    password: true,
    subject: null,
    signIns: 0,
    seenAt: null,
  });
  assert.equal((await owner.users.edit({ name: 'CARL', role: 'operator' })).role, 'operator');
  await signedIn(access, 'carl', OTHER);
  assert.equal((await owner.users.list())[2]?.signIns, 1);
  const disabled = await owner.users.edit({ name: 'carl', disabled: true });
  assert.deepEqual([disabled.signIns, disabled.disabledAt !== null], [0, true]);
  assert.doesNotMatch(JSON.stringify(await owner.users.list()), /argon2/);
  assert.equal((await owner.users.remove({ name: 'carl' })).name, 'carl');
  await assert.rejects(owner.users.remove({ name: 'carl' }), refusal('not-found'));
  await assert.rejects(owner.users.remove({ name: 'anna' }), refusal('conflict'));
});

test('S24: a refused input never says a password back', async () => {
  const { owner, as } = await door();
  const huge = `${PASSWORD}${'x'.repeat(1_000_000)}`;
  for (const attempt of [
    owner.users.add({ name: 'carl', role: 'viewer', password: huge }),
    owner.users.edit({ name: 'anna', password: huge }),
    as(stranger).access.signIn({ name: 'anna', password: huge }),
    as(stranger).access.setup({ secret: huge, name: 'x', password: huge }),
    owner.users.add({ name: 'carl', role: 'viewer', password: 'carl1234' }),
    owner.users.add({ name: 'carl', role: 'viewer', password: 7 as never }),
  ])
    await assert.rejects(attempt, (thrown: ORPCError<string, unknown>) => {
      assert.equal(thrown.code, 'bad-input');
      assert.doesNotMatch(JSON.stringify([thrown.message, thrown.data]), /hedgehog|xxxx|carl1234/);
      return true;
    });
});

test('a token is told once, with what it may', async () => {
  const { as, bert, access, clock } = await door();
  const client = as(bert.caller);
  const made = await client.tokens.add({ name: 'scanner', scopes: ['scan', 'read', 'scan'], until: '90d' });
  assert.deepEqual([made.user, made.scopes, Date.parse(made.until ?? '')], ['bert', ['read', 'scan'], clock.now() + 90 * DAY]);
  assert.equal(byBearer(access, made.secret)?.name, 'bert/scanner');
  assert.doesNotMatch(JSON.stringify(await client.tokens.list()), new RegExp(made.secret.slice(8)));
  await assert.rejects(client.tokens.add({ name: 'x', scopes: ['admin'] }), refusal('refused'));
  for (const until of ['soon', '-1d', '1d ago', '2020-01-01', '99999999999w', '9999999w', '0s'])
    await assert.rejects(client.tokens.add({ name: 'x', scopes: ['read'], until }), refusal('bad-input'), until);
  assert.notEqual((await client.tokens.revoke({ id: made.id })).endedAt, null);
  assert.deepEqual([(await client.tokens.list()).length, (await client.tokens.list({ over: 'yes' })).length], [0, 1]);
});

test('S15: sign-ins are told to whoever has them, with the one they came by, and to admins', async () => {
  const { as, bert, anna, shown, access } = await door();
  const own = await as(bert.caller).signIns.list();
  assert.deepEqual(
    own.map(({ user, own: is, from, agent }) => [user, is, from, agent]),
    [['bert', true, whence.from, whence.agent]],
  );
  assert.equal((await as(anna.caller).signIns.list()).length, 2);
  await assert.rejects(as(bert.caller).signIns.end({ id: anna.caller.signIn ?? 0 }), refusal('not-found'));
  await as(anna.caller).signIns.end({ id: own[0]?.id ?? 0 });
  assert.deepEqual([byCookie(access, bert.secret), shown], [null, []]);
  await as(anna.caller).signIns.end({ id: anna.caller.signIn ?? 0 });
  assert.deepEqual(shown, [null], 'one’s own takes the secret back');
});

test('the audit is asked by user, operation, moment and page', async () => {
  const { owner, access, bert, clock } = await door();
  const began = clock.now();
  for (let count = 0; count < 5; count++) {
    await clock.pass(60_000);
    const operation = count % 2 === 0 ? 'rules.put' : 'rulesets.put';
    await access.record({ caller: bert.caller, operation, named: `name=r${count}`, outcome: 'done' });
  }
  const named = async (question: Parameters<RollcallClient['audit']['list']>[0]) =>
    (await owner.audit.list(question)).map((one) => one.named);
  assert.deepEqual(await named({ operation: 'rules' }), ['name=r4', 'name=r2', 'name=r0']);
  assert.deepEqual(await named({ operation: 'rules.put', limit: 1 }), ['name=r4']);
  assert.deepEqual(await named({ user: 'bert', since: '2m' }), ['name=r4', 'name=r3', 'name=r2']);
  assert.deepEqual((await owner.audit.list({ user: 'bert', since: new Date(began + 1).toISOString(), limit: 2 })).length, 2);
  const [, second] = await owner.audit.list({ user: 'bert', limit: 2 });
  assert.deepEqual(await named({ user: 'bert', before: second?.id ?? 0, limit: 1 }), ['name=r2']);
  assert.deepEqual(await named({ user: "x' or 1=1 --" }), []);
  await assert.rejects(owner.audit.list({ since: 'soon' }), refusal('bad-input'));
  await assert.rejects(owner.audit.list({ limit: 1001 }), refusal('bad-input', /limit/));
});
