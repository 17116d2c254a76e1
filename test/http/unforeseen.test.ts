import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { safe } from '@orpc/client';
import { fakeKeeper, PRINTER, roll } from './fake-keeper.ts';
import { openDoor } from './open-door.ts';

suite('what nobody asked for', () => {
  test('what nobody foresaw is logged, and the caller learns nothing of its inside', async () => {
    await using open = await openDoor({ keeper: fakeKeeper() });
    const reply = await open.ask('/api/v1/doctor');
    assert.equal(reply.status, 500);
    assert.doesNotMatch(reply.text, /nobody expected|stack|at /);
    assert.equal(reply.json.code, 'internal');
    const { error } = await safe(open.client.doctor.get());
    assert.doesNotMatch(JSON.stringify(error), /nobody expected/);
    assert.equal(open.failures.length, 2);
    assert.match(String((open.failures[0] as { err: Error }).err), /nobody expected the question doctor/);
  });

  test('unknown paths are 404, known ones with other methods 405 with their methods', async () => {
    await using open = await openDoor({ keeper: fakeKeeper() });
    assert.equal((await open.ask('/api/v1/nothing')).status, 404);
    assert.equal((await open.ask('/wp-login.php')).status, 404);
    const reply = await open.ask('/api/v1/scans', { method: 'PUT' });
    assert.equal(reply.status, 405);
    assert.equal(reply.headers.allow, 'GET, POST');
    assert.equal((await open.ask('/', { method: 'POST' })).headers.allow, 'GET, HEAD');
    assert.equal((await open.ask('/rpc/roll/get')).status, 405);
    assert.equal((await open.ask('/rpc/nothing', { method: 'POST' })).status, 404);
  });

  test('hostile names stay JSON data', async () => {
    const alias = '</script><img src=x onerror=alert(1)>"\u2028\n\0{{7*7}}';
    const keeper = fakeKeeper({ roll: () => roll([{ ...PRINTER, labels: { ...PRINTER.labels, alias } }]) });
    await using open = await openDoor({ keeper });
    const reply = await open.ask('/');
    assert.equal(reply.headers['content-type'], 'application/json');
    assert.equal(reply.headers['x-content-type-options'], 'nosniff');
    assert.equal(reply.json.devices[0].name, alias);
  });
});
