import type { Instant, LastLook } from '../../core/index.ts';
import { batches } from './rows.ts';
import type { Tables } from './schema.ts';
import { readTerms, type Terms } from './terms.ts';

interface RunRow {
  readonly id: number;
  readonly topic: number;
  readonly terms: number;
}

/** Runs read in one go while one that could see is searched for. */
const BACK = 50;

/** Of each topic of a site the newest run that had seen something by a moment. Runs outlive their scans. */
export async function readLastLooks(db: Tables, site: string, at: Instant): Promise<readonly LastLook[]> {
  const topics = await db.selectFrom('topic').selectAll().where('site', '=', site).execute();
  const newest = new Map((await newestRuns(db, site, at)).map((run) => [run.topic, run]));
  const terms = new Map<number, Terms>();
  for (const batch of batches([...newest.values()])) for (const [id, entry] of await termsOf(db, batch)) terms.set(id, entry);
  const looks: LastLook[] = [];
  for (const { id, target, subject, plan } of topics) {
    const run = newest.get(id);
    const coverage = run && (coverageOf(terms.get(run.terms)) ?? (await coverageBefore(db, run, at)));
    if (coverage) looks.push({ target, subject, plan: plan as LastLook['plan'], coverage });
  }
  return looks;
}

const termsOf = (db: Tables, runs: readonly RunRow[]): Promise<ReadonlyMap<number, Terms>> =>
  readTerms(
    db,
    runs.map((run) => run.terms),
  );

function newestRuns(db: Tables, site: string, at: Instant): Promise<RunRow[]> {
  const newest = db
    .selectFrom('run')
    .innerJoin('topic', 'topic.id', 'run.topic')
    .select(({ fn }) => fn.max('run.id').as('id'))
    .where('topic.site', '=', site)
    .where('run.first_end', '<=', at)
    .groupBy('run.topic');
  return db.selectFrom('run').select(['id', 'topic', 'terms']).where('id', 'in', newest).execute();
}

/** Only complete and partial scans covered anything (laws 1 and 2). */
function coverageOf(terms: Terms | undefined): LastLook['coverage'] | null {
  return terms && (terms.outcome === 'complete' || terms.outcome === 'partial') ? terms.coverage : null;
}

/** Goes back over the runs of a topic that saw nothing. */
async function coverageBefore(db: Tables, { topic, id }: RunRow, at: Instant): Promise<LastLook['coverage'] | null> {
  for (let before = id; ; ) {
    const query = db.selectFrom('run').select(['id', 'topic', 'terms']).where('topic', '=', topic).where('id', '<', before);
    const runs = await query.where('first_end', '<=', at).orderBy('id', 'desc').limit(BACK).execute();
    const terms = await termsOf(db, runs);
    const found = runs.map((run) => coverageOf(terms.get(run.terms))).find((coverage) => coverage !== null);
    if (found) return found;
    const last = runs.at(-1);
    if (!last) return null;
    before = last.id;
  }
}
