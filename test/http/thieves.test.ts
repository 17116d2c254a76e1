import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { OTHER, PASSWORD } from '../make/access-stand.ts';
import { until } from '../program/program.ts';
import { type EventReader, readEvents } from './event-reader.ts';
import { cookieOf, ME, type RealDoor, realDoor, SIGN_IN } from './real-door.ts';

const who = async (door: RealDoor, cookie: string): Promise<string | null> => (await door.page(ME, { cookie })).json.name;
const statusWith = async (door: RealDoor, cookie: string): Promise<number> => (await door.page('/api/v1/status', { cookie })).status;
const streamWith = (door: RealDoor, headers: Record<string, string>): Promise<EventReader> =>
  readEvents({ port: door.open.port, path: '/api/v1/live', headers });

/** Everything a stream begins with: what comes after it is news. */
async function begun(stream: EventReader): Promise<void> {
  while ((await stream.next()).data.kind !== 'snapshot');
}

/** A door with bert, a viewer. */
async function withBert(): Promise<RealDoor> {
  const door = await realDoor();
  await door.access.addUser({ name: 'bert', role: 'viewer', password: OTHER });
  return door;
}

suite('S19: thieves', () => {
  test('a cookie that was planted before signing in is worth nothing after it', async () => {
    await using door = await withBert();
    const planted = `rollcall=rcs_${'A'.repeat(43)}`;
    const reply = await door.page(SIGN_IN, { cookie: planted, say: { name: 'bert', password: OTHER } });
    const own = cookieOf(reply);
    assert.equal(reply.status, 200);
    assert.ok(own !== undefined && own !== planted);
    assert.deepEqual([await statusWith(door, planted), await who(door, own)], [401, 'bert']);
  });

  test('whoever signs in with the cookie of somebody else gets one of their own, and the other stays whose it was', async () => {
    await using door = await withBert();
    const reply = await door.page(SIGN_IN, { cookie: door.anna, say: { name: 'bert', password: OTHER } });
    assert.deepEqual([await who(door, cookieOf(reply) ?? ''), await who(door, door.anna)], ['bert', 'anna']);
  });

  /** What ends the rights of bert, told to access as the operation would. */
  const LOSSES: Record<string, (door: RealDoor, cookie: string) => Promise<unknown>> = {
    'signing out': (door, cookie) => door.page('/api/v1/access/sign-out', { cookie, say: {} }),
    'another password': (door, cookie) => door.page('/api/v1/access/password', { cookie, say: { old: OTHER, password: PASSWORD } }),
    'another password by an admin': (door) =>
      door.page('/api/v1/users/bert', { cookie: door.anna, method: 'PATCH', say: { password: PASSWORD } }),
    'another role': (door) => door.page('/api/v1/users/bert', { cookie: door.anna, method: 'PATCH', say: { role: 'operator' } }),
    'being disabled': (door) => door.page('/api/v1/users/bert', { cookie: door.anna, method: 'PATCH', say: { disabled: true } }),
    'being removed': (door) => door.page('/api/v1/users/bert', { cookie: door.anna, method: 'DELETE' }),
    'an admin who ends the sign-in': async (door) => {
      const { json } = await door.page('/api/v1/sign-ins', { cookie: door.anna });
      const { id } = json.find(({ user }: { user: string }) => user === 'bert');
      return door.page(`/api/v1/sign-ins/${id}`, { cookie: door.anna, method: 'DELETE' });
    },
    'a week without use': (door) => door.clock.pass(8 * 86_400_000),
  };
  for (const [what, lose] of Object.entries(LOSSES))
    test(`after ${what} a stolen cookie is dead at once`, async () => {
      await using door = await withBert();
      const stolen = await door.signIn('bert', OTHER);
      assert.equal(await statusWith(door, stolen), 200);
      await lose(door, stolen);
      assert.equal(await statusWith(door, stolen), 401);
      assert.equal((await door.page('/rpc/roll/get', { cookie: stolen, say: { json: {} } })).status, 401);
    });

  for (const [what, lose] of Object.entries(LOSSES).slice(0, 7))
    test(`after ${what} an open stream ends without another word`, async () => {
      await using door = await withBert();
      const stolen = await door.signIn('bert', OTHER);
      await using stream = await streamWith(door, { cookie: stolen });
      await begun(stream);
      const began = performance.now();
      await lose(door, stolen);
      await stream.ended();
      assert.ok(performance.now() - began < 5000);
    });

  test('a token that is revoked, or whose user may not come in any more, is dead at once, streams too', async () => {
    await using door = await withBert();
    const bert = await door.signIn('bert', OTHER);
    for (const name of ['first', 'second']) {
      const { json, status } = await door.page('/api/v1/tokens', { cookie: bert, say: { name, scopes: ['read'] } });
      assert.equal(status, 200);
      const bearer = { authorization: `Bearer ${json.secret}` };
      await using stream = await streamWith(door, bearer);
      await begun(stream);
      if (name === 'first') await door.page(`/api/v1/tokens/${json.id}`, { cookie: bert, method: 'DELETE' });
      else await door.page('/api/v1/users/bert', { cookie: door.anna, method: 'PATCH', say: { disabled: true } });
      await stream.ended();
      assert.equal((await door.open.ask('/api/v1/status', { bare: true, headers: bearer })).status, 401, name);
    }
  });

  test('the streams of others go on', async () => {
    await using door = await withBert();
    const bert = await door.signIn('bert', OTHER);
    await using stream = await streamWith(door, { cookie: door.anna });
    await begun(stream);
    await door.page('/api/v1/access/sign-out', { cookie: bert, say: {} });
    await until('another comment or event', async () => (await who(door, door.anna)) === 'anna');
    assert.equal(await statusWith(door, bert), 401);
    assert.equal(await Promise.race([stream.ended().then(() => 'ended'), door.page(ME).then(() => 'goes on')]), 'goes on');
  });
});

suite('S15: what is others’', () => {
  test('sign-ins and tokens of others are neither seen nor ended, by whatever number, and the answer tells nothing of them', async () => {
    await using door = await withBert();
    const bert = await door.signIn('bert', OTHER);
    const made = await door.page('/api/v1/tokens', { cookie: door.anna, say: { name: 'hers', scopes: ['admin', 'read'] } });
    const [hers] = (await door.page('/api/v1/sign-ins', { cookie: door.anna })).json;
    const seen = [
      (await door.page('/api/v1/sign-ins', { cookie: bert })).json,
      (await door.page('/api/v1/tokens?over=yes', { cookie: bert })).json,
    ];
    assert.doesNotMatch(JSON.stringify(seen), /anna|hers/);
    assert.deepEqual([seen[0].length, seen[1].length], [1, 0]);
    const end = (path: string) => door.page(path, { cookie: bert, method: 'DELETE' });
    const [there, nowhere] = [await end(`/api/v1/tokens/${made.json.id}`), await end('/api/v1/tokens/9999')];
    assert.deepEqual([there.status, nowhere.status], [404, 404]);
    assert.equal(there.text.replaceAll(String(made.json.id), 'N'), nowhere.text.replaceAll('9999', 'N'));
    const [one, none] = [await end(`/api/v1/sign-ins/${hers.id}`), await end('/api/v1/sign-ins/9999')];
    assert.deepEqual([one.status, none.status], [404, 404]);
    assert.equal(one.text.replaceAll(String(hers.id), 'N'), none.text.replaceAll('9999', 'N'));
    assert.equal(await who(door, door.anna), 'anna');
  });

  test('nobody makes themselves more than they are', async () => {
    await using door = await withBert();
    const bert = await door.signIn('bert', OTHER);
    for (const scope of ['scan', 'ack', 'edit', 'admin'])
      assert.equal((await door.page('/api/v1/tokens', { cookie: bert, say: { name: scope, scopes: ['read', scope] } })).status, 403, scope);
    const edits = [{ role: 'admin' }, { disabled: false }, { password: PASSWORD }];
    for (const say of edits)
      assert.equal((await door.page('/api/v1/users/bert', { cookie: bert, method: 'PATCH', say })).status, 403, JSON.stringify(say));
    const extra = await door.page(SIGN_IN, { say: { name: 'bert', password: OTHER, role: 'admin', scopes: ['admin'] } });
    assert.equal(extra.status, 400, 'what is not asked for is not taken');
    assert.deepEqual((await door.page(ME, { cookie: bert })).json.scopes, ['read']);
  });

  test('a token makes no heir, whatever it is shown with', async () => {
    await using door = await withBert();
    const bert = await door.signIn('bert', OTHER);
    const { json } = await door.page('/api/v1/tokens', { cookie: bert, say: { name: 'own', scopes: ['read'] } });
    const bearer = { authorization: `Bearer ${json.secret}` };
    for (const cookie of [null, bert, door.anna]) {
      const heir = await door.page('/api/v1/tokens', { cookie, headers: bearer, say: { name: 'heir', scopes: ['read'] } });
      assert.equal(heir.status, 403, 'the token counts, not the cookie beside it');
      assert.equal((await door.page('/api/v1/users', { cookie, headers: bearer })).status, 403);
    }
  });
});
