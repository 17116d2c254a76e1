import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { OWNER } from '../../src/core/index.ts';
import { OTHER } from '../make/access-stand.ts';
import { fakeKeeper } from './fake-keeper.ts';
import { cookieOf, ME, type RealDoor, realDoor, SIGN_IN } from './real-door.ts';

/** Names that lead to this machine for whoever owns their DNS, and names written so that one of ours seems to stand in them. */
const FOREIGN = [
  'evil.example',
  'evil.example:PORT',
  '127.0.0.1.evil.example:PORT',
  'localhost.evil.example',
  'evil.example.:PORT',
  'localhost.:PORT',
  '127.0.0.1.:PORT',
  'xn--localhost-9xa:PORT',
  'xn--lcalhost-54a',
  'LOCALHOST.EVIL.EXAMPLE',
  'Evil.Example',
  '127.1:PORT',
  '2130706433',
  '0x7f000001',
  '0177.0.0.1',
  '127.0.0.2',
  '0.0.0.0:PORT',
  '[::]:PORT',
  '[::ffff:127.0.0.1]:PORT',
  '[0:0:0:0:0:0:0:2]',
  '[fe80::1%25lo]',
  '::1',
  '127.0.0.1:PORT:80',
  '127.0.0.1:',
  '127.0.0.1:999999',
  '127.0.0.1 evil.example',
  '127.0.0.1, evil.example',
  'evil.example, 127.0.0.1',
  'user@127.0.0.1',
  '127.0.0.1@evil.example',
  '127.0.0.1/evil.example',
  '127.0.0.1#evil.example',
  '127.0.0.1?evil.example',
  'localhost%00.evil.example',
  'localhost\\evil.example',
  'l\u00f6calhost',
];
const OURS = ['127.0.0.1:PORT', 'localhost:PORT', 'LocalHost', 'LOCALHOST:PORT', '[::1]:PORT', '[::1]', '127.0.0.1'];

suite('S10: rebinding', () => {
  test('by no foreign name there is an answer, a page, a cookie or a sign-in', async () => {
    await using door = await realDoor();
    for (const name of FOREIGN) {
      const host = Buffer.from(name.replace('PORT', String(door.open.port))).toString('latin1');
      const replies = [
        await door.page('/', { cookie: door.anna, headers: { host } }),
        await door.page('/healthz', { headers: { host } }),
        await door.page(ME, { cookie: door.anna, headers: { host } }),
        await door.page('/rpc/roll/get', { cookie: door.anna, headers: { host }, say: { json: {} } }),
        await door.page(SIGN_IN, { headers: { host }, say: { name: 'anna', password: OTHER } }),
      ];
      for (const reply of replies) {
        assert.ok([400, 421].includes(reply.status), `${name}: ${reply.status}`);
        assert.equal(cookieOf(reply), undefined, name);
        assert.doesNotMatch(reply.text, /printer|anna|home/, name);
      }
    }
    await door.access.stop();
    assert.deepEqual(
      (await door.access.audit({ limit: 100 })).map(({ operation }) => operation),
      ['access.setup'],
    );
  });

  test('by each of ours there is one, however it is written', async () => {
    await using door = await realDoor();
    for (const name of OURS) {
      const headers = { host: name.replace('PORT', String(door.open.port)) };
      assert.equal((await door.page(ME, { cookie: door.anna, headers })).json.name, 'anna', name);
    }
  });
});

/** What a page of another site can make a browser send, the cookie with it. */
const FORGED: Record<string, { readonly headers: Record<string, string>; readonly body: string }> = Object.fromEntries(
  Object.entries({
    urlencoded: ['application/x-www-form-urlencoded', 'name=heir&scopes=read'],
    'text/plain': ['text/plain', '{"name":"heir","scopes":["read"],"x":"="}'],
    multipart: ['multipart/form-data; boundary=b', '--b\r\ncontent-disposition: form-data; name="name"\r\n\r\nheir\r\n--b--\r\n'],
    json: ['application/json', '{"name":"heir","scopes":["read"]}'],
    'json as text': ['text/plain; application/json', '{"name":"heir","scopes":["read"]}'],
    'no type': ['', '{"name":"heir","scopes":["read"]}'],
  }).map(([what, [type = '', body = '']]) => [what, { headers: { 'content-type': type }, body }]),
);

const ELSEWHERE: Record<string, (door: RealDoor) => Record<string, string>> = {
  'another site': () => ({ origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' }),
  'another site, by an old browser': () => ({ origin: 'http://evil.example' }),
  'a sandboxed page': () => ({ origin: 'null' }),
  'a sandboxed page of today': () => ({ origin: 'null', 'sec-fetch-site': 'cross-site' }),
  'a neighbour at another port': ({ open }) => ({ origin: `http://127.0.0.1:${open.port + 1}`, 'sec-fetch-site': 'same-site' }),
  'a neighbour at another port, by an old browser': ({ open }) => ({ origin: `http://127.0.0.1:${open.port + 1}` }),
  'a neighbour by another name': ({ open }) => ({ origin: `http://localhost:${open.port}` }),
  'a page that says nothing of itself': () => ({}),
  'a typed address': () => ({ 'sec-fetch-site': 'none' }),
  'a link': () => ({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }),
  'a site whose name begins like ours': ({ open }) => ({ origin: `${open.url}.evil.example` }),
  'a browser that says two things': ({ open }) => ({ origin: open.url, 'sec-fetch-site': 'cross-site' }),
};

suite('S11: forged by a page of elsewhere, with a cookie that is right', () => {
  for (const [where, headersOf] of Object.entries(ELSEWHERE))
    test(`${where} changes nothing, whatever it sends`, async () => {
      await using door = await realDoor();
      const ask = (path: string, more: object) => door.open.ask(path, { method: 'POST', bare: true, ...more });
      for (const [what, { headers, body }] of Object.entries(FORGED))
        for (const path of ['/api/v1/tokens', '/rpc/tokens/add', '/api/v1/access/sign-out', '/api/v1/users']) {
          const { status } = await ask(path, { headers: { ...headers, ...headersOf(door), cookie: door.anna }, body });
          assert.ok([403, 415].includes(status), `${what} to ${path}: ${status}`);
        }
      for (const method of ['PUT', 'PATCH', 'DELETE'])
        assert.equal((await ask('/api/v1/users/anna', { method, headers: { ...headersOf(door), cookie: door.anna } })).status, 403, method);
      assert.deepEqual([door.access.tokens(OWNER), door.access.users().length], [[], 1]);
      assert.equal((await door.page(ME, { cookie: door.anna })).json.name, 'anna');
    });

  test('an image, a frame or a script of another site shows nothing and changes nothing', async () => {
    await using door = await realDoor();
    for (const dest of ['image', 'iframe', 'script', 'style', 'object', 'empty'])
      for (const path of ['/', '/api/v1/status', '/api/v1/tokens', '/rpc/tokens/add?data=%7B%7D', '/api/v1/access/sign-out']) {
        const mode = dest === 'iframe' ? 'navigate' : 'no-cors';
        const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': mode, 'sec-fetch-dest': dest };
        assert.equal((await door.page(path, { cookie: door.anna, headers })).status, 403, `${dest} of ${path}`);
      }
    assert.equal((await door.page(ME, { cookie: door.anna })).json.name, 'anna');
  });
});

/** Whoever only reads need not say where they are, as no page of elsewhere is shown the answer; a link shows it to its user. */
const MAY_READ = new Set(['a page that says nothing of itself', 'a typed address', 'a link']);

suite('S12: streams of another site', () => {
  for (const [where, headersOf] of Object.entries(ELSEWHERE).filter(([name]) => !MAY_READ.has(name)))
    test(`${where} reads no stream`, async () => {
      const keeper = fakeKeeper();
      await using door = await realDoor({}, { keeper });
      const reply = await door.open.ask('/api/v1/live', { bare: true, headers: { cookie: door.anna, ...headersOf(door) } });
      assert.deepEqual([reply.status, keeper.subscribers, reply.headers['access-control-allow-origin']], [403, 0, undefined]);
    });
});
