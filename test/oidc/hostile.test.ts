import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { PASSWORD, signedIn } from '../make/access-stand.ts';
import { doorTo, Visitor, whereTo } from './at-the-door.ts';
import { OwnProvider } from './own-provider.ts';

describe('an identity provider that is not to be believed', () => {
  let own: OwnProvider;
  let at: Awaited<ReturnType<typeof doorTo>>;
  before(async () => {
    own = await OwnProvider.start();
    at = await doorTo(own.issuer);
  });
  afterEach(() => {
    Object.assign(own, { claims: {}, signing: 'right', userinfo: null });
    own.instead.clear();
  });
  after(async () => {
    await at.door[Symbol.asyncDispose]();
    await own[Symbol.asyncDispose]();
  });

  /** As far as the provider's page, which sends everybody back at once. */
  const leave = async (visitor: Visitor, query = ''): Promise<string> => {
    const { searchParams } = new URL(whereTo(await at.begin(visitor, query)));
    own.nonce = searchParams.get('nonce') ?? '';
    return searchParams.get('state') ?? '';
  };
  const come = async (claims: Record<string, unknown>, visitor = new Visitor()): Promise<string> => {
    const state = await leave(visitor);
    own.claims = claims;
    return whereTo(await at.back(visitor, { code: 'c', state }));
  };
  const staff = { groups: ['staff', 'cyclists'] };

  test('asks with a proof of its own (PKCE), and is in by a cookie that no other site can have sent', async () => {
    const visitor = new Visitor();
    const response = await at.begin(visitor);
    const asked = new URL(whereTo(response));
    assert.equal(asked.origin, own.issuer);
    const { state, nonce, code_challenge, ...rest } = Object.fromEntries(asked.searchParams);
    assert.deepEqual(rest, {
      client_id: 'rollcall',
      response_type: 'code',
      scope: 'openid profile',
      redirect_uri: `${at.url}/sign-in/oidc/callback`,
      code_challenge_method: 'S256',
    });
    assert.ok([state, nonce, code_challenge].every((value) => (value?.length ?? 0) >= 43));
    assert.match(response.headers.getSetCookie().join(), /^rollcall-way=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
    own.nonce = nonce ?? '';
    own.claims = staff;
    const back = await at.back(visitor, { code: 'c', state: state ?? '' });
    assert.equal(whereTo(back), '/');
    assert.match(back.headers.getSetCookie()[0] ?? '', /^rollcall=rcs_\S+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/);
    assert.deepEqual([at.callerOf(visitor)?.name, at.callerOf(visitor)?.scopes.includes('admin')], ['carl', false]);
    const { code_verifier: verifier, redirect_uri: redirect } = Object.fromEntries(own.tokenOrders.at(-1) ?? []);
    assert.deepEqual([verifier?.length, redirect], [43, rest['redirect_uri']]);
    assert.deepEqual([...visitor.cookies.keys()], ['rollcall']);
  });

  test('what comes back without the state, with another one, in another browser or twice lets nobody in', async () => {
    const visitor = new Visitor();
    const state = await leave(visitor);
    own.claims = staff;
    const tokensBefore = own.tokenOrders.length;
    assert.equal(whereTo(await at.back(visitor, { code: 'c' })), '/?not-in=expired');
    const again = new Visitor();
    const other = await leave(again);
    for (const [who, query] of [
      [again, { code: 'c', state: 'x'.repeat(43) }],
      [new Visitor(), { code: 'c', state: other }],
    ] as const)
      assert.equal(whereTo(await at.back(who, query)), '/?not-in=expired');
    const stolen = new Visitor();
    stolen.cookies.set('rollcall-way', 'y'.repeat(43));
    assert.equal(whereTo(await at.back(stolen, { code: 'c', state })), '/?not-in=expired');
    assert.equal(own.tokenOrders.length, tokensBefore, 'the provider was asked for a token');
    const third = new Visitor();
    const used = await leave(third);
    const cookie = third.cookies.get('rollcall-way') ?? '';
    assert.equal(whereTo(await at.back(third, { code: 'c', state: used })), '/');
    third.cookies.set('rollcall-way', cookie);
    assert.equal(whereTo(await at.back(third, { code: 'c', state: used })), '/?not-in=expired');
    const doubled = await at.begin(new Visitor());
    assert.match(whereTo(doubled), /state=/);
  });

  test('S16: a token that does not prove itself is worth nothing', async () => {
    const now = Math.floor(Date.now() / 1000);
    const wrong: Record<string, unknown>[] = [
      { iss: 'https://other.example' },
      { aud: 'somebody else' },
      { aud: ['rollcall', 'other'], azp: 'other' },
      { nonce: 'of another time' },
      { nonce: undefined },
      { exp: now - 600 },
      { sub: undefined },
      { iat: undefined },
    ];
    for (const claims of wrong) {
      const visitor = new Visitor();
      assert.equal(await come({ ...staff, ...claims }, visitor), '/?not-in=unproven', JSON.stringify(claims));
      assert.equal(at.callerOf(visitor), null);
    }
    for (const signing of ['strange key', 'none', 'shared secret', 'broken'] as const) {
      own.signing = signing;
      const visitor = new Visitor();
      assert.equal(await come(staff, visitor), '/?not-in=unproven', signing);
      assert.equal(at.callerOf(visitor), null);
    }
  });

  test('without a group that counts nobody comes in, and of several the most counts', async () => {
    for (const groups of [undefined, [], 'cyclists', ['__proto__', 'constructor'], { staff: true }, 7, [['staff']]])
      assert.equal(await come({ sub: 'nobody', groups }), '/?not-in=no-role', JSON.stringify(groups));
    const [entry] = await at.access.audit({ limit: 1 });
    assert.match(`${entry?.operation} ${entry?.named} ${entry?.outcome}`, /^access\.signInElsewhere judging subject "nobody": .* refused$/);
    const visitor = new Visitor();
    assert.equal(await come({ sub: 'chief', preferred_username: 'chief', groups: ['watchers', 'root', 'staff'] }, visitor), '/');
    assert.ok(at.callerOf(visitor)?.scopes.includes('admin'));
  });

  test('nobody becomes somebody here by being called so there, and who is disabled stays out', async () => {
    const impostor = new Visitor();
    assert.equal(await come({ ...staff, sub: 'mallory', preferred_username: 'anna' }, impostor), '/');
    assert.deepEqual([at.callerOf(impostor)?.name, at.callerOf(impostor)?.scopes.includes('admin')], ['anna-2', false]);
    await at.access.editUser('anna-2', { disabled: true });
    assert.equal(at.callerOf(impostor), null);
    assert.equal(await come({ ...staff, sub: 'mallory', preferred_username: 'mallory' }), '/?not-in=refused');
    assert.deepEqual((await signedIn(at.access, 'anna', PASSWORD)).caller.name, 'anna');
  });

  test('S5: whatever a claim is, it becomes a name, or none', async () => {
    const hostile: [unknown, RegExp][] = [
      ['<img src=x onerror=alert(1)>', /^img-src-x-onerror-alert-1$/],
      ['\u001b[2J\u202egnirts', /^[\w.@-]+$/],
      ['a'.repeat(100_000), /^a{56}$/],
      [{ toString: 'x' }, /^h-\d+$/],
      [['x'], /^h-\d+$/],
      ['owner', /^user/],
    ];
    for (const [index, [name, expected]] of hostile.entries()) {
      const visitor = new Visitor();
      assert.equal(await come({ ...staff, sub: `h-${index}`, preferred_username: name }, visitor), '/');
      assert.match(at.callerOf(visitor)?.name ?? '', expected);
    }
    assert.equal(await come({ ...staff, sub: 'line\nfeed' }), '/?not-in=unproven');
  });

  test('what the provider says when it refuses goes into the log, cleaned, and never into a page', async () => {
    const visitor = new Visitor();
    const refuse = async (error: string): Promise<string> =>
      whereTo(await at.back(visitor, { error, error_description: '<script>alert(1)</script>', state: await leave(visitor) }));
    assert.equal(await refuse('access_denied'), '/?not-in=cancelled');
    assert.equal(await refuse('<script>\u001b[2J'), '/?not-in=provider');
    own.instead.set('/token', (_, response) => {
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant","error_description":"used"}');
    });
    assert.equal(await come(staff), '/?not-in=provider');
    assert.ok(at.lines.every((line) => !line.includes('\u001b') && !line.includes('alert')));
  });

  test('a way on is only ever a path of ours', async () => {
    const targets: [string, string][] = [
      ['/devices?sort=name', '/devices?sort=name'],
      ['https://evil.example/', '/'],
      ['//evil.example', '/'],
      ['/\\evil.example', '/'],
      ['/.//evil.example', '/'],
      ['/x/..//evil.example', '/'],
      ['/%09/evil.example', '/%09/evil.example'],
      ['/\t/evil.example', '/'],
      ['javascript:alert(1)', '/'],
      ['/x\r\nSet-Cookie: a=b', '/'],
      ['/sign-in/oidc', '/'],
      [`/${'x'.repeat(2000)}`, '/'],
    ];
    for (const [wish, expected] of targets) {
      const visitor = new Visitor();
      const state = await leave(visitor, `?${new URLSearchParams({ to: wish })}`);
      own.claims = staff;
      const location = whereTo(await at.back(visitor, { code: 'c', state }));
      assert.equal(location, expected);
      assert.equal(new URL(location, at.url).origin, at.url);
    }
  });

  test('another site cannot send somebody to the provider, only to our own page', async () => {
    const visitor = new Visitor();
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    assert.equal(whereTo(await visitor.go(`${at.url}/sign-in/oidc`, { headers })), '/');
    assert.equal(visitor.cookies.size, 0);
    const framed = await visitor.go(`${at.url}/sign-in/oidc/callback?code=c&state=s`, {
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
    });
    assert.equal(framed.status, 403);
  });
});
