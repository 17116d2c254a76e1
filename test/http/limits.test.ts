import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { mock, suite, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { SAFE_HEADERS } from '../../src/http/headers.ts';
import { fakeKeeper } from './fake-keeper.ts';
import { type OpenDoor, openDoor, send, TOKEN } from './open-door.ts';

const MIB = 1024 * 1024;

/** Sends bytes as they are and reads until the other side closes, at most `wait` milliseconds. */
async function raw(open: OpenDoor, bytes: string | Uint8Array, wait = 5000): Promise<string> {
  const socket = connect(open.port, '127.0.0.1').setTimeout(wait, () => socket.destroy());
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(bytes);
  return textOf(socket);
}

async function textOf(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => (text += String(chunk)));
  if (!socket.closed) await once(socket, 'close');
  return text;
}

const head = (lines: readonly string[]): string =>
  `${['POST /api/v1/scans HTTP/1.1', 'Host: 127.0.0.1', `Authorization: Bearer ${TOKEN}`, 'Connection: close', ...lines].join('\r\n')}\r\n\r\n`;

suite('S26: limits', () => {
  const MANGLED: Record<string, string> = {
    'two ways to say how long the body is': head(['Content-Length: 4', 'Transfer-Encoding: chunked']) + '0\r\n\r\n',
    'two different lengths': head(['Content-Length: 4', 'Content-Length: 5']) + 'xxxx',
    'a length that is no number': head(['Content-Length: +4']) + 'xxxx',
    'a chunk of a wrong size': `${head(['Transfer-Encoding: chunked', 'Content-Type: application/json'])}zz\r\n`,
    'a folded header': head(['X-A: 1', ' folded']),
    'a header without name': head([': x']),
    'a name with a blank before its colon': head(['Content-Length : 4']) + 'xxxx',
    'no HTTP at all': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n',
    'no host': `GET / HTTP/1.1\r\nAuthorization: Bearer ${TOKEN}\r\nConnection: close\r\n\r\n`,
  };
  for (const [situation, bytes] of Object.entries(MANGLED)) {
    test(`a request with ${situation} is answered 400 once, with all safe headers, and the connection closed`, async () => {
      await using open = await openDoor({ keeper: fakeKeeper() });
      const text = await raw(open, bytes);
      assert.match(text, /^HTTP\/1\.1 4(?:00|21) /);
      assert.equal(text.match(/HTTP\/1\.1/g)?.length, 1);
      for (const [name, value] of Object.entries(SAFE_HEADERS))
        assert.ok(text.toLowerCase().includes(`${name}: ${value}`.toLowerCase()), name);
    });
  }

  test('headers beyond 16 KB are refused', async () => {
    await using open = await openDoor({ keeper: fakeKeeper() });
    const text = await raw(open, head([`X-A: ${'a'.repeat(20_000)}`]));
    assert.match(text, /^HTTP\/1\.1 431 /);
    assert.match(text, /content-security-policy/);
  });

  test('a JSON body beyond 1 MB is refused by its stated length, without being read', async () => {
    await using open = await openDoor({ keeper: fakeKeeper() });
    const headers = { 'content-type': 'application/json', 'content-length': String(2 * MIB) };
    const reply = await open
      .ask('/api/v1/scans', { method: 'POST', headers, body: Buffer.alloc(2 * MIB) })
      .catch((failure: Error) => failure);
    assert.ok(reply instanceof Error ? /ECONNRESET|EPIPE/.test(String(reply)) : reply.status === 413);
  });

  test('a JSON body that does not say its length is cut off at 1 MB', async () => {
    const startScan = mock.fn(async () => assert.fail('a scan began'));
    await using open = await openDoor({ keeper: fakeKeeper({ startScan }) });
    const socket = connect(open.port, '127.0.0.1').on('error', () => undefined);
    const reply = textOf(socket);
    socket.write(head(['Content-Type: application/json', 'Transfer-Encoding: chunked']));
    const chunk = `${(64 * 1024).toString(16)}\r\n${' '.repeat(64 * 1024)}\r\n`;
    for (let sent = 0; sent < 3 * MIB && socket.writable; sent += chunk.length)
      if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
    assert.match(await reply, /^HTTP\/1\.1 413 /);
    assert.equal(startScan.mock.callCount(), 0);
  });

  test('a third report at once is asked to wait, and a stranger cannot send any', async () => {
    const gate = Promise.withResolvers<never>();
    gate.promise.catch(() => undefined);
    const ingest = mock.fn(() => gate.promise);
    await using open = await openDoor({ keeper: fakeKeeper({ ingest }) });
    const boundary = 'b'.repeat(30);
    const body = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.xml"\r\n\r\nx\r\n--${boundary}--\r\n`;
    const ask = { method: 'POST', headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, body };
    const busy = [open.ask('/api/v1/ingest', ask), open.ask('/api/v1/ingest', ask)];
    const deadline = performance.now() + 3000;
    while (ingest.mock.callCount() < 2) {
      assert.ok(performance.now() < deadline, 'both reports arrive');
      await setImmediate();
    }
    const third = await open.ask('/api/v1/ingest', ask);
    assert.deepEqual([third.status, third.json.code, third.headers['retry-after']], [503, 'unavailable', '60']);
    assert.equal((await open.ask('/api/v1/ingest', { ...ask, bare: true })).status, 401);
    gate.reject(new Error('end of test'));
    assert.deepEqual(
      (await Promise.all(busy)).map(({ status }) => status),
      [500, 500],
    );
  });

  test('two hundred connections that say nothing do not keep others from being answered', async () => {
    await using open = await openDoor({ keeper: fakeKeeper() });
    const idle = await Promise.all(Array.from({ length: 200 }, () => connected(open.port)));
    for (const socket of idle) socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-');
    const begun = performance.now();
    assert.equal((await open.ask('/api/v1/status')).status, 200);
    assert.ok(performance.now() - begun < 1000);
    for (const socket of idle) socket.destroy();
  });

  test('closing waits for no connection longer than two seconds', async () => {
    const open = await openDoor({ keeper: fakeKeeper({ doctor: () => new Promise(() => undefined) }) });
    const idle = await connected(open.port);
    const hanging = send({ host: '127.0.0.1', port: open.port }, '/api/v1/doctor', {}).catch((failure: Error) => failure);
    await open.ask('/healthz');
    const begun = performance.now();
    await open[Symbol.asyncDispose]();
    assert.ok(performance.now() - begun < 2000, `${performance.now() - begun} ms`);
    assert.ok((await hanging) instanceof Error);
    idle.destroy();
  });
});

async function connected(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}
