import type { Millis, StopSignal } from '../../core/index.ts';

/** A signal that also stops when the time is up. */
export interface Deadline {
  readonly signal: StopSignal;
  /** Call when done: stops the timer. */
  close(): void;
}

export function openDeadline(length: Millis, outer: StopSignal): Deadline {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  const timer = setTimeout(stop, length);
  if (outer.aborted) stop();
  outer.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    close() {
      clearTimeout(timer);
      outer.removeEventListener('abort', stop);
    },
  };
}
