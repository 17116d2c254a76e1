import { stat } from 'node:fs/promises';
import { Fault } from '../../core/index.ts';
import { type Pair, type PairFiles, readPair } from './pair.ts';

/** A pino logger is one. */
export interface TlsLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface FreshPairParts {
  readonly files: PairFiles;
  readonly log: TlsLog;
  /** Milliseconds between looks at the files. */
  readonly every: number;
  /** Whoever serves it. */
  readonly use: (pair: Pair) => void;
}

export interface FreshPair {
  /** Reads the files now, whether they changed or not. Never rejects: what cannot be used is told in the log, and the old pair stays. */
  reread(): Promise<void>;
  stop(): void;
}

/**
 * Follows the files of a pair. They are looked at again and again rather than waited for, as whoever renews certificates puts
 * links or whole folders in their place. A pair is read once it stands still: first one of the files is written, then the other.
 */
export async function keepFresh({ files, log, every, use }: FreshPairParts): Promise<FreshPair> {
  let known = await marksOf(files);
  let seen = known;
  let reading = Promise.resolve();
  let stopped = false;

  const read = async (): Promise<void> => {
    known = await marksOf(files);
    try {
      const pair = await readPair(files, Date.now());
      if (stopped) return;
      use(pair);
      log.info({ cert: files.cert, until: pair.until.toISOString() }, 'certificate taken over');
      tellDoubts(pair, log);
    } catch (failure) {
      const fault = failure instanceof Error ? failure.message : String(failure);
      const remedy = failure instanceof Fault ? failure.remedy : undefined;
      log.error({ fault, remedy }, 'certificate not taken over; the old one stays in force');
    }
  };
  const reread = (): Promise<void> => (reading = reading.then(read));
  const look = async (): Promise<void> => {
    const now = await marksOf(files);
    const still = now === seen;
    seen = now;
    if (still && now !== known) await reread();
  };
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void look().finally(() => (looking = false));
  }, every).unref();
  return {
    reread,
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}

export function tellDoubts({ doubts }: Pair, log: TlsLog): void {
  for (const doubt of doubts) log.warn({}, doubt);
}

/** What changes with a file: also its rights, and what a link leads to. */
async function marksOf({ cert, key }: PairFiles): Promise<string> {
  const marks = [cert, key].map((path) =>
    stat(path).then(
      ({ dev, ino, size, mtimeMs, ctimeMs }) => [dev, ino, size, mtimeMs, ctimeMs].join(),
      ({ code }: NodeJS.ErrnoException) => code ?? '',
    ),
  );
  return (await Promise.all(marks)).join(' ');
}
