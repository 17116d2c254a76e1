import { type Change, type Instant, isLasting, type ScanId } from '../../core/index.ts';
import type { Roll } from '../../inventory/index.ts';
import type { Happening, Terms } from '../../rules/index.ts';
import type { Watching } from '../watching.ts';
import { beliefsAt, beliefsBy } from './beliefs.ts';
import { type Beliefs, happeningsOf } from './happenings.ts';

/** Commits that wait to be judged are nearly always few. Of more the store knows what was believed, too, but takes its time. */
const MOST_KEPT = 32;

interface Kept {
  readonly lastSeq: number;
  readonly roll: Roll;
}

/** What was believed when changes were committed, whenever these are judged: the daemon may have stopped, or lag behind. */
export class JudgingThen {
  readonly #wired: Watching;
  readonly #kept = new Map<ScanId, Kept>();

  constructor(wired: Watching) {
    this.#wired = wired;
  }

  /** Takes note of what is believed right after a commit. */
  note(scan: ScanId, changes: readonly Change[]): void {
    const last = changes.at(-1);
    if (last && this.#kept.size < MOST_KEPT) this.#kept.set(scan, { lastSeq: last.seq, roll: this.#wired.ledger.roll });
  }

  /** What happened by the first of these changes: by all commits in a row that are remembered, or by one of which the store is asked. */
  async happenings(changes: readonly Change[], terms: Terms): Promise<readonly Happening[]> {
    this.#forgetBefore(changes[0]?.seq ?? 0);
    const made: Happening[] = [];
    for (const commit of commitsOf(changes)) {
      const roll = this.#kept.get(commit.scan)?.roll;
      if (roll === undefined && made.length > 0) break;
      made.push(...(await this.#happeningsOf(commit, terms, roll)));
      if (roll === undefined) break;
    }
    return made;
  }

  async #happeningsOf({ at, changes }: Commit, terms: Terms, roll: Roll | undefined): Promise<readonly Happening[]> {
    return happeningsOf(changes, terms, roll ? beliefsBy(this.#wired, roll, at) : await this.#beliefsAt(at));
  }

  /** Where what was believed is damaged, what is believed now says most: nobody would hear of what is judged by nothing. */
  async #beliefsAt(at: Instant): Promise<Beliefs> {
    try {
      return await beliefsAt(this.#wired, at);
    } catch (fault) {
      if (!isLasting(fault)) throw fault;
      const { outside, ledger } = this.#wired;
      outside.log.error({ fault: String(fault), at }, 'what was believed cannot be read, so it is judged by what is believed now');
      return beliefsBy(this.#wired, ledger.roll, at);
    }
  }

  #forgetBefore(seq: number): void {
    for (const [scan, { lastSeq }] of this.#kept) if (lastSeq < seq) this.#kept.delete(scan);
  }
}

interface Commit {
  readonly scan: ScanId;
  readonly at: Instant;
  readonly changes: readonly Change[];
}

/** Changes in order, those of one commit together. */
function commitsOf(changes: readonly Change[]): readonly Commit[] {
  const commits: { scan: ScanId; at: Instant; changes: Change[] }[] = [];
  for (const change of changes) {
    const last = commits.at(-1);
    if (last?.scan === change.scan) last.changes.push(change);
    else commits.push({ scan: change.scan, at: change.at, changes: [change] });
  }
  return commits;
}
