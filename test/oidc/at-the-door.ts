import type { OidcOptions } from '../../src/http/index.ts';
import { systemClock } from '../../src/watch/index.ts';
import { fakeKeeper } from '../http/fake-keeper.ts';
import { type Ask, openDoor, send } from '../http/open-door.ts';
import { setUpStand } from '../make/access-stand.ts';

/** A browser as far as it matters here: it keeps cookies, and says where a request comes from. */
export class Visitor {
  readonly cookies = new Map<string, string>();

  /** No redirect is followed. */
  async go(url: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const { hostname: host, port, pathname, search } = new URL(url);
    const all = { accept: 'text/html', host: `${host}:${port}`, ...headers, ...(cookie !== '' && { cookie }) };
    // What a program fetches with says of itself where it comes from; a browser's words are wanted here.
    const incoming = await send({ host, port: Number(port) }, pathname + search, {
      method,
      headers: all,
      bare: true,
      ...(body !== undefined && { body }),
    });
    const answered = new Headers(
      Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) => values.map((value): [string, string] => [name, value])),
    );
    const bytes = Buffer.concat(await incoming.toArray());
    const response = new Response(bytes.byteLength === 0 ? null : bytes, { status: incoming.statusCode ?? 0, headers: answered });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /Max-Age=0/.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
}

export const whereTo = (response: Response): string => response.headers.get('location') ?? `status ${response.status}`;

export const OPTIONS = {
  client: 'rollcall',
  secret: async () => 'shared with the provider',
  scopes: ['openid', 'profile'],
  hosts: [],
  nameClaim: null,
  roleClaim: 'groups',
  roles: { watchers: 'viewer', staff: 'operator', root: 'admin' },
  defaultRole: null,
} as const;

/** A door with a real access behind it, and a provider to sign in at. */
export async function doorTo(issuer: string, more: Partial<OidcOptions> = {}) {
  const stand = await setUpStand({ elsewhere: true, clock: systemClock });
  const lines: string[] = [];
  const log = { warn: (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`) };
  const keeper = fakeKeeper();
  const door = await openDoor({ keeper, access: stand.access, oidc: { ...OPTIONS, issuer, log, ...more } });
  const begin = (visitor: Visitor, query = ''): Promise<Response> => visitor.go(`${door.url}/sign-in/oidc${query}`);
  const back = (visitor: Visitor, query: Record<string, string>): Promise<Response> =>
    visitor.go(`${door.url}/sign-in/oidc/callback?${new URLSearchParams(query)}`, {
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
    });
  const callerOf = ({ cookies }: Visitor) =>
    stand.access.recognise({ cookie: cookies.get('rollcall') ?? null, bearer: null, from: '127.0.0.1' });
  return { ...stand, door, url: door.url, lines, begin, back, callerOf };
}
