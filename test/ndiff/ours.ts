import { runNdiff } from '../../src/cli/ndiff/run-ndiff.ts';
import type { Job, Ran } from './reference.ts';

interface Collector {
  readonly pieces: Buffer[];
  write(text: string, taken?: () => void): boolean;
  on(): void;
}

function collector(): Collector {
  const pieces: Buffer[] = [];
  return {
    pieces,
    write(text, taken) {
      pieces.push(Buffer.from(text));
      taken?.();
      return true;
    },
    on() {},
  };
}

/** Runs our Ndiff in this process. */
export async function runOurs({ argv, argv0 = '/usr/bin/ndiff', tz }: Job): Promise<Ran> {
  const [stdout, stderr] = [collector(), collector()];
  const env = { ...process.env, ...(tz === undefined ? {} : { TZ: tz }), POSIXLY_CORRECT: '' };
  const code = await runNdiff(argv, argv0, { env, stdout, stderr });
  return { code, stdout: Buffer.concat(stdout.pieces), stderr: Buffer.concat(stderr.pieces) };
}
