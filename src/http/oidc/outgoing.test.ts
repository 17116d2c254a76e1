import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { boundedFetch, LARGEST, mayAsk } from './outgoing.ts';

test('S20: only the issuer is asked, and what the config names, and never less safely than the issuer', () => {
  const far = { issuer: 'https://id.example.org/realms/home', hosts: ['keys.example.org'] };
  const near = { issuer: 'http://127.0.0.1:9000', hosts: ['keys.example.org'] };
  const cases: [string, typeof far, boolean][] = [
    ['https://id.example.org/token', far, true],
    ['https://id.example.org:8443/token', far, true],
    ['https://keys.example.org/jwks', far, true],
    ['http://id.example.org/token', far, false],
    ['http://keys.example.org/jwks', far, false],
    ['https://me:secret@id.example.org/token', far, false],
    ['https://id.example.org.evil.example/', far, false],
    ['https://evil.example/?id.example.org', far, false],
    ['https://169.254.169.254/', far, false],
    ['https://127.0.0.1/', far, false],
    ['file:///etc/passwd', far, false],
    ['http://127.0.0.1:9000/token', near, true],
    ['http://127.0.0.1:9001/token', near, false],
    ['https://127.0.0.1:9000/token', near, false],
    ['http://localhost:9000/token', near, false],
    ['https://keys.example.org/', near, false],
  ];
  for (const [url, config, may] of cases) assert.equal(mayAsk(URL.parse(url), config), may, url);
  assert.equal(mayAsk(null, far), false);
});

describe('an answer', () => {
  const server = createServer((request, response) => {
    const { url } = request;
    if (url === '/slow') return void response.writeHead(200).write('a');
    if (url === '/never') return undefined;
    if (url === '/way') return void response.writeHead(302, { location: '/never' }).end();
    if (url === '/nothing') return void response.writeHead(204).end();
    return void response.end('x'.repeat(url === '/long' ? LARGEST + 1 : LARGEST));
  });
  let at = '';
  before(async () => {
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const ask = (path: string, patience = 10_000): Promise<Response> =>
    boundedFetch({ may: () => true, patience })(at + path, { method: 'GET', headers: {}, redirect: 'manual', body: undefined as never });

  test('that is slow at its beginning or at its end is given up in time', async () => {
    const began = performance.now();
    for (const path of ['/slow', '/never']) await assert.rejects(ask(path, 200), /timeout/i);
    assert.ok(performance.now() - began < 5000);
  });

  test('is as long as it may be and no longer, and leads nowhere', async () => {
    assert.equal((await (await ask('/')).text()).length, LARGEST);
    await assert.rejects(ask('/long'), /longer than/);
    assert.equal((await ask('/way')).status, 302);
    assert.equal((await ask('/nothing')).status, 204);
  });

  test('is not asked for where we may not', async () => {
    const asked = boundedFetch({ may: () => false })(at, { method: 'GET', headers: {}, redirect: 'manual', body: undefined as never });
    await assert.rejects(asked, /neither the issuer nor one of \[oidc\] hosts/);
  });
});
