import type { Cause } from '../../core/index.ts';
import type { Way, WayContext } from './ways.ts';

/** Ways of listening that were started together. */
export interface Round {
  /** Why the first of them cannot go on, and what does; null when all were stopped. */
  readonly cause: Promise<Cause | null>;
  /** What runs now, or ran last. */
  readonly commands: readonly (readonly string[])[];
  /** Stops what is left; resolves when it is gone. */
  end(): Promise<void>;
}

/** Starts them. `over` belongs to this round: it stops all of them, and is stopped when none is left. */
export function startRound(ways: readonly Way[], context: Omit<WayContext, 'onCommand'>, over: AbortController): Round {
  const going = new Set(ways);
  const commands = new Map<Way, readonly string[]>();
  const begun: Promise<void>[] = [];
  const start = async (way: Way): Promise<Cause | null> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    begun.push(promise);
    const onCommand = (command: readonly string[]): void => {
      commands.set(way, command);
      resolve();
    };
    const cause = await way.run({ ...context, onCommand });
    going.delete(way);
    if (going.size > 0) commands.delete(way);
    resolve();
    return cause;
  };
  const runs = ways.map(start);
  const all = Promise.all(runs).then(() => over.abort());
  const told = async (): Promise<Cause | null> => {
    const cause = await firstCause(runs);
    // Whoever has not begun may be missing as well.
    await Promise.all(begun);
    return cause === null ? null : { ...cause, text: `${cause.text}${goingOn(going)}` };
  };
  return {
    cause: told(),
    get commands() {
      // In the order of the ways, whichever of them was quicker to begin.
      return ways.flatMap((way) => [commands.get(way) ?? []].filter(({ length }) => length > 0));
    },
    end() {
      over.abort();
      return all;
    },
  };
}

const goingOn = (ways: ReadonlySet<Way>): string =>
  ways.size === 0 ? '' : `; going on with ${[...ways].map(({ name }) => name).join(' and ')}`;

/** The first cause with which one of them ends; null when all have ended without one. */
function firstCause(runs: readonly Promise<Cause | null>[]): Promise<Cause | null> {
  return new Promise((resolve) => {
    for (const run of runs) void run.then((cause) => cause !== null && resolve(cause));
    void Promise.all(runs).then(() => resolve(null));
  });
}
