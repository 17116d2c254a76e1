import { randomBytes } from 'node:crypto';
import type { Access } from '../../api/index.ts';
import { Fault, type Millis, nobodyFrom, untrusted } from '../../core/index.ts';
import { cookieWriter } from '../callers/cookie.ts';
import { sourceOf } from '../callers/source.ts';
import type { Way } from '../callers/way.ts';
import { browserCookie, browserIn, noBrowserCookie } from './browser-cookie.ts';
import { nameIn, roleIn } from './claims.ts';
import { createProvider, type Known, type ProviderParts } from './provider.ts';
import { NotIn, type Reason } from './reason.ts';
import { ownTarget } from './target.ts';
import { Transactions } from './transactions.ts';

export const BEGIN_PATH = '/sign-in/oidc';
export const RETURN_PATH = '/sign-in/oidc/callback';

export interface ElsewhereParts extends ProviderParts {
  readonly access: Pick<Access, 'isSetUp' | 'signInElsewhere' | 'record'>;
}

/** A browser at one of our two addresses. */
export interface Visit {
  readonly request: Request;
  readonly path: string;
  readonly way: Way;
}

/** Signing in at an identity provider. undefined: the request is not for us. */
export type Elsewhere = (visit: Visit) => Promise<Response | undefined>;

export function createElsewhere(parts: ElsewhereParts): Elsewhere {
  const room = { parts, provider: createProvider(parts), transactions: new Transactions(parts.now), told: new Map<Reason, Millis>() };
  return async (visit) => {
    if (visit.request.method !== 'GET' || (visit.path !== BEGIN_PATH && visit.path !== RETURN_PATH)) return undefined;
    const { secure } = visit.way;
    try {
      return visit.path === BEGIN_PATH ? await begin(room, visit) : await comeBack(room, visit);
    } catch (thrown) {
      const reason = await noted(room, visit, thrown);
      return sentTo(`/?not-in=${reason}`, [noBrowserCookie(secure)]);
    }
  };
}

interface Room {
  readonly parts: ElsewhereParts;
  readonly provider: ReturnType<typeof createProvider>;
  readonly transactions: Transactions;
  /** When each reason was told last. */
  readonly told: Map<Reason, Millis>;
}

/** ms until a reason is told again: strangers must not fill the disk with it. */
const SPACING = 5000;

/** Another site's link leads to our page, where a person decides; only ours, or a person's own, goes on to the provider. */
const isAsked = ({ headers }: Request): boolean => [null, 'same-origin', 'none'].includes(headers.get('sec-fetch-site'));

async function begin({ parts, provider, transactions }: Room, { request, way }: Visit): Promise<Response> {
  if (!isAsked(request)) return sentTo('/', []);
  if (!parts.access.isSetUp()) throw new NotIn('no-users', 'signing in elsewhere: there is no first user yet');
  const target = ownTarget(new URL(request.url).searchParams.get('to'));
  const redirect = new URL(RETURN_PATH, `${way.secure ? 'https' : 'http'}://${way.host}`).href;
  const { url, transaction } = await provider.begin({ redirect, target });
  const browser = randomBytes(32).toString('base64url');
  if (!transactions.begin(transaction, { browser, source: sourceOf(way.from) }))
    throw new NotIn('busy', 'signing in elsewhere: too many are on the way there');
  return sentTo(url.href, [browserCookie(browser, way.secure)]);
}

async function comeBack({ parts, provider, transactions }: Room, { request, way }: Visit): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const [state, ...more] = query.getAll('state');
  const browser = browserIn(request.headers, way.secure);
  const transaction = state !== undefined && more.length === 0 && browser !== null ? transactions.take(state, browser) : null;
  if (!transaction) throw new NotIn('expired', 'coming back: nothing that this browser began fits');
  const known = await provider.finish(transaction, query);
  const agent = request.headers.get('user-agent') ?? '';
  const welcome = await parts.access.signInElsewhere({ ...orderOf(parts, known), from: way.from, agent });
  const cookies = cookieWriter(way.secure, Date.now);
  cookies.set(welcome.secret, welcome.until);
  return sentTo(transaction.target, [cookies.header() ?? '', noBrowserCookie(way.secure)]);
}

function orderOf(parts: ElsewhereParts, { issuer, subject, claims }: Known) {
  const role = roleIn(claims, parts);
  if (role === null)
    throw new NotIn('no-role', `judging subject ${JSON.stringify(untrusted(subject, 64))}: nothing it has stands for a role`);
  return { issuer, subject, name: nameIn(claims, parts), role };
}

/** Keeps why somebody did not come in, and returns what the page may say of it. What access itself refuses it has kept already. */
async function noted({ parts, told }: Room, { way, path }: Visit, thrown: unknown): Promise<Reason> {
  const { log, access } = parts;
  const reason = thrown instanceof NotIn ? thrown.reason : reasonOf(thrown);
  const message = thrown instanceof Error ? untrusted(thrown.message, 500) : 'signing in elsewhere failed';
  if (parts.now() - (told.get(reason) ?? -SPACING) >= SPACING) {
    told.set(reason, parts.now());
    log.warn({ reason, from: way.from, fault: message }, 'nobody came in by the identity provider');
  }
  if (path === RETURN_PATH && thrown instanceof NotIn)
    await access.record({ caller: nobodyFrom(way.from), operation: 'access.signInElsewhere', named: message, outcome: 'refused' });
  return reason;
}

function reasonOf(thrown: unknown): Reason {
  if (!(thrown instanceof Fault)) return 'internal';
  const reasons: Partial<Record<Fault['code'], Reason>> = {
    refused: 'refused',
    conflict: 'last-admin',
    'bad-input': 'unproven',
    unavailable: 'busy',
  };
  return reasons[thrown.code] ?? 'internal';
}

function sentTo(location: string, cookies: readonly string[]): Response {
  const headers = new Headers({ location });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}
