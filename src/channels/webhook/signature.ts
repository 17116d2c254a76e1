import { createHmac } from 'node:crypto';

export interface Signing {
  readonly secret: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly id: string;
  readonly body: string;
}

/** Headers by which a receiver knows that we sent this, when, and whether it has it already. */
export function signatureOf({ secret, timestamp, id, body }: Signing): Record<string, string> {
  const hmac = createHmac('sha256', secret).update(`${timestamp}.${id}.${body}`).digest('hex');
  return { 'X-Rollcall-Timestamp': String(timestamp), 'X-Rollcall-Signature': `sha256=${hmac}` };
}
