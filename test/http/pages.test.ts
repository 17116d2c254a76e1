import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, suite, test } from 'node:test';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { SAFE_HEADERS } from '../../src/http/headers.ts';
import { PAGE_HEADERS } from '../../src/http/web/index.ts';
import { fakeKeeper } from './fake-keeper.ts';
import { type OpenDoor, openDoor, send } from './open-door.ts';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';
const INDEX = '<!doctype html><title>Rollcall</title><script type="module" src="/assets/index-3f2a.js"></script>';
const SCRIPT = `console.log(${JSON.stringify('x'.repeat(5000))});`;
const SECRET = 'canary outside of the build';

/** A build as Vite leaves it, with what an attacker would like to find in it. */
async function build(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'rollcall-pages-'));
  const dist = join(home, 'dist');
  await mkdir(join(dist, 'assets'), { recursive: true });
  await writeFile(join(home, 'secret.txt'), SECRET);
  const files: Record<string, string | Uint8Array> = {
    'index.html': INDEX,
    'mark.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'rollcall.webmanifest': '{"name":"Rollcall"}',
    'assets/index-3f2a.js': SCRIPT,
    'assets/index-3f2a.js.gz': gzipSync(SCRIPT),
    'assets/index-3f2a.js.br': brotliCompressSync(SCRIPT),
    'assets/small-9c.js': 'export {};',
    'assets/index-1b.css': 'body{margin:0}',
    'assets/index-3f2a.js.map': SECRET,
    'assets/run.sh': SECRET,
    '.env': SECRET,
    'assets/a b.js': SECRET,
  };
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(dist, name), bytes);
  await symlink('../../secret.txt', join(dist, 'assets', 'link.txt'));
  await symlink('..', join(dist, 'up'));
  return home;
}

suite('pages', () => {
  let home: string;
  let open: OpenDoor;
  before(async () => {
    home = await build();
    open = await openDoor({ keeper: fakeKeeper(), web: join(home, 'dist') });
  });
  after(async () => {
    await open[Symbol.asyncDispose]();
    await rm(home, { recursive: true });
  });
  const visit = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    open.ask(path, { bare: true, method, headers: { accept: BROWSER, ...headers } });

  test('a browser gets the page without any proof, wherever in it the address points', async () => {
    for (const path of ['/', '/devices', '/devices/7?tab=ports', '/sign-in', '/devices/Wohnzimmer%20TV', '/apiary']) {
      const { status, headers, text: body } = await visit(path);
      assert.deepEqual(
        [status, headers['content-type'], headers['cache-control'], body],
        [200, 'text/html; charset=utf-8', 'no-store', INDEX],
      );
    }
  });

  test('a program gets JSON at the same address, and only with its token', async () => {
    for (const accept of ['*/*', 'application/json', '', 'text/html;q=0', 'text/htmlx']) {
      assert.equal((await open.ask('/', { headers: { accept } })).json.site, 'home', accept);
      assert.equal((await open.ask('/', { headers: { accept }, bare: true })).status, 401, accept);
    }
  });

  test('interfaces stay interfaces, even for a browser', async () => {
    for (const path of ['/api/v1/roll', '/api', '/rpc/roll/get', '/metrics', '/api/v1/nothing']) {
      const { status, json } = await visit(path);
      assert.deepEqual([status, json?.code], [401, 'unauthorized'], path);
    }
    assert.equal((await visit('/healthz')).json.status, 'ok');
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) assert.equal((await visit('/', {}, method)).status, 401, method);
  });

  test('a hashed file is kept forever; any other is asked for again', async () => {
    const script = await visit('/assets/index-3f2a.js', { accept: '*/*' });
    assert.deepEqual([script.status, script.text], [200, SCRIPT]);
    assert.equal(script.headers['cache-control'], 'public, max-age=31536000, immutable');
    const mark = await visit('/mark.svg', { accept: 'image/*' });
    assert.deepEqual([mark.status, mark.headers['cache-control'], mark.headers['content-type']], [200, 'no-cache', 'image/svg+xml']);
    const manifest = await visit('/rollcall.webmanifest', { accept: '*/*' });
    assert.equal(manifest.headers['content-type'], 'application/manifest+json');
  });

  test('what was packed beside a file is sent to who takes it', async () => {
    const ask = async (accepted: string): Promise<[packing: string | undefined, text: string]> => {
      const headers = { 'accept-encoding': accepted };
      const incoming = await send({ host: '127.0.0.1', port: open.port }, '/assets/index-3f2a.js', { bare: true, headers });
      const bytes = Buffer.concat(await incoming.toArray());
      assert.equal(incoming.headers['content-length'], String(bytes.byteLength));
      assert.match(incoming.headers.vary ?? '', /accept-encoding/);
      const packing = incoming.headers['content-encoding'];
      const unpack = packing === 'br' ? brotliDecompressSync : packing === 'gzip' ? gunzipSync : (raw: Buffer) => raw;
      return [packing, String(unpack(bytes))];
    };
    assert.deepEqual(await ask('gzip, deflate, br, zstd'), ['br', SCRIPT]);
    assert.deepEqual(await ask('gzip, br;q=0'), ['gzip', SCRIPT]);
    assert.deepEqual(await ask('GZIP;q=0.5'), ['gzip', SCRIPT]);
    for (const accepted of ['', 'identity', 'deflate', 'gzip;q=0.0']) assert.deepEqual(await ask(accepted), [undefined, SCRIPT]);
    const small = await visit('/assets/small-9c.js', { 'accept-encoding': 'gzip, br' });
    assert.deepEqual([small.headers['content-encoding'], small.text], [undefined, 'export {};']);
  });

  test('HEAD answers as GET, without a body', async () => {
    const { status, headers, text: body } = await visit('/assets/index-3f2a.js', {}, 'HEAD');
    assert.deepEqual([status, headers['content-length'], body], [200, String(SCRIPT.length), '']);
  });

  test('S13: pages and their files have the headers of a page; all else has those of an interface', async () => {
    for (const path of ['/', '/devices', '/assets/index-3f2a.js', '/assets/index-1b.css', '/mark.svg']) {
      const { headers } = await visit(path);
      for (const [name, value] of Object.entries(PAGE_HEADERS))
        if (name !== 'cache-control') assert.equal(headers[name], value, `${name} of ${path}`);
    }
    assert.match(PAGE_HEADERS['content-security-policy'] ?? '', /script-src 'self';.*require-trusted-types-for 'script'/);
    assert.doesNotMatch(PAGE_HEADERS['content-security-policy'] ?? '', /script-src[^;]*unsafe|\*/);
    for (const path of ['/assets/gone.js', '/api/v1/roll', '/healthz', '/x%2f..']) {
      const { headers } = await visit(path);
      for (const [name, value] of Object.entries(SAFE_HEADERS)) assert.equal(headers[name], value, `${name} of ${path}`);
    }
  });

  test('S10, S11: a page is not given under a foreign name, nor into a page of another site', async () => {
    assert.equal((await visit('/', { host: 'evil.example' })).status, 421);
    assert.equal(
      (await visit('/', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' })).status,
      403,
    );
    assert.equal((await visit('/assets/index-3f2a.js', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).status, 403);
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    assert.equal((await visit('/devices', link)).status, 200);
  });

  test('S25: only files of the build are served: no links, no sources, no way out', async () => {
    const ways = ['../secret.txt', '..%2fsecret.txt', '%2e%2e/secret.txt', '%2e%2e%2fsecret.txt', '..\\secret.txt', '..%5csecret.txt'];
    const more = [
      '%252e%252e/secret.txt',
      '....//secret.txt',
      '..;/secret.txt',
      '.%00./secret.txt',
      'index-3f2a.js%00.txt',
      '..%c0%afsecret.txt',
    ];
    const inside = ['link.txt', 'run.sh', 'index-3f2a.js.map', 'a%20b.js', 'index-3f2a.js.gz', 'index-3f2a.js/', 'index-3f2a.js%2f..', ''];
    const others = [
      '/up/secret.txt',
      '/.env',
      '/assets',
      '/../secret.txt',
      '//secret.txt',
      '/%2e%2e/%2e%2e/etc/passwd',
      '//etc/passwd',
      '/C:/x',
    ];
    const paths = [...[...ways, ...more, ...inside].flatMap((way) => [`/assets/${way}`, `/assets/../${way}`, `/${way}`]), ...others];
    for (const path of paths)
      for (const accept of ['*/*', BROWSER]) {
        const reply = await rawly(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: ${accept}\r\nConnection: close\r\n\r\n`);
        assert.doesNotMatch(reply, /canary|root:/, path);
        assert.match(reply, /^HTTP\/1\.1 (?:4\d\d|200 OK[^]*<title>Rollcall)/, path);
      }
    assert.deepEqual(open.failures, []);
  });

  /** Bytes as they are: clients tidy paths up before they ask. */
  function rawly(bytes: string): Promise<string> {
    const socket = connect(open.port, '127.0.0.1');
    socket.end(bytes);
    return text(socket);
  }
});

test('where nothing is built, a browser is told what builds it, by a page without script', async () => {
  await using open = await openDoor({ keeper: fakeKeeper(), web: join(tmpdir(), 'rollcall-no-such-build') });
  const { status, headers, text: body } = await open.ask('/', { bare: true, headers: { accept: BROWSER } });
  assert.deepEqual([status, headers['content-type']], [503, 'text/html; charset=utf-8']);
  assert.match(body, /npm start/);
  assert.doesNotMatch(body, /<script/);
  assert.equal(headers['content-security-policy'], PAGE_HEADERS['content-security-policy']);
  assert.equal((await open.ask('/')).json.site, 'home');
});
