/** An identity provider of the test's own on 127.0.0.1, that says whatever it is told to say, also what none should. */
import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const KEYS = pair();
const STRANGE = pair();

type Claims = Record<string, unknown>;
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signed = (head: string, key: KeyObject): string => sign('sha256', Buffer.from(head), key).toString('base64url');

export class OwnProvider implements AsyncDisposable {
  readonly server: Server;
  /** Paths asked for, in their order. */
  readonly asked: string[] = [];
  /** Bodies of what the token endpoint was asked. */
  readonly tokenOrders: URLSearchParams[] = [];
  /** Claims of the next ID token, over the usual ones; a value of undefined leaves one out. */
  claims: Claims = {};
  userinfo: Claims | null = null;
  /** What its document says beside the usual. */
  document: Claims = {};
  signing: 'right' | 'strange key' | 'none' | 'shared secret' | 'broken' = 'right';
  /** In place of what a path would answer. */
  readonly instead = new Map<string, Answer>();
  nonce = '';

  private constructor(server: Server) {
    this.server = server;
  }

  static async start(): Promise<OwnProvider> {
    const server = createServer();
    const own = new OwnProvider(server);
    server.on('request', (request, response) => void own.#answer(request, response));
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    return own;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?')[0] ?? '';
    this.asked.push(path);
    const instead = this.instead.get(path);
    if (instead) return instead(request, response);
    const body = Buffer.concat(await request.toArray()).toString();
    if (path === '/token') this.tokenOrders.push(new URLSearchParams(body));
    const answers: Record<string, () => unknown> = {
      '/.well-known/openid-configuration': () => this.#described(),
      '/jwks': () => ({ keys: [{ ...KEYS.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] }),
      '/token': () => ({ access_token: 'at', token_type: 'Bearer', expires_in: 60, id_token: this.token() }),
      '/me': () => this.userinfo,
    };
    const answer = answers[path];
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer?.() ?? {}));
  }

  #described(): Claims {
    const { issuer } = this;
    return {
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      ...(this.userinfo && { userinfo_endpoint: `${issuer}/me` }),
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      ...this.document,
    };
  }

  token(): string {
    const now = Math.floor(Date.now() / 1000);
    const usual = { iss: this.issuer, sub: 's-1', aud: 'rollcall', iat: now, exp: now + 300, nonce: this.nonce };
    const body = part({ ...usual, preferred_username: 'carl', ...this.claims });
    const alg = { none: 'none', 'shared secret': 'HS256' }[this.signing as string] ?? 'RS256';
    const head = `${part({ alg, kid: 'one' })}.${body}`;
    const signature = {
      right: () => signed(head, KEYS.privateKey),
      'strange key': () => signed(head, STRANGE.privateKey),
      none: () => '',
      'shared secret': () =>
        createHmac('sha256', KEYS.publicKey.export({ type: 'spki', format: 'pem' }))
          .update(head)
          .digest('base64url'),
      broken: () => signed(`${head}x`, KEYS.privateKey),
    }[this.signing]();
    return `${head}.${signature}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
