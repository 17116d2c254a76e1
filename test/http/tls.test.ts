import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { connect } from 'node:net';
import { suite, test } from 'node:test';
import { connect as connectTls, type SecureVersion, type TLSSocket } from 'node:tls';
import { createDoor, type Door, type DoorOptions } from '../../src/http/index.ts';
import { type MadePair, ownCertificate } from '../make/own-certificate.ts';
import { needs } from '../needs.ts';
import { until } from '../program/program.ts';
import { callerWith, fakeAccess } from './fake-access.ts';
import { fakeKeeper } from './fake-keeper.ts';

const TOKEN = 'secret-of-the-test';

interface Open extends AsyncDisposable {
  readonly door: Door;
  readonly url: string;
  readonly port: number;
  /** What was logged: level, message, and what stands beside it. */
  readonly log: readonly string[];
  ask(path: string, ask?: Ask): Promise<IncomingMessage>;
  /** The serial number of the certificate that a new connection gets. */
  serial(): Promise<string>;
}

interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly version?: SecureVersion;
}

const own = ownCertificate();

async function openTls(options: Partial<DoorOptions> = {}, host = '127.0.0.1'): Promise<Open> {
  const log: string[] = [];
  const say =
    (level: string) =>
    (fields: object, message: string): void =>
      void log.push(`${level} ${message} ${JSON.stringify(fields)}`);
  const anna = callerWith({ name: 'anna', proof: 'sign-in', user: 1, signIn: 1 });
  const door = createDoor({
    keeper: fakeKeeper(),
    access: fakeAccess({ [TOKEN]: callerWith(), annas: anna }),
    log: { error: say('error'), warn: say('warn'), info: say('info') },
    lookAtPair: 20,
    ...options,
  });
  const { url, port } = await door.listenTcp({ host, port: 0, cert: own.cert, key: own.key });
  return {
    door,
    url,
    port,
    log,
    ask: (path, ask = {}) => askTls(port, path, ask),
    async serial() {
      const socket = await shake(port);
      const { serialNumber } = socket.getPeerCertificate();
      socket.destroy();
      return serialNumber;
    },
    [Symbol.asyncDispose]: () => door.close(),
  };
}

function askTls(port: number, path: string, { method = 'GET', headers = {}, body, version }: Ask): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const versions = version ? { minVersion: version, maxVersion: version } : {};
  const own = { host: '127.0.0.1', port, path, method, agent: false, rejectUnauthorized: false, ...versions } as const;
  const asking = request({ ...own, headers: { authorization: `Bearer ${TOKEN}`, ...headers } }, resolve);
  asking.on('error', reject);
  asking.end(body);
  return promise;
}

async function shake(
  port: number,
  versions: { minVersion?: SecureVersion; maxVersion?: SecureVersion; ciphers?: string } = {},
): Promise<TLSSocket> {
  const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false, ...versions });
  await once(socket, 'secureConnect');
  return socket;
}

const textOf = async (answer: IncomingMessage): Promise<string> => Buffer.concat(await answer.toArray()).toString();

/** Everything somebody is sent who speaks first, until the end. */
async function speak(port: number, bytes: string | Uint8Array): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const got: Buffer[] = [];
  socket.on('data', (chunk) => got.push(Buffer.from(chunk))).on('error', () => {});
  socket.write(bytes);
  await once(socket, 'close');
  return Buffer.concat(got).toString('latin1');
}

suite('TLS', needs('openssl'), () => {
  test('what is asked over TLS is answered, and a client that trusts the certificate needs nothing else', async () => {
    await using open = await openTls();
    assert.equal(open.url, `https://127.0.0.1:${open.port}`);
    const { cert } = own;
    const ca = (await import('node:fs')).readFileSync(cert, 'utf8');
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { authorization: `Bearer ${TOKEN}` };
      request({ host: '127.0.0.1', port: open.port, path: '/api/v1/status', ca, headers, agent: false }, resolve).on('error', reject).end();
    });
    assert.equal(answer.statusCode, 200);
    assert.equal(JSON.parse(await textOf(answer)).site, 'home');
  });

  test('1.2 and 1.3 are spoken, and nothing older', async () => {
    await using open = await openTls();
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) assert.equal((await open.ask('/healthz', { version })).statusCode, 200);
    // Without @SECLEVEL=0 the client itself would not offer it.
    for (const version of ['TLSv1', 'TLSv1.1'] as const)
      await assert.rejects(
        shake(open.port, { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' }),
        ({ code }: NodeJS.ErrnoException) => /ALERT_PROTOCOL_VERSION|ECONNRESET/.test(code ?? ''),
      );
    assert.equal((await open.ask('/healthz')).statusCode, 200);
    assert.deepEqual(open.log, []);
  });

  test('S26: whoever speaks no TLS is told nothing, and nobody else notices', async () => {
    await using open = await openTls();
    const said = ['GET / HTTP/1.1\r\nhost: localhost\r\n\r\n', 'SSH-2.0-OpenSSH\r\n', Buffer.alloc(20_000, 0xff)];
    for (const bytes of said) assert.doesNotMatch(await speak(open.port, bytes), /HTTP|rollcall|bad-input/i);
    const waiting = connect(open.port, '127.0.0.1', () => waiting.write(Buffer.from([22, 3, 1, 255, 255]))).on('error', () => {});
    assert.equal((await open.ask('/healthz')).statusCode, 200);
    waiting.destroy();
    assert.deepEqual(open.log, []);
  });

  test('S26: the limits are those of HTTP: bytes that are no request are refused in our words, headers that are too many, too', async () => {
    await using open = await openTls();
    const socket = await shake(open.port);
    socket.write('BREW / HTCPCP\r\n\r\n');
    const text = Buffer.concat(await socket.toArray()).toString();
    assert.match(text, /^HTTP\/1\.1 400 /);
    assert.match(text, /"code":"bad-input"/);
    assert.equal((await open.ask('/', { headers: { long: 'x'.repeat(17_000) } })).statusCode, 431);
  });

  test('a name that is not ours is turned away over TLS, too, whatever the certificate says', async () => {
    await using open = await openTls({ hosts: ['NAS.lan'] });
    const statusFor = async (host: string): Promise<number | undefined> => (await open.ask('/healthz', { headers: { host } })).statusCode;
    for (const host of ['localhost', `127.0.0.1:${open.port}`, 'nas.lan', 'Nas.Lan:443', '[::1]'])
      assert.equal(await statusFor(host), 200, host);
    for (const host of ['evil.example', '192.0.2.1', '0.0.0.0', 'nas.lan.evil.example', 'evil.nas.lan'])
      assert.equal(await statusFor(host), 421, host);
  });

  test('a browser is told to stay with TLS, and one in the clear is not', async () => {
    await using open = await openTls();
    for (const path of ['/healthz', '/api/v1/status', '/nothing'])
      assert.equal((await open.ask(path)).headers['strict-transport-security'], 'max-age=31536000', path);
    assert.equal((await open.ask('/', { headers: { host: 'evil.example' } })).headers['strict-transport-security'], 'max-age=31536000');
    const { openDoor } = await import('./open-door.ts');
    await using plain = await openDoor({ keeper: fakeKeeper(), proxies: ['127.0.0.1'] });
    const behind = await plain.ask('/healthz', { headers: { 'x-forwarded-proto': 'https' } });
    assert.equal(behind.headers['strict-transport-security'], undefined, 'a proxy says so itself');
  });

  test('over TLS the cookie is the one that nobody else can plant, and pages of the same name in the clear are strangers', async () => {
    await using open = await openTls();
    const by = async (cookie: string, more: Record<string, string> = {}, method = 'POST') =>
      (await open.ask('/api/v1/access/sign-out', { method, headers: { authorization: '', cookie, ...more } })).statusCode;
    const answer = await askWithout(open.port, { cookie: '__Host-rollcall=annas', 'sec-fetch-site': 'same-origin' });
    assert.equal(answer.statusCode, 200);
    assert.match(String(answer.headers['set-cookie']), /^__Host-rollcall=; Max-Age=0; Path=\/; HttpOnly; SameSite=Strict; Secure$/);
    assert.equal((await askWithout(open.port, { cookie: 'rollcall=annas' }, 'GET', '/api/v1/status')).statusCode, 401);
    assert.equal((await askWithout(open.port, { cookie: '__Host-rollcall=annas' }, 'GET', '/api/v1/status')).statusCode, 200);
    assert.equal(await by('__Host-rollcall=annas', { origin: `http://127.0.0.1:${open.port}` }), 403);
  });

  test('S20: what is said of a caller is believed of nobody who is no proxy', async () => {
    await using open = await openTls();
    const headers = { 'x-forwarded-host': 'nas.example', 'x-forwarded-proto': 'http', 'x-forwarded-for': '192.0.2.7' };
    assert.equal((await open.ask('/api/v1/status', { headers })).statusCode, 200);
  });
});

function askWithout(
  port: number,
  headers: Record<string, string>,
  method = 'POST',
  path = '/api/v1/access/sign-out',
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request({ host: '127.0.0.1', port, path, method, agent: false, rejectUnauthorized: false, headers }, resolve).on('error', reject).end();
  return promise;
}

suite('a certificate that changes', needs('openssl'), () => {
  const serialOf = async (pair: MadePair): Promise<string> => {
    const { X509Certificate } = await import('node:crypto');
    return new X509Certificate(pair.cert).serialNumber;
  };

  test('a new one is taken over while a stream goes on over the old one', async () => {
    const keeper = fakeKeeper();
    await using open = await openTls({ keeper });
    const socket = await shake(open.port);
    socket.write(`GET /api/v1/live HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${TOKEN}\r\n\r\n`);
    let heard = '';
    socket.on('data', (chunk) => (heard += String(chunk))).on('error', () => {});
    await until('the stream to begin', () => /snapshot/.test(heard));
    const before = await open.serial();
    const next = own.make();
    own.replace(next);
    await until('the new certificate', async () => (await open.serial()) === (await serialOf(next)));
    assert.notEqual(await open.serial(), before);
    assert.match(open.log.join('\n'), /^info certificate taken over \{"cert":"\S+cert\.pem","until":"2\S+Z"\}/);
    keeper.publish({ kind: 'scan.progress', scan: 31, done: 0.5, secondsLeft: 3, task: 'SYN scan', hosts: 1 });
    await until('the news over the old connection', () => /scan\.progress/.test(heard));
    socket.destroy();
  });

  test('a broken one changes nothing, is told once for each change, and a good one heals it', async () => {
    await using open = await openTls();
    const before = await open.serial();
    const faults = (): string[] =>
      open.log.filter((line) => line.startsWith('error certificate not taken over; the old one stays in force'));
    writeFileSync(own.cert, 'no certificate');
    await until('the fault', () => faults().length === 1);
    assert.match(faults()[0] ?? '', /reading http\.cert \S+: it holds no certificate in PEM/);
    assert.match(faults()[0] ?? '', /"remedy":"write the path of a file/);
    assert.equal(await open.serial(), before);
    const next = own.make();
    own.replace({ cert: next.cert });
    await until('the second fault', () => faults().length === 2);
    assert.match(faults()[1] ?? '', /it is the key of another certificate/);
    assert.equal(await open.serial(), before);
    own.replace({ key: next.key });
    await until('the new certificate', async () => (await open.serial()) === (await serialOf(next)));
    assert.equal(faults().length, 2);
  });

  test('files that are gone are told, and the certificate in force stays', async () => {
    await using open = await openTls();
    const before = await open.serial();
    const { renameSync } = await import('node:fs');
    renameSync(own.key, own.file('away'));
    await until('the fault', () => /there is no such file/.test(open.log.join()));
    assert.equal(await open.serial(), before);
    renameSync(own.file('away'), own.key);
    await until('it to be taken over again', () => /certificate taken over/.test(open.log.join()));
  });

  test('who asks for it is not kept waiting for the next look', async () => {
    await using open = await openTls({ lookAtPair: 3_600_000 });
    const next = own.make();
    own.replace(next);
    await open.door.rereadPair();
    assert.equal(await open.serial(), await serialOf(next));
    writeFileSync(own.key, '');
    await open.door.rereadPair();
    assert.equal(await open.serial(), await serialOf(next));
    assert.match(open.log.at(-1) ?? '', /^error certificate not taken over/);
    own.replace(next);
  });

  test('a key that is open to everybody is told when it begins and when it changes', async () => {
    chmodSync(own.key, 0o644);
    await using open = await openTls();
    assert.match(open.log.join('\n'), /^warn the key \S+key\.pem is open to every user of this machine/);
    chmodSync(own.key, 0o600);
    await until('it to be read again', () => open.log.length > 1);
    assert.equal(open.log.filter((line) => line.startsWith('warn')).length, 1);
  });

  test('a door that was closed reads nothing any more', async () => {
    const open = await openTls();
    await open.door.close();
    own.replace(own.make());
    await open.door.rereadPair();
    assert.deepEqual(open.log, []);
  });

  test('a certificate that cannot be used opens no door', async () => {
    const files = { cert: own.cert, key: own.file('none.key') };
    const door = createDoor({
      keeper: fakeKeeper(),
      access: fakeAccess(),
      log: { error: () => assert.fail(), warn: () => {}, info: () => {} },
    });
    await assert.rejects(
      door.listenTcp({ host: '127.0.0.1', port: 0, ...files }),
      /^Fault: reading http\.key \S+none\.key: there is no such file$/,
    );
    await door.close();
  });
});
