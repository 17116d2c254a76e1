import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { SAFE_HEADERS } from '../../src/http/headers.ts';
import { PAGE_HEADERS } from '../../src/http/web/index.ts';
import { fakeKeeper } from './fake-keeper.ts';
import type { Reply } from './open-door.ts';
import { type RealDoor, realDoor } from './real-door.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'];
const ACCEPTED = ['text/html', '*/*'];
const FILES = ['index.html', 'mark.svg', 'assets/index-3f2a.js', 'assets/index-1b.css', 'rollcall.webmanifest'];
const PAGES = ['/', '/devices', '/devices/7', '/setup', '/no/such/page', '/assets/no-such.js', '/%2e%2e/x', '/%', '/%00', '//evil.example'];

suite('S13: headers of every route and method, with a dashboard', () => {
  let home: string;
  let door: RealDoor;
  let paths: string[];
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'rollcall-headers-'));
    await mkdir(join(home, 'assets'));
    for (const name of FILES) await writeFile(join(home, name), '<!doctype html><title>Rollcall</title>');
    const subscribe = (): never => assert.fail('no live feed in this test');
    door = await realDoor({}, { web: home, keeper: fakeKeeper({ subscribe }) });
    const { json } = await door.page('/api/v1/openapi.json', { cookie: door.anna });
    const routes = Object.keys(json.paths).map((path) => path.replace(/\{\w+\}/g, '7'));
    paths = [...PAGES, ...FILES.map((name) => `/${name}`), ...routes, '/healthz', '/metrics', '/rpc/roll/get', '/rpc/nothing'];
  });
  after(async () => {
    await door[Symbol.asyncDispose]();
    await rm(home, { recursive: true });
  });

  /** A page's own, or those of everything else: one of the two, whole. */
  function judge({ headers, status }: Reply, request: string): void {
    const page = headers['content-security-policy'] === PAGE_HEADERS['content-security-policy'];
    for (const [name, value] of Object.entries(page ? PAGE_HEADERS : SAFE_HEADERS))
      if (!(page && name === 'cache-control')) assert.equal(headers[name], value, `${name} of ${request} (${status})`);
    assert.ok(headers['cache-control'] !== undefined, request);
    for (const name of ['access-control-allow-origin', 'server', 'x-powered-by', 'location'])
      assert.equal(headers[name], undefined, request);
    if (/text\/html/.test(headers['content-type'] ?? '')) assert.ok(page, `${request} is a page without the policy of one`);
  }

  for (const who of ['a stranger', 'an admin'])
    test(`each has all of them, for ${who}`, async () => {
      let asked = 0;
      const seen = new Set<number>();
      for (const path of paths)
        for (const method of METHODS) {
          // Signing out would end what the rest is asked with.
          if (who === 'an admin' && /sign-(?:out|ins)/.test(path) && method !== 'GET') continue;
          const accept = ACCEPTED[asked++ % 2] ?? '';
          const reply = await door.page(path, { method, headers: { accept }, cookie: who === 'an admin' ? door.anna : null });
          seen.add(reply.status);
          judge(reply, `${method} ${path}`);
        }
      assert.ok(asked > 900, `only ${asked} requests`);
      for (const status of who === 'an admin' ? [200, 400, 404, 405, 500] : [200, 401]) assert.ok(seen.has(status), `${status} never seen`);
    });

  test('each refusal before a path is looked at has them, too', async () => {
    for (const headers of [{ host: 'evil.example' }, { origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' }] as Record<
      string,
      string
    >[])
      for (const path of paths.slice(0, 20)) judge(await door.page(path, { headers }), `${path} with ${JSON.stringify(headers)}`);
  });
});
