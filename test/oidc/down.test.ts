import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PASSWORD, signedIn } from '../make/access-stand.ts';
import { doorTo, Visitor, whereTo } from './at-the-door.ts';
import { OwnProvider } from './own-provider.ts';

const DOCUMENT = '/.well-known/openid-configuration';

test('while the provider is down the page says so, passwords still let people in, and it is asked again', async () => {
  await using own = await OwnProvider.start();
  own.instead.set(DOCUMENT, (_, response) => void response.destroy());
  const at = await doorTo(own.issuer);
  await using _door = at.door;
  for (let times = 0; times < 20; times++) assert.equal(whereTo(await at.begin(new Visitor())), '/?not-in=provider');
  assert.ok(own.asked.length <= 4, `asked ${own.asked.length} times`);
  assert.ok(at.lines.length <= 2, 'strangers fill the log');
  assert.equal((await signedIn(at.access, 'anna', PASSWORD)).caller.name, 'anna');
  own.instead.clear();
  const deadline = Date.now() + 10_000;
  let to = '';
  while (!to.startsWith(own.issuer) && Date.now() < deadline) {
    to = whereTo(await at.begin(new Visitor()));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.match(to, /\/auth\?/);
});

test('garbage, endless answers and other issuers are no provider', async () => {
  const garbage: [string, Parameters<OwnProvider['instead']['set']>[1]][] = [
    ['no JSON', (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{{{')],
    ['HTML', (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>welcome</h1>')],
    ['a refusal', (_, response) => void response.writeHead(500).end()],
    ['a way on', (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    ['an array', (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('[]')],
    ['a long one', (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(`"${'x'.repeat(600_000)}"`)],
  ];
  for (const [name, answer] of garbage) {
    await using own = await OwnProvider.start();
    own.instead.set(DOCUMENT, answer);
    const at = await doorTo(own.issuer);
    await using _door = at.door;
    assert.match(whereTo(await at.begin(new Visitor())), /^\/\?not-in=(?:provider|unproven)$/, name);
    assert.equal(at.lines.length, 1, name);
  }
});

test('S20: places that the provider names are asked only where the config lets us', async () => {
  await using inside = await OwnProvider.start();
  for (const document of [
    { token_endpoint: `${inside.issuer}/token` },
    { jwks_uri: `${inside.issuer}/jwks` },
    { authorization_endpoint: 'https://evil.example/auth' },
    { authorization_endpoint: 'javascript:alert(1)' },
    { issuer: 'https://other.example' },
  ]) {
    await using own = await OwnProvider.start();
    own.document = document;
    const at = await doorTo(own.issuer);
    await using _door = at.door;
    const visitor = new Visitor();
    const first = whereTo(await at.begin(visitor));
    if (first.startsWith('/')) {
      assert.match(first, /^\/\?not-in=(?:provider|unproven)$/, JSON.stringify(document));
      continue;
    }
    const { searchParams } = new URL(first);
    own.nonce = searchParams.get('nonce') ?? '';
    own.claims = { groups: 'root' };
    const back = await at.back(visitor, { code: 'c', state: searchParams.get('state') ?? '' });
    assert.equal(whereTo(back), '/?not-in=provider', JSON.stringify(document));
    assert.match(at.lines.join(), /neither the issuer nor one of \[oidc\] hosts/);
  }
  assert.deepEqual(inside.asked, []);
});

test('names and groups that only the userinfo has are asked for there, of the same subject', async () => {
  await using own = await OwnProvider.start();
  own.userinfo = { sub: 's-1', groups: ['root'], preferred_username: 'from userinfo' };
  const at = await doorTo(own.issuer);
  await using _door = at.door;
  const come = async (): Promise<readonly [string, Visitor]> => {
    const visitor = new Visitor();
    const { searchParams } = new URL(whereTo(await at.begin(visitor)));
    own.nonce = searchParams.get('nonce') ?? '';
    return [whereTo(await at.back(visitor, { code: 'c', state: searchParams.get('state') ?? '' })), visitor];
  };
  const [to, visitor] = await come();
  assert.equal(to, '/');
  assert.deepEqual([at.callerOf(visitor)?.name, at.callerOf(visitor)?.scopes.includes('admin')], ['carl', true]);
  own.userinfo = { ...own.userinfo, sub: 'somebody else' };
  assert.equal((await come())[0], '/?not-in=unproven');
});

test('a secret that cannot be read lets nobody go there, and is not shown', async () => {
  await using own = await OwnProvider.start();
  const secret = async (): Promise<string> => Promise.reject(new Error('reading secret_file /x: no such file'));
  const at = await doorTo(own.issuer, { secret });
  await using _door = at.door;
  assert.equal(whereTo(await at.begin(new Visitor())), '/?not-in=internal');
  assert.match(at.lines.join(), /no such file/);
  assert.deepEqual(own.asked, []);
});

test('before there is a first user nobody comes in from elsewhere', async () => {
  await using own = await OwnProvider.start();
  const at = await doorTo(own.issuer);
  await using _door = at.door;
  Object.assign(at.access, { isSetUp: () => false });
  assert.equal(whereTo(await at.begin(new Visitor())), '/?not-in=no-users');
});
