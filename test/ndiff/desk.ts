import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOurs } from './ours.ts';
import type { Mode, Pair } from './pairs.ts';
import { type Job, Reference } from './reference.ts';
import { disagreement } from './verdict.ts';

/** Where two documents are laid side by side, and both programs judge them. */
export class Desk {
  /** A folder for files of the test. */
  readonly folder: string;
  readonly reference: Reference;
  /** Runs compared so far. */
  runs = 0;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'rollcall-ndiff-'));
    this.reference = new Reference();
  }

  /** What differs between the two programs for a pair, mode by mode; empty when nothing does. */
  async judge(pair: Pair, modes: readonly Mode[], tz?: string): Promise<string[]> {
    const paths = this.lay(pair);
    const faults: string[] = [];
    for (const mode of modes) {
      const fault = await this.compare({ argv: [...mode, ...paths], ...(tz === undefined ? {} : { tz }) });
      if (fault !== undefined) faults.push(`ndiff ${mode.join(' ')}${tz === undefined ? '' : ` TZ=${tz}`}: ${fault}`);
    }
    return faults;
  }

  /** Writes both documents; gives their paths. */
  lay({ a, b }: Pair): readonly [string, string] {
    const paths = [join(this.folder, 'a.xml'), join(this.folder, 'b.xml')] as const;
    writeFileSync(paths[0], a);
    writeFileSync(paths[1], b);
    return paths;
  }

  /** What differs between the two programs for one command line. */
  async compare(job: Job): Promise<string | undefined> {
    this.runs++;
    // Both at once: they are two processes.
    const [theirs, ours] = await Promise.all([this.reference.run(job), runOurs(job)]);
    return disagreement(theirs, ours);
  }

  async close(): Promise<void> {
    await this.reference.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
