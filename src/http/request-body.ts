import { ORPCError } from '@orpc/contract';
import { bodyRule, hasBody } from './guards/body.ts';
import { TOO_LARGE } from './refusal.ts';

/** The body as the contract's decoders take it; never more bytes than its rule allows. */
export async function readBody(request: Request, path: string): Promise<unknown> {
  const rule = hasBody(request.headers) ? bodyRule(path, request.headers) : undefined;
  if (!rule || !request.body) return undefined;
  // With a length the parser counts for us, and the guards have judged it; without one we count.
  const counted = request.headers.has('content-length') ? request : recounted(request, request.body, rule.cap);
  if (rule.type === 'multipart/form-data') return counted.formData();
  const text = await counted.text();
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

function recounted(request: Request, body: ReadableStream<Uint8Array>, cap: number): Response {
  let size = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      size += chunk.byteLength;
      if (size > cap) controller.error(new ORPCError(TOO_LARGE.code, { status: TOO_LARGE.status }));
      else controller.enqueue(chunk);
    },
  });
  return new Response(body.pipeThrough(counter), { headers: { 'content-type': request.headers.get('content-type') ?? '' } });
}
