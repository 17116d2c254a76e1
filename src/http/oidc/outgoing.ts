import type { CustomFetch } from 'openid-client';
import type { Millis } from '../../core/index.ts';
import { NotIn } from './reason.ts';

/** ms for one answer of the provider, its last byte included. */
export const PATIENCE = 10_000;
/** Bytes of an answer; real ones are a few thousand. */
export const LARGEST = 512 * 1024;

/**
 * Whether we may ask there: the issuer's own origin, or, over TLS, its name or one of `hosts`. What the provider says of itself names the
 * places we go to, so without this it could have us ask anything inside our network.
 */
export function mayAsk(url: URL | null, { issuer, hosts }: { readonly issuer: string; readonly hosts: readonly string[] }): boolean {
  const own = new URL(issuer);
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (url.origin === own.origin) return true;
  return own.protocol === 'https:' && url.protocol === 'https:' && [own.hostname, ...hosts].includes(url.hostname);
}

interface Bounds {
  readonly may: (url: URL | null) => boolean;
  /** Left out: ten seconds. */
  readonly patience?: Millis;
}

/** Asks the provider, and nobody else; slow and endless answers end here, and no redirect is followed. */
export const boundedFetch =
  ({ may, patience = PATIENCE }: Bounds): CustomFetch =>
  async (address, { body, ...asked }) => {
    const url = URL.parse(address);
    if (url === null || !may(url))
      throw new NotIn('provider', `asking ${shownHost(url)}: it is neither the issuer nor one of [oidc] hosts`);
    const signal = AbortSignal.timeout(patience);
    const sent = body === undefined || body === null ? {} : { body: body as NonNullable<RequestInit['body']> };
    const answer = await fetch(url, { ...asked, ...sent, redirect: 'manual', signal });
    const bytes = await bytesOf(answer);
    const { status } = answer;
    return new Response(status === 204 || status === 304 ? null : bytes, { status, headers: answer.headers });
  };

async function bytesOf({ body }: Response): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.byteLength;
    if (size > LARGEST) throw new NotIn('provider', `reading an answer of the provider: it is longer than ${LARGEST} bytes`);
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

const shownHost = (url: URL | null): string => (url === null ? 'a place that has no address' : url.origin.slice(0, 300));
