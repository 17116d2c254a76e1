import type { LiveItem } from '../../../src/contract/index.ts';
import type { Link, LiveStore } from './store.ts';

/** An open stream that says when it lives. Ends when the signal does. */
export type OpenStream = (order: {
  readonly lastEventId: string | undefined;
  readonly signal: AbortSignal;
  readonly heard: () => void;
}) => Promise<AsyncIterable<LiveItem>>;

export interface StreamParts {
  readonly store: LiveStore;
  readonly open: OpenStream;
  readonly now: () => number;
  /** Waits so many ms, or until the signal, or until there is a reason to hope (the network is back, the page is looked at). */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Called with what ended a connection: a caller who is not let in has to sign in. Returns whether to try again. */
  readonly onFailure: (failure: unknown) => boolean;
}

/** The daemon says something each 15 s; after this long of silence the line is dead, whatever the browser believes. */
export const SILENCE = 40_000;
const [FIRST_PAUSE, LONGEST_PAUSE] = [500, 15_000];

/** Follows the stream until the signal, through every break: what was missed comes first after each. */
export async function followStream(parts: StreamParts, signal: AbortSignal): Promise<void> {
  let pause = FIRST_PAUSE;
  while (!signal.aborted) {
    const lived = await oneConnection(parts, signal);
    if (signal.aborted || lived === 'give-up') return;
    pause = lived === 'lived' ? FIRST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE);
    parts.store.setLink(troubled(parts.store.link(), parts.now()));
    await parts.pause(pause, signal);
  }
}

const troubled = (link: Link, now: number): Link => (link.is === 'troubled' ? link : { is: 'troubled', since: now });

async function oneConnection({ store, open, onFailure }: StreamParts, signal: AbortSignal): Promise<'lived' | 'died' | 'give-up'> {
  const watch = new Watch(SILENCE);
  let lived = false;
  try {
    const { seq, version } = store.state();
    const lastEventId = version === null ? undefined : String(seq);
    const stream = await open({ lastEventId, signal: AbortSignal.any([signal, watch.signal]), heard: () => watch.heard() });
    for await (const item of stream) {
      if (!lived) store.setLink({ is: 'live' });
      lived = true;
      store.tell(item);
    }
  } catch (failure) {
    if (!signal.aborted && !watch.signal.aborted && !onFailure(failure)) return 'give-up';
  } finally {
    watch.end();
  }
  return lived ? 'lived' : 'died';
}

/** Aborts after a silence. */
class Watch {
  readonly #silence: number;
  readonly #over = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(silence: number) {
    this.#silence = silence;
    this.heard();
  }

  get signal(): AbortSignal {
    return this.#over.signal;
  }

  heard(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#over.abort(), this.#silence);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
