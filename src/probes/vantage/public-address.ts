import { type Address, bad, canonicalAddress, good, type Result, type StopSignal } from '../../core/index.ts';

/** An address has at most 45 characters; a page may put some markup of its own around nothing. */
const LARGEST = 64 * 1024;
const PATIENCE = 10_000;

/**
 * Asks a page of the operator's own at which address the world sees this machine. The page must say nothing but that
 * address, as plain text. No redirects, no cookies, no second try: whatever else it answers is not believed.
 */
export async function askPublicAddress(url: string, signal: StopSignal, patience = PATIENCE): Promise<Result<Address>> {
  const remedy = 'look at [guard] ask in rollcall.toml';
  try {
    const ends = new AbortController();
    const stop = (): void => ends.abort();
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    const late = setTimeout(stop, patience);
    try {
      const response = await fetch(url, { redirect: 'error', credentials: 'omit', signal: ends.signal, headers: { accept: 'text/plain' } });
      return await addressIn(response, remedy);
    } finally {
      clearTimeout(late);
      signal.removeEventListener('abort', stop);
    }
  } catch {
    // What a page or a resolver says of its trouble is theirs; the URL is known to whoever wrote it.
    return bad('the page that says it did not answer in time, or sent us elsewhere', remedy);
  }
}

async function addressIn(response: Response, remedy: string): Promise<Result<Address>> {
  const type = response.headers.get('content-type') ?? 'text/plain';
  if (!response.ok || !/^text\/plain\b/i.test(type)) {
    await response.body?.cancel();
    return bad(`the page that says it answered ${response.status}, and no plain text`, remedy);
  }
  const text = await capped(response);
  const address = text === null ? undefined : canonicalAddress(text.trim());
  return address === undefined ? bad('the page that says it named no address', remedy) : good(address);
}

async function capped({ body }: Response): Promise<string | null> {
  if (body === null) return null;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > LARGEST) return null; // leaving the loop cancels the rest
    parts.push(part);
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}
