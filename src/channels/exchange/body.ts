import type { IncomingMessage } from 'node:http';

/** Longest body that is read, in bytes. */
const MOST = 65_536;

/** The body as far as it came, within its limits. What took the message is known by then: a body that never ends changes nothing. */
export function readBody(incoming: IncomingMessage, signal: AbortSignal): Promise<{ readonly text: string; readonly cut: boolean }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const end = (cut: boolean) => (): void => {
      signal.removeEventListener('abort', broken);
      resolve({ text: Buffer.concat(chunks).subarray(0, MOST).toString('utf8'), cut });
      if (cut) incoming.destroy();
    };
    const broken = end(true);
    signal.addEventListener('abort', broken, { once: true });
    incoming.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MOST) broken();
    });
    incoming.on('end', end(false)).on('error', broken).on('close', broken);
  });
}
