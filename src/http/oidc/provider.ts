import type * as OpenIdClient from 'openid-client';
import type { Millis } from '../../core/index.ts';
import type { Claims } from './claims.ts';
import { saysAll } from './claims.ts';
import type { OidcOptions } from './options.ts';
import { boundedFetch, mayAsk } from './outgoing.ts';
import { NotIn } from './reason.ts';
import { told } from './told.ts';
import type { Transaction } from './transactions.ts';

/** Somebody whom the provider knows, as it proves. */
export interface Known {
  readonly issuer: string;
  readonly subject: string;
  readonly claims: Claims;
}

/** An identity provider. Everything throws {@link NotIn}, and nothing else. */
export interface Provider {
  /** Where a browser goes to sign in, and what has to fit when it comes back. */
  begin(way: Pick<Transaction, 'redirect' | 'target'>): Promise<{ readonly url: URL; readonly transaction: Transaction }>;
  /** Who came back; `query`: what the browser brought. */
  finish(transaction: Transaction, query: URLSearchParams): Promise<Known>;
}

/** How long what the provider says of itself is believed, and how long after a failure nobody is asked again. */
const FRESH = 3_600_000;
const REST = 3000;

export interface ProviderParts extends OidcOptions {
  readonly now: () => Millis;
  /** ms for one answer; left out: ten seconds. */
  readonly patience?: Millis;
}

/** The provider is asked what it is when somebody wants to go there first, and again after a failure: it may be down when we start. */
export function createProvider(parts: ProviderParts): Provider {
  const discovered = keptFor(parts.now, () => told(() => discover(parts)));
  return {
    begin: async (way) => {
      const { oidc, config } = await discovered();
      const transaction = {
        ...way,
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      };
      const { state, nonce, verifier, redirect } = transaction;
      const asked = {
        redirect_uri: redirect,
        scope: parts.scopes.join(' '),
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      };
      return { url: await told(async () => oidc.buildAuthorizationUrl(config, asked)), transaction };
    },
    finish: async (transaction, query) => {
      const { oidc, config } = await discovered();
      return told(() => exchange({ oidc, config, parts }, transaction, query));
    },
  };
}

type Oidc = typeof OpenIdClient;

interface Discovered {
  readonly oidc: Oidc;
  readonly config: OpenIdClient.Configuration;
}

async function discover(parts: ProviderParts): Promise<Discovered> {
  const { issuer, client, patience } = parts;
  const [oidc, secret] = await Promise.all([import('openid-client'), secretOf(parts)]);
  const may = (url: URL | null): boolean => mayAsk(url, parts);
  const fetch = boundedFetch({ may, ...(patience !== undefined && { patience }) });
  // Signatures are checked, too, though the tokens come from the provider itself.
  const execute = [oidc.enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [])];
  const first = await oidc.discovery(new URL(issuer), client, {}, oidc.None(), { [oidc.customFetch]: fetch, execute });
  const server = first.serverMetadata();
  if (!may(URL.parse(server.authorization_endpoint ?? '')))
    throw new NotIn('provider', 'reading what the provider is: its page to sign in is neither the issuer’s nor on one of [oidc] hosts');
  const config = new oidc.Configuration({ ...server }, client, {}, proofOf(oidc, secret, server.token_endpoint_auth_methods_supported));
  config[oidc.customFetch] = fetch;
  for (const step of execute) step(config);
  return { oidc, config };
}

async function secretOf({ secret }: ProviderParts): Promise<string | null> {
  try {
    return await secret();
  } catch (thrown) {
    throw new NotIn('internal', thrown instanceof Error ? thrown.message : 'reading the secret failed', thrown);
  }
}

/** By Basic, as every provider has to take, unless it says that it takes other ways only. */
function proofOf(oidc: Oidc, secret: string | null, taken: readonly string[] | undefined) {
  if (secret === null) return oidc.None();
  return taken === undefined || taken.includes('client_secret_basic') ? oidc.ClientSecretBasic(secret) : oidc.ClientSecretPost(secret);
}

async function exchange(
  { oidc, config, parts }: Discovered & { readonly parts: ProviderParts },
  { redirect, state, nonce, verifier }: Transaction,
  query: URLSearchParams,
): Promise<Known> {
  const back = new URL(redirect);
  back.search = query.toString();
  const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
  const tokens = await oidc.authorizationCodeGrant(config, back, checks);
  const proven = tokens.claims();
  if (!proven) throw new NotIn('unproven', 'reading the tokens: none says who it is');
  const known = { issuer: proven.iss, subject: proven.sub };
  // Some providers tell a name or groups only to whoever asks for them.
  if (saysAll(proven, parts) || config.serverMetadata().userinfo_endpoint === undefined) return { ...known, claims: proven };
  return { ...known, claims: { ...(await oidc.fetchUserInfo(config, tokens.access_token, proven.sub)), ...proven } };
}

/** What was found holds for an hour, a failure for three seconds; who asks meanwhile gets the same answer. */
function keptFor<T>(now: () => Millis, find: () => Promise<T>): () => Promise<T> {
  let kept: { readonly found: Promise<T>; until: Millis } | undefined;
  return () => {
    if (kept && kept.until > now()) return kept.found;
    const entry = { found: find(), until: Number.POSITIVE_INFINITY };
    kept = entry;
    entry.found.then(
      () => (entry.until = now() + FRESH),
      () => (entry.until = now() + REST),
    );
    return entry.found;
  };
}
