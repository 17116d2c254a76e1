import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { Fault } from '../../core/index.ts';
import { openStore } from '../index.ts';
import { placeOf } from './pool.ts';

const WELCOME = Buffer.from('R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I', 'latin1');

/** A server that lets everybody in and does this at the first question. */
async function serverThat(t: TestContext, does: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(WELCOME);
      socket.on('data', () => does(socket));
    });
  });
  t.after(() => server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `postgres://roll:secret@127.0.0.1:${(server.address() as AddressInfo).port}/roll`;
}

for (const [how, does] of Object.entries({
  'cuts the line': (socket: Socket) => socket.resetAndDestroy(),
  'hangs up': (socket: Socket) => socket.end(),
})) {
  test(`R31: a server that ${how} in the middle of a question is named, and this process goes on`, async (t) => {
    const url = await serverThat(t, does);
    await assert.rejects(openStore({ kind: 'postgres', url }), (thrown) => {
      assert.ok(thrown instanceof Fault, String(thrown));
      assert.equal(thrown.code, 'unavailable');
      assert.match(thrown.message, /postgres:\/\/127\.0\.0\.1:\d+\/roll: the database does not answer/);
      assert.doesNotMatch(thrown.message, /secret/);
      return true;
    });
  });
}

test('a store URL is named without user and password, and refused when it is none', () => {
  assert.equal(placeOf('postgres://roll:secret@db.example:5433/roll?sslmode=require'), 'postgres://db.example:5433/roll');
  for (const url of ['', 'mysql://db/x', 'roll:secret@db']) {
    assert.throws(
      () => placeOf(url),
      (thrown) => thrown instanceof Fault && thrown.code === 'bad-input' && !thrown.message.includes('secret'),
    );
  }
});
