import type { Millis, StopSignal } from '../../core/index.ts';

/** Stops with the signal it was made of, or when its time is over. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Why it stopped, for people. */
  why(): string;
  /** Lets go of timer and signal. */
  done(): void;
}

export function deadline(outer: StopSignal, most: Millis): Deadline {
  const controller = new AbortController();
  let why = 'the sending was stopped';
  const stop = (): void => controller.abort();
  const timer = setTimeout(() => {
    why = `it took more than ${most / 1000} s`;
    stop();
  }, most);
  if (outer.aborted) stop();
  outer.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    why: () => why,
    done() {
      clearTimeout(timer);
      outer.removeEventListener('abort', stop);
    },
  };
}

/** What the promise gives, or a rejection when the signal stops and the promise does not end within the grace. The promise itself goes on. */
export function orStopped<T>(promise: Promise<T>, signal: AbortSignal, grace: Millis = 0): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const stop = (): void => {
      timer = setTimeout(() => reject(Object.assign(new Error('stopped'), { code: 'ABORT_ERR' })), grace);
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    const over = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    };
    promise.then(resolve, reject).finally(over);
  });
}
