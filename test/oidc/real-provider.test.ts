/** The whole way, at a certified provider with a login page of its own. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
// @ts-expect-error: it comes without types
import { Provider } from 'oidc-provider';
import { doorTo, OPTIONS, Visitor, whereTo } from './at-the-door.ts';

const GROUPS: Readonly<Record<string, readonly string[]>> = { vera: ['watchers'], adam: ['root'], nora: ['cyclists'] };

const account = async (_: unknown, sub: string) => ({
  accountId: sub,
  claims: async () => ({ sub, preferred_username: sub, groups: GROUPS[sub] ?? [] }),
});

/** The door has to be open before the provider can know where to send people back to. */
async function open(client: Record<string, unknown>) {
  let listener: RequestListener = (_, response) => {
    response.writeHead(503).end();
  };
  const server = createServer((request, response) => listener(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const at = await doorTo(issuer, {
    scopes: ['openid', 'profile'],
    ...(client['client_secret'] === undefined && { secret: async () => null }),
  });
  const redirect = `${at.url}/sign-in/oidc/callback`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: OPTIONS.client, redirect_uris: [redirect], ...client }],
    claims: { profile: ['preferred_username', 'groups'] },
    findAccount: account,
    features: { devInteractions: { enabled: true } },
    pkce: { required: () => true },
    cookies: { keys: ['of the test'] },
  });
  listener = provider.callback();
  const close = async (): Promise<void> => {
    await at.door[Symbol.asyncDispose]();
    server.closeAllConnections();
    server.close();
  };
  return { at, issuer, close };
}

type Open = Awaited<ReturnType<typeof open>>;

/** Types a name at the provider's page, consents, and stops where it leads back to us. */
async function signInThere({ at, issuer }: Open, visitor: Visitor, login: string): Promise<string> {
  let url = whereTo(await at.begin(visitor));
  for (let steps = 0; steps < 12 && url.startsWith(issuer); steps++) {
    const page = await visitor.go(url);
    if (page.status === 200) url = await submit(visitor, await page.text(), login);
    else url = new URL(whereTo(page), url).href;
  }
  return url;
}

async function submit(visitor: Visitor, html: string, login: string): Promise<string> {
  const action = /action="([^"]+)"/.exec(html)?.[1] ?? '';
  const prompt = /name="prompt" value="(\w+)"/.exec(html)?.[1] ?? '';
  const body = new URLSearchParams({ prompt, ...(prompt === 'login' && { login, password: 'any' }) }).toString();
  return new URL(
    whereTo(await visitor.go(action, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })),
    action,
  ).href;
}

const CLIENTS: readonly [string, Record<string, unknown>][] = [
  ['a client with a secret', { client_secret: 'shared with the provider' }],

  ['a public client', { token_endpoint_auth_method: 'none' }],
];

for (const [name, client] of CLIENTS)
  describe(`at a certified provider, ${name}`, () => {
    let stand: Open;
    before(async () => {
      stand = await open(client);
    });
    after(() => stand?.close());

    test('comes in as what the provider says: a viewer, an admin', async () => {
      for (const [login, scopes] of [
        ['vera', ['read']],
        ['adam', ['read', 'scan', 'ack', 'edit', 'admin']],
      ] as const) {
        const visitor = new Visitor();
        const back = await signInThere(stand, visitor, login);
        assert.ok(back.startsWith(`${stand.at.url}/sign-in/oidc/callback?code=`), back);
        assert.equal(whereTo(await visitor.go(back)), '/', stand.at.lines.join());
        const caller = stand.at.callerOf(visitor);
        assert.deepEqual([caller?.name, [...(caller?.scopes ?? [])]], [login, scopes]);
      }
    });

    test('does not come in without a role, nor twice by one code', async () => {
      const nora = new Visitor();
      assert.equal(whereTo(await nora.go(await signInThere(stand, nora, 'nora'))), '/?not-in=no-role');
      assert.equal(stand.at.callerOf(nora), null);
      const vera = new Visitor();
      const back = new URL(await signInThere(stand, vera, 'vera'));
      assert.equal(whereTo(await vera.go(back.href)), '/');
      // The code once more, in a transaction that is sound.
      const thief = new Visitor();
      const own = new URL(whereTo(await stand.at.begin(thief))).searchParams.get('state') ?? '';
      const stolen = { code: back.searchParams.get('code') ?? '', iss: back.searchParams.get('iss') ?? '', state: own };
      assert.equal(whereTo(await stand.at.back(thief, stolen)), '/?not-in=provider');
      assert.equal(stand.at.callerOf(thief), null);
    });
  });
