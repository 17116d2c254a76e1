import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { after, test } from 'node:test';
import { askPublicAddress } from './public-address.ts';

const { signal } = new AbortController();
const closing: (() => void)[] = [];
after(() => {
  for (const close of closing) close();
});

async function page(answer: RequestListener): Promise<{ url: string; asked: () => number }> {
  let asked = 0;
  const server = createServer((request, response) => {
    asked++;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}/`, asked: () => asked };
}

const says = (text: string, type = 'text/plain'): Promise<{ url: string; asked: () => number }> =>
  page((_, response) => response.writeHead(200, { 'content-type': type }).end(text));

test('a page that says nothing but an address is believed', async () => {
  assert.deepEqual(await askPublicAddress((await says('203.0.113.7\n')).url, signal), { ok: true, value: '203.0.113.7' });
  assert.deepEqual(await askPublicAddress((await says('2001:DB8::7', 'text/plain; charset=utf-8')).url, signal), {
    ok: true,
    value: '2001:db8::7',
  });
});

test('whatever else a page says is no address', async () => {
  const pages = [
    says(''),
    says('<b>203.0.113.7</b>'),
    says('203.0.113.7', 'text/html'),
    says('{"ip":"203.0.113.7"}', 'application/json'),
    says('203.0.113.7 203.0.113.8'),
    says('\u001b[31m203.0.113.7'),
    page((_, response) => response.writeHead(500, { 'content-type': 'text/plain' }).end('203.0.113.7')),
    page((_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(' '.repeat(70_000) + '203.0.113.7')),
  ];
  for (const { url } of await Promise.all(pages)) {
    const found = await askPublicAddress(url, signal);
    assert.ok(!found.ok);
    assert.match(found.reason, /^the page that says it [ -~]+$/);
  }
});

test('nobody is followed elsewhere, and an endless page is left', async () => {
  const there = await says('203.0.113.7');
  const here = await page((_, response) => response.writeHead(302, { location: there.url }).end());
  assert.ok(!(await askPublicAddress(here.url, signal)).ok);
  assert.equal(there.asked(), 0);
  const endless = await page((_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' });
    const more = (): void => void (response.destroyed || response.write('1'.repeat(10_000), () => setImmediate(more)));
    more();
  });
  assert.ok(!(await askPublicAddress(endless.url, signal)).ok);
  const silent = await page(() => {});
  assert.ok(!(await askPublicAddress(silent.url, signal, 200)).ok);
  const stopped = new AbortController();
  stopped.abort();
  assert.ok(!(await askPublicAddress(silent.url, stopped.signal)).ok);
});
