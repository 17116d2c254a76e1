import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { suite, test } from 'node:test';
import { FULL, MOST_OF_ONE } from '../../src/http/places.ts';
import { until } from '../program/program.ts';
import { fakeKeeper } from './fake-keeper.ts';
import { type OpenDoor, openDoor, type Reply } from './open-door.ts';

const SECOND = 1000;

/** A request that never comes to its end. */
const ENDLESS = {
  headers: 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-',
  body: 'POST /api/v1/access/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{',
  nothing: '',
} as const;

/** Connections from a loopback address of our own choice, each with something said on it. */
class Crowd implements AsyncDisposable {
  readonly #port: number;
  readonly sockets: Socket[] = [];

  constructor(port: number) {
    this.#port = port;
  }

  async come(count: number, from: string, say: string): Promise<void> {
    const coming = Array.from({ length: count }, () => connect({ port: this.#port, host: '127.0.0.1', localAddress: from }));
    this.sockets.push(...coming);
    await Promise.all(coming.map((socket) => settled(socket, say)));
  }

  get held(): number {
    return this.sockets.filter(({ closed, readyState }) => !closed && readyState === 'open').length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
  }
}

/** Until it is known that somebody took it, or nobody did. */
async function settled(socket: Socket, say: string): Promise<void> {
  socket.on('error', () => undefined).resume();
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => undefined);
  if (socket.writable && say !== '') socket.write(say);
}

/** Asks again and again, each time anew, as somebody who has nothing to do with the crowd. */
async function patient(open: OpenDoor, count: number): Promise<{ readonly p95: number; readonly statuses: readonly number[] }> {
  const took: number[] = [];
  const statuses: number[] = [];
  for (let asked = 0; asked < count; asked++) {
    const began = performance.now();
    const { status } = await open.ask('/api/v1/status').catch((): Pick<Reply, 'status'> => ({ status: 0 }));
    took.push(performance.now() - began);
    statuses.push(status);
  }
  return { p95: took.toSorted((a, b) => a - b)[Math.floor(count * 0.95)] ?? Infinity, statuses };
}

function assertWell({ p95, statuses }: Awaited<ReturnType<typeof patient>>): void {
  assert.deepEqual([...new Set(statuses)], [200]);
  assert.ok(p95 < SECOND, `p95 ${p95} ms`);
}

suite('S26: crowds', () => {
  for (const [what, say] of Object.entries(ENDLESS))
    test(`dozens that are slow with their ${what} slow nobody else down`, async (t) => {
      await using open = await openDoor({ keeper: fakeKeeper() });
      await using crowd = new Crowd(open.port);
      await crowd.come(60, '127.0.0.1', say);
      const drip = setInterval(() => {
        for (const socket of crowd.sockets) if (say !== '' && socket.writable) socket.write('a');
      }, 250);
      t.after(() => clearInterval(drip));
      const well = await patient(open, 30);
      t.diagnostic(`p95 ${well.p95.toFixed(1)} ms`);
      assertWell(well);
    });

  test('one address has its part of the places, and no more; what it lets go is free again', async () => {
    await using open = await openDoor({ keeper: fakeKeeper() });
    await using crowd = new Crowd(open.port);
    await crowd.come(MOST_OF_ONE + 100, '127.0.0.9', ENDLESS.headers);
    await until('the rest to be sent away', () => crowd.held === MOST_OF_ONE);
    assertWell(await patient(open, 10));
    for (const socket of crowd.sockets) socket.destroy();
    await using second = new Crowd(open.port);
    await until('a free place', async () => {
      await second.come(1, '127.0.0.9', ENDLESS.headers);
      return second.held > 0;
    });
  });

  test('whoever owns the socket is not counted', async () => {
    await using open = await openDoor({ keeper: fakeKeeper() });
    const idle = Array.from({ length: MOST_OF_ONE + 50 }, () => connect(open.socket));
    await Promise.all(idle.map((socket) => once(socket, 'connect')));
    assert.equal((await open.askSocket('/api/v1/status')).status, 200);
    assert.ok(idle.every(({ closed }) => !closed));
    for (const socket of idle) socket.destroy();
  });

  test('a proxy that is believed stands for many, and has more places than one caller', async () => {
    await using open = await openDoor({ keeper: fakeKeeper(), proxies: ['127.0.0.7'] });
    await using crowd = new Crowd(open.port);
    await crowd.come(MOST_OF_ONE + 50, '127.0.0.7', ENDLESS.headers);
    assertWell(await patient(open, 5));
    assert.equal(crowd.held, MOST_OF_ONE + 50);
  });

  // A body is read by an operation, so each costs as much as any request: enough to fill all places is enough.
  for (const [what, batches, each] of [
    ['headers', 100, 100],
    ['body', 24, 50],
  ] as const)
    test(`${batches * each} connections from forty addresses, slow with their ${what}, keep nobody out, and no stream is cut for them`, async (t) => {
      await using open = await openDoor({ keeper: fakeKeeper() });
      const stream = connect(open.port, '127.0.0.1').resume();
      stream.write('GET /api/v1/live HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer secret-of-the-test\r\n\r\n');
      await once(stream, 'data');
      await using crowd = new Crowd(open.port);
      const waits: number[] = [];
      for (let batch = 0; batch < batches; batch++) {
        await crowd.come(each, `127.0.1.${(batch % 40) + 1}`, ENDLESS[what]);
        const well = await patient(open, 2);
        assert.deepEqual(well.statuses, [200, 200], `batch ${batch}, ${crowd.held} held`);
        waits.push(well.p95);
      }
      await until('no more than there is room for', () => crowd.held <= FULL);
      assert.ok(crowd.held > FULL / 2, `the crowd holds what it can: ${crowd.held}`);
      const p95 = waits.toSorted((a, b) => a - b)[Math.floor(batches * 0.95)] ?? Infinity;
      t.diagnostic(`p95 ${p95.toFixed(1)} ms, ${crowd.held} of ${crowd.sockets.length} held`);
      assert.ok(p95 < SECOND, `p95 ${p95} ms`);
      assert.equal(stream.closed, false);
      stream.destroy();
    });
});
