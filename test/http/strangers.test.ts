import assert from 'node:assert/strict';
import { mock, suite, test } from 'node:test';
import { SAFE_HEADERS } from '../../src/http/headers.ts';
import { fakeKeeper, scan } from './fake-keeper.ts';
import { type Ask, type OpenDoor, openDoor, type Reply } from './open-door.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Every path of the OpenAPI document, with something in place of its parameters, and a few that do not exist. */
async function allPaths(open: OpenDoor): Promise<string[]> {
  const { json: document } = await open.ask('/api/v1/openapi.json');
  const paths = Object.keys(document.paths).map((path) => path.replace(/\{\w+\}/g, '7'));
  return [...paths, '/rpc/roll/get', '/rpc/backup', '/rpc/nothing', '/nothing', '/api/v1/../../etc/passwd', '/%2e%2e/x'];
}

async function crawl(open: OpenDoor, ask: Ask, visit: (reply: Reply, request: string) => void): Promise<void> {
  for (const path of await allPaths(open))
    for (const method of METHODS) visit(await open.ask(path, { ...ask, method }), `${method} ${path}`);
}

/** Event streams never end by themselves: refused before they begin. */
const quiet = (): ReturnType<typeof fakeKeeper> =>
  fakeKeeper({
    subscribe: () => {
      throw new Error('no live feed in this test');
    },
  });

/** What may be asked by whoever comes: the way in, and the way out. */
const ENTRANCE: ReadonlySet<string> = new Set([
  'GET /api/v1/access/me',
  'HEAD /api/v1/access/me',
  'POST /api/v1/access/setup',
  'POST /api/v1/access/sign-in',
  'POST /api/v1/access/sign-out',
]);

suite('strangers', () => {
  test('S14: without the token every path and method is 401, except the way in, and asking whether we are alive', async () => {
    await using open = await openDoor({ keeper: quiet() });
    let asked = 0;
    await crawl(open, { bare: true }, ({ status, headers, json }, request) => {
      asked++;
      const alive = request.endsWith(' /healthz');
      if (alive) return assert.ok(status === 200 || status === 405, `${request}: ${status}`);
      if (ENTRANCE.has(request)) return assert.ok(status === 200 || status === 400, `${request}: ${status}`);
      assert.equal(status, 401, request);
      assert.match(headers['www-authenticate'] ?? '', /^Bearer /);
      if (!request.startsWith('HEAD')) assert.equal(json.code, 'unauthorized');
    });
    assert.ok(asked > 150, `only ${asked} requests`);
    assert.deepEqual(open.failures, []);
  });

  test('S14: a wrong, cut, longer or empty token is no token', async () => {
    await using open = await openDoor({ keeper: quiet() });
    const tokens = ['', 'wrong', 'secret-of-the-tes', 'secret-of-the-test2', 'SECRET-OF-THE-TEST', 'secret-of-the-test secret'];
    for (const token of tokens) {
      const { status } = await open.ask('/', { bare: true, headers: { authorization: `Bearer ${token}` } });
      assert.equal(status, 401, token);
    }
    assert.equal((await open.ask('/', { bare: true, headers: { authorization: 'Basic c2VjcmV0LW9mLXRoZS10ZXN0' } })).status, 401);
    assert.equal((await open.ask('/?token=secret-of-the-test', { bare: true })).status, 401);
    assert.equal((await open.ask('/', { bare: true, headers: { authorization: 'bearer secret-of-the-test' } })).status, 200);
  });

  test('S13: every answer has the headers that keep browsers from misusing it, refusals included', async () => {
    await using open = await openDoor({ keeper: quiet() });
    const seen = new Set<number>();
    const visit = ({ status, headers }: Reply, request: string): void => {
      seen.add(status);
      for (const [name, value] of Object.entries(SAFE_HEADERS)) assert.equal(headers[name], value, `${name} of ${request}`);
      assert.equal(headers['access-control-allow-origin'], undefined);
      if (!request.endsWith('/sign-out')) assert.equal(headers['set-cookie'], undefined, request);
    };
    await crawl(open, {}, visit);
    await crawl(open, { bare: true }, visit);
    visit(await open.ask('/', { headers: { host: 'evil.example' } }), 'foreign host');
    visit(await open.ask('/', { headers: { host: 'a b' } }), 'broken host');
    visit(await open.ask('/api/v1/scans', { method: 'POST', headers: { 'content-length': '99999999' } }), 'too large');
    for (const status of [200, 400, 401, 404, 405, 415, 421, 500]) assert.ok(seen.has(status), `${status} never seen`);
  });

  test('S10: a name that is not ours is turned away before anything else', async () => {
    await using open = await openDoor({ keeper: quiet(), hosts: ['Roll.Example'] });
    const foreign = [
      'evil.example',
      'evil.example:9090',
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      '127.0.0.1@evil.example',
      '0.0.0.0',
      '[::]',
      '127.1',
    ];
    for (const host of foreign) {
      for (const path of ['/', '/healthz', '/api/v1/devices']) {
        const reply = await open.ask(path, { headers: { host } });
        assert.ok(reply.status === 421 || reply.status === 400, `${host}${path}: ${reply.status}`);
        assert.doesNotMatch(reply.text, /printer/);
      }
    }
    for (const host of ['127.0.0.1', 'localhost:1', 'LOCALHOST', '[::1]:9090', 'roll.example', 'ROLL.example:443'])
      assert.equal((await open.ask('/', { headers: { host } })).status, 200, host);
  });

  const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
  const JSON_TYPE = { 'content-type': 'application/json' };
  const CROSS: Record<string, Ask['headers']> = {
    'a form of another site': { ...FORM, origin: 'http://evil.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    'a text/plain post of another site': { 'content-type': 'text/plain', origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' },
    'JSON from another site': { ...JSON_TYPE, 'sec-fetch-site': 'cross-site' },
    'JSON from another port of this machine': { ...JSON_TYPE, origin: 'http://127.0.0.1:8080', 'sec-fetch-site': 'same-site' },
    'JSON from a sandboxed page': { ...JSON_TYPE, origin: 'null' },
    'JSON from an old browser on another site': { ...JSON_TYPE, origin: 'http://evil.example' },
    'JSON with a broken origin': { ...JSON_TYPE, origin: 'http://[' },
  };
  for (const [situation, headers = {}] of Object.entries(CROSS)) {
    test(`S11: ${situation} is refused, token or not, and nothing changes`, async () => {
      const startScan = mock.fn(async () => assert.fail('a scan began'));
      await using open = await openDoor({ keeper: fakeKeeper({ startScan }) });
      const body = JSON.stringify({ targets: ['10.0.0.1'] });
      for (const bare of [true, false]) {
        assert.equal((await open.ask('/api/v1/scans', { method: 'POST', headers, body, bare })).status, 403);
        assert.equal((await open.ask('/rpc/scans/start', { method: 'POST', headers, body, bare })).status, 403);
      }
      assert.equal(startScan.mock.callCount(), 0);
    });
  }

  test('S11: types a form can send are refused even without any sign of a browser', async () => {
    const startScan = mock.fn(async () => assert.fail('a scan began'));
    await using open = await openDoor({ keeper: fakeKeeper({ startScan }) });
    const body = JSON.stringify({ targets: ['10.0.0.1'] });
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x', 'application/jsonp', ''])
      assert.equal((await open.ask('/api/v1/scans', { method: 'POST', headers: { 'content-type': type }, body })).status, 415, type);
    const odd = { ...JSON_TYPE, 'content-encoding': 'gzip' };
    assert.equal((await open.ask('/api/v1/scans', { method: 'POST', headers: odd, body })).status, 415);
    assert.equal(startScan.mock.callCount(), 0);
  });

  test('S11: a GET changes nothing, whatever it asks for', async () => {
    await using open = await openDoor({
      keeper: fakeKeeper({ cancelScan: () => assert.fail('cancelled'), scan: async () => ({ scan: scan(), run: undefined }) }),
    });
    assert.equal((await open.ask('/api/v1/scans/31/cancel')).status, 405);
    assert.equal((await open.ask(`/rpc/scans/cancel?data=${encodeURIComponent('{"json":{"id":31}}')}`)).status, 405);
  });

  test('a page of the same origin, a typed address and a followed link are let in', async () => {
    await using open = await openDoor({
      keeper: fakeKeeper({ cancelScan: async () => undefined, scan: async () => ({ scan: scan(), run: undefined }) }),
    });
    const cancel = '/api/v1/scans/31/cancel';
    const own = { origin: open.url, 'sec-fetch-site': 'same-origin' };
    assert.equal((await open.ask(cancel, { method: 'POST', headers: own })).status, 200);
    assert.equal((await open.ask(cancel, { method: 'POST', headers: { origin: open.url } })).status, 200);
    assert.equal((await open.ask('/', { headers: { 'sec-fetch-site': 'none' } })).status, 200);
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    assert.equal((await open.ask('/', { headers: link })).status, 200);
    assert.equal((await open.ask(cancel, { method: 'POST', headers: link })).status, 403);
  });

  test('S12: a page of another site gets no event stream and no websocket', async () => {
    const keeper = fakeKeeper();
    await using open = await openDoor({ keeper });
    for (const headers of [{ origin: 'http://evil.example' }, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }] as Record<
      string,
      string
    >[])
      assert.equal((await open.ask('/api/v1/live', { headers })).status, 403);
    const upgrade = {
      connection: 'upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-version': '13',
    };
    assert.equal((await open.ask('/api/v1/live', { headers: { ...upgrade, origin: 'http://evil.example' } })).status, 403);
    assert.equal(keeper.subscribers, 0);
  });

  test('S20: forwarded headers change nothing', async () => {
    await using open = await openDoor({ keeper: quiet() });
    const headers = {
      'x-forwarded-host': '127.0.0.1',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'https',
      forwarded: 'host=127.0.0.1',
    };
    assert.equal((await open.ask('/', { headers: { ...headers, host: 'evil.example' } })).status, 421);
    assert.equal((await open.ask('/', { headers, bare: true })).status, 401);
  });

  test('whether the daemon is alive is told to everybody, and nothing else', async () => {
    const troubled = { ...fakeKeeper().status(), troubles: ['target 10.0.0.0/24 is blind'] };
    await using open = await openDoor({ keeper: fakeKeeper({ status: () => troubled }) });
    const reply = await open.ask('/healthz', { bare: true });
    assert.equal(reply.text, '{"status":"troubled"}');
  });
});
