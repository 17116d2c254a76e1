import assert from 'node:assert/strict';
import { createServer as createPlain } from 'node:net';
import { after, describe, test } from 'node:test';
import { type Around, exchange } from '../../../src/channels/exchange/exchange.ts';
import { createLookup } from '../../../src/channels/exchange/lookup.ts';
import type { Answer, ExchangeRequest } from '../../../src/channels/exchange/request.ts';
import { createGuard } from '../../../src/channels/index.ts';
import type { ExchangeLine } from '../../../src/core/index.ts';
import { certificate } from '../../make/mail-server.ts';
import { needs } from '../../needs.ts';
import { type HttpSink, httpSink } from '../sinks/http-sink.ts';
import { NEVER } from '../sinks/opened.ts';

const around = (sink: Pick<HttpSink, 'reach'>, over: Partial<Around> = {}): Around => ({
  guard: createGuard({ reach: [sink.reach], ownPorts: () => [] }),
  signal: NEVER,
  secrets: [],
  most: 500,
  ...over,
});

const post = (url: string, over: Partial<ExchangeRequest> = {}): ExchangeRequest => ({ method: 'POST', url, body: 'x', ...over });

const answered = (got: Awaited<ReturnType<typeof exchange>>): Answer => {
  assert.ok('status' in got, JSON.stringify(got));
  return got;
};

const failed = (got: Awaited<ReturnType<typeof exchange>>) => {
  assert.ok('outcome' in got, JSON.stringify(got));
  return got;
};

test('a request goes out as it is asked for, and nothing else with it', async () => {
  const sink = await httpSink();
  sink.answerWith({ status: 201, headers: { 'X-One': 'a' }, body: 'täken' });
  const got = answered(
    await exchange(post(`${sink.url}/a%20b?c=d#e`, { method: 'PATCH', body: 'ä', headers: { 'X-Two': 'b' } }), around(sink)),
  );
  assert.deepEqual([got.status, got.headers['x-one'], got.body, got.cut, got.from, got.open], [201, 'a', 'täken', false, sink.url, true]);
  const { method, path, headers, body } = sink.requests[0]!;
  assert.deepEqual([method, path, body], ['PATCH', '/a%20b?c=d', 'ä']);
  assert.deepEqual(headers, {
    host: `127.0.0.1:${sink.port}`,
    'user-agent': 'Rollcall',
    accept: '*/*',
    'accept-encoding': 'identity',
    connection: 'close',
    'x-two': 'b',
    'content-length': '2',
  });
  await exchange({ method: 'GET', url: sink.url }, around(sink));
  assert.equal(sink.requests[1]?.headers['content-length'], undefined);
  await sink.stop();
});

test('S22: no value of a header makes another header', async () => {
  const sink = await httpSink();
  await exchange(
    post(sink.url, { headers: { 'X-Title': 'a\r\nX-Evil: 1\r\n\r\nGET / HTTP/1.1', 'X-Name': 'ä\u{1f5a8}\0\x1b' } }),
    around(sink),
  );
  const { headers } = sink.requests[0]!;
  assert.deepEqual([headers['x-evil'], headers['x-title'], headers['x-name']], [undefined, 'a??X-Evil: 1????GET / HTTP/1.1', '?????']);
  assert.equal(sink.requests.length, 1);
  assert.match(failed(await exchange(post(sink.url, { headers: { 'X: y\r\nX-Evil': '1' } }), around(sink))).reason, /Header name/);
  assert.equal(sink.requests.length, 1);
  await sink.stop();
});

test('R20: a gigabyte is not read, and neither is a head without an end', async () => {
  const sink = await httpSink();
  sink.answerWith('gigabyte');
  const got = answered(await exchange(post(sink.url), around(sink)));
  assert.deepEqual([got.status, got.body.length, got.cut], [200, 65_536, true]);
  assert.ok(sink.written() < 64 << 20, `${sink.written()} bytes were taken`);
  await sink.stop();
  const endless = await rawServer('HTTP/1.1 200 OK\r\n' + `X-Head: ${'a'.repeat(1000)}\r\n`.repeat(100));
  assert.match(failed(await exchange(post(endless.url), around(endless))).reason, /too long a head/);
  await endless.stop();
  const many = await rawServer('HTTP/1.1 100 Continue\r\n\r\n'.repeat(2000));
  assert.match(failed(await exchange(post(many.url), around(many))).reason, /took more than 0\.5 s|closed/);
  await many.stop();
});

test('R20: whatever trickles ends with the time of the exchange, and no connection stays', async () => {
  const sink = await httpSink();
  for (const manner of ['hang', 'slow', 'drip'] as const) {
    sink.answerWith(manner);
    const started = performance.now();
    const got = await exchange(post(sink.url), around(sink, { most: 200 }));
    const took = performance.now() - started;
    assert.ok(took >= 190 && took < 2000, `${manner} took ${took} ms`);
    if (manner === 'drip') assert.deepEqual([answered(got).status, answered(got).cut], [200, true]);
    else assert.match(failed(got).reason, /it took more than 0\.2 s, and no answer had come/);
  }
  for (const end = performance.now() + 2000; sink.open() > 0 && performance.now() < end; ) await new Promise(setImmediate);
  assert.equal(sink.open(), 0);
  await sink.stop();
});

test('answers that are no HTTP, or two at once, are refused or the first alone counts', async () => {
  for (const text of [
    'SSH-2.0-x\r\n',
    'HTTP/1.1 abc\r\n\r\n',
    '\0\0\0\0',
    'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    '',
  ]) {
    const server = await rawServer(text, true);
    const { what, again } = failed(await exchange(post(server.url), around(server)));
    assert.deepEqual([what, again], ['channel', true], JSON.stringify(text));
    await server.stop();
  }
  const twice = await rawServer('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 500 No\r\n\r\n');
  assert.equal(answered(await exchange(post(twice.url), around(twice))).status, 200);
  await twice.stop();
});

test('what is overheard is the exchange itself, with stars for what is secret', async () => {
  const sink = await httpSink();
  const secret = 'canary/of+all';
  sink.answerWith({
    status: 200,
    headers: { 'X-Echo': secret },
    body: `got ${encodeURIComponent(secret)} and ${Buffer.from(`u:${secret}`).toString('base64')}\u001b[31m`,
  });
  const lines: ExchangeLine[] = [];
  const url = `${sink.url}/hook/${encodeURIComponent(secret)}`;
  const request = post(url, {
    headers: { Authorization: `Basic ${Buffer.from(`user:${secret}`).toString('base64')}` },
    body: `{"token":"${secret}"}`,
  });
  await exchange(request, around(sink, { secrets: [secret], overhear: (line) => lines.push(line) }));
  const [us, them, ...more] = lines;
  assert.deepEqual([us?.from, them?.from, more.length], ['us', 'them', 0]);
  assert.match(us!.text, /^POST \/hook\/\*\*\* HTTP\/1\.1\nHost: 127\.0\.0\.1:\d+\n/);
  assert.match(us!.text, /\{"token":"\*\*\*"\}$/);
  assert.match(them!.text, /^HTTP\/1\.1 200 OK\n/);
  assert.doesNotMatch(JSON.stringify(lines), /canary|Y2FuYXJ5|\\u001b/);
  await sink.stop();
});

test('of a host that only a block opens nobody is shown what it answers', async () => {
  const sink = await httpSink();
  sink.answerWith({ status: 200, body: 'inner secrets' });
  const lines: ExchangeLine[] = [];
  const guard = { judge: () => ({ allowed: true as const, open: false }) };
  const got = answered(await exchange(post(sink.url), around(sink, { guard, overhear: (line) => lines.push(line) })));
  assert.equal(got.open, false);
  assert.doesNotMatch(JSON.stringify(lines), /inner secrets/);
  assert.match(lines[1]!.text, /13 characters that only a block/);
  await sink.stop();
});

describe('TLS', needs('openssl'), () => {
  const { key, cert, path } = certificate();
  after(() => {});

  test('a certificate is proven, by the system or by ca, whatever the environment says', async () => {
    const sink = await httpSink({ key, cert });
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    const strange = failed(await exchange(post(sink.url), around(sink)));
    delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    assert.match(strange.reason, /its certificate is not trusted/);
    assert.match(strange.remedy, /ca names further ones/);
    assert.equal(sink.requests.length, 0);
    assert.equal(answered(await exchange(post(sink.url), around(sink, { ca: cert }))).status, 200);
    const lookup = async (): Promise<string[]> => ['127.0.0.1'];
    const other = await exchange(post(`https://other.example:${sink.port}`), around(sink, { ca: cert, lookup }));
    assert.match(failed(other).reason, /certificate/, 'the name must be right, too');
    assert.equal(answered(await exchange(post(`https://localhost:${sink.port}`), around(sink, { ca: cert, lookup }))).status, 200);
    assert.ok(path !== '');
    await sink.stop();
  });

  test('TLS before 1.2 is refused', async () => {
    const sink = await httpSink({ key, cert, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
    assert.equal(failed(await exchange(post(sink.url), around(sink, { ca: cert }))).again, true);
    assert.equal(sink.requests.length, 0);
    await sink.stop();
  });
});

test('R19: names that nobody resolves hold back nobody else, and take no more than two threads', async () => {
  let running = 0;
  let most = 0;
  const hanging: ((addresses: string[]) => void)[] = [];
  const lookup = createLookup((name) => {
    running++;
    most = Math.max(most, running);
    if (name === 'good.example') return Promise.resolve(['127.0.0.1']);
    return new Promise((resolve) => hanging.push(resolve));
  });
  const guard = createGuard({ reach: [], ownPorts: () => [] });
  const asked = ['a', 'a', 'a', 'b', 'c', 'd'].map((name) =>
    exchange(post(`http://${name}.example/`), { guard, signal: NEVER, secrets: [], lookup, most: 150 }),
  );
  for (const got of await Promise.all(asked)) {
    const { what, again, reason } = failed(got);
    assert.deepEqual([what, again], ['channel', true]);
    assert.match(reason, /it took more than 0\.15 s/);
  }
  assert.equal(most, 2, 'a was asked for once, and beside it one other');
  for (const resolve of hanging) resolve([]);
});

test('R19: names that hang again and again leave a turn to others', async () => {
  const hanging: (() => void)[] = [];
  const lookup = createLookup((name) => {
    if (name === 'ntfy.lan') return Promise.resolve(['192.168.1.5']);
    return new Promise((_, reject) => hanging.push(() => reject(Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' }))));
  });
  const dead = ['a.example', 'b.example', 'c.example'];
  const first = dead.map((name) => lookup(name).catch(() => null));
  for (let given = 0; given < 3; await new Promise(setImmediate)) given += hanging.splice(0).map((giveUp) => giveUp()).length;
  await Promise.all(first);
  const again = dead.map((name) => lookup(name).catch(() => null));
  const late = new Promise((resolve) => setTimeout(resolve, 1000, 'it had no turn'));
  assert.deepEqual(await Promise.race([lookup('ntfy.lan'), late]), ['192.168.1.5']);
  for (let given = 0; given < 3; await new Promise(setImmediate)) given += hanging.splice(0).map((giveUp) => giveUp()).length;
  await Promise.all(again);
});

test('R19: a name that is not there, or has no address, may be there later', async () => {
  const guard = createGuard({ reach: [], ownPorts: () => [] });
  const gone = async (): Promise<never> => {
    throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
  };
  const down = async (): Promise<never> => {
    throw Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' });
  };
  for (const [lookup, reason] of [
    [gone, /there is no such name/],
    [down, /EAI_AGAIN/],
    [async () => [], /no address/],
  ] as const) {
    const got = failed(await exchange(post('http://x.example/'), { guard, signal: NEVER, secrets: [], lookup }));
    assert.deepEqual([got.what, got.again], ['channel', true]);
    assert.match(got.reason, reason);
    assert.match(got.reason, /x\.example/);
  }
});

/** Says this to whoever sends something, and hangs up where that is asked for. */
async function rawServer(text: string, hangsUp = false) {
  const server = createPlain((socket) => {
    socket.unref().on('error', () => {});
    socket.once('data', () => (hangsUp ? socket.end(text) : socket.write(text)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}`, reach: `127.0.0.1:${port}`, stop: async () => void server.close() };
}
