import { getEventMeta } from '@orpc/server';
import { jsonBytes } from './json-bytes.ts';
import { refusalFrom, type Wire } from './wire.ts';

export interface EventStreamOrder {
  readonly items: AsyncIterator<unknown>;
  readonly wire: Wire;
  /** Ends the stream from our side. */
  readonly signal: AbortSignal;
  /** Milliseconds between comments that keep proxies from giving up. */
  readonly keepAlive: number;
  readonly onFailure: (failure: unknown) => void;
  readonly onEnd: () => void;
}

type Controller = ReadableStreamDefaultController<Uint8Array>;

const COMMENT = Buffer.from(':\n\n');

/** Items as server-sent events, pulled one by one as the reader takes them. */
export function eventStream(order: EventStreamOrder): ReadableStream<Uint8Array> {
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const end = (): void => {
    if (ended) return;
    ended = true;
    clearInterval(timer);
    order.onEnd();
    // A generator that waits for its next item returns once the signal wakes it.
    void Promise.resolve(order.items.return?.()).catch(order.onFailure);
  };
  const source = {
    start(controller: Controller): void {
      controller.enqueue(COMMENT);
      timer = setInterval(() => {
        if (controller.desiredSize === 0) controller.enqueue(COMMENT);
      }, order.keepAlive).unref();
      const stop = (): void => {
        if (ended) return;
        end();
        controller.close();
      };
      order.signal.addEventListener('abort', stop, { once: true });
      if (order.signal.aborted) stop();
    },
    async pull(controller: Controller): Promise<void> {
      const event = await nextEvent(order);
      if (ended) return;
      if (event.bytes) controller.enqueue(event.bytes);
      if (!event.last) return;
      end();
      controller.close();
    },
    cancel: end,
  };
  return new ReadableStream(source, { highWaterMark: 0 });
}

interface StreamEvent {
  readonly bytes?: Uint8Array;
  readonly last: boolean;
}

async function nextEvent({ items, wire, onFailure }: EventStreamOrder): Promise<StreamEvent> {
  try {
    const item = await items.next();
    if (item.done) return { last: true };
    const value: unknown = item.value;
    const id = getEventMeta(value)?.id;
    return { bytes: await eventBytes({ event: 'message', id, value }, wire), last: false };
  } catch (failure) {
    const { refusal, defined, unforeseen } = refusalFrom(failure);
    if (unforeseen) onFailure(failure);
    return { bytes: await eventBytes({ event: 'error', id: undefined, value: wire.refusal(refusal, defined) }, wire), last: true };
  }
}

/** JSON has no raw line breaks, so one data line holds any value. */
async function eventBytes(
  { event, id, value }: { event: string; id: string | undefined; value: unknown },
  wire: Wire,
): Promise<Uint8Array> {
  const head = `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${wire.before}`;
  return Buffer.concat([Buffer.from(head), await jsonBytes(value), Buffer.from(`${wire.after}\n\n`)]);
}
