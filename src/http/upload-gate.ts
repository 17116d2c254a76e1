import { type Refusal, refuse } from './refusal.ts';

/** Reports held in memory at once. */
const AT_ONCE = 2;

const BUSY: Refusal = {
  status: 503,
  code: 'unavailable',
  message: `taking in a report: ${AT_ONCE} others are being taken in`,
  remedy: 'send it again in a minute',
  headers: { 'retry-after': '60' },
};

/** Lets few large requests through at a time; all others pass freely. */
export class UploadGate {
  #inside = 0;

  async pass<T>(request: Request, go: () => Promise<T>): Promise<T | Response> {
    if (!request.headers.get('content-type')?.toLowerCase().startsWith('multipart/')) return go();
    if (this.#inside >= AT_ONCE) return refuse(BUSY);
    this.#inside++;
    try {
      return await go();
    } finally {
      this.#inside--;
    }
  }
}
