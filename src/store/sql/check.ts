import { type RawBuilder, sql } from 'kysely';
import { ROLES } from '../../core/index.ts';
import { stateCode } from '../codes.ts';
import type { Tables } from './schema.ts';

interface Invariant {
  /** What to say with the number of rows that break it. */
  readonly broken: string;
  /** Selects the rows that break it. */
  readonly rows: RawBuilder<unknown>;
}

const INVARIANTS: readonly Invariant[] = [
  {
    broken: 'facts have more than one open span',
    rows: sql`select device from span where to_at is null group by device, kind, key having count(*) > 1`,
  },
  { broken: 'spans end before they begin', rows: sql`select device from span where to_at < from_at` },
  {
    broken: 'spans are ended by no scan, or ended and still open',
    rows: sql`select device from span where (to_at is null and closed_by is not null) or (to_at is not null and closed_by is null)`,
  },
  {
    broken: 'changes belong to no scan',
    rows: sql`select seq from change where not exists (select 1 from scan where scan.id = change.scan)`,
  },
  {
    broken: 'runs count fewer scans than there are',
    rows: sql`
      select scan.run from scan inner join run on run.id = scan.run group by scan.run, run.count having count(*) > run.count`,
  },
  {
    broken: 'notifications belong to no incident',
    rows: sql`select id from notification
      where incident is not null and not exists (select 1 from incident where incident.id = notification.incident)`,
  },
  { broken: 'users have a role that nobody knows', rows: sql`select id from access_user where role not in (${sql.join([...ROLES])})` },
  {
    broken: 'notifications wait and have ended, or do neither',
    rows: sql`select id from notification where (state = ${stateCode('waiting')}) != (ended_at is null)`,
  },
];

/** Broken invariants of what the store holds, in sentences; empty when sound. */
export async function checkContent(db: Tables): Promise<readonly string[]> {
  const findings = [...(await gapsInSequence(db)), ...(await judgedAhead(db))];
  for (const { broken, rows } of INVARIANTS) {
    const found = await sql<{ rows: number }>`select count(*) as rows from (${rows}) as broken`.execute(db);
    const count = found.rows[0]?.rows ?? 0;
    if (count > 0) findings.push(`${count} ${broken}`);
  }
  return findings;
}

async function gapsInSequence(db: Tables): Promise<readonly string[]> {
  const { first, last, count } = await db
    .selectFrom('change')
    .select(({ fn }) => [fn.min('seq').as('first'), fn.max('seq').as('last'), fn.countAll<number>().as('count')])
    .executeTakeFirstOrThrow();
  if (count === 0 || (first === 1 && last === count)) return [];
  return [`change numbers have gaps: ${count} changes are numbered ${first} to ${last}`];
}

/** What was judged before it happened would never be judged. */
async function judgedAhead(db: Tables): Promise<readonly string[]> {
  const { judged } = await db.selectFrom('alerting').select('judged').executeTakeFirstOrThrow();
  const { last } = await db
    .selectFrom('change')
    .select(({ fn }) => fn.max('seq').as('last'))
    .executeTakeFirstOrThrow();
  return judged > (last ?? 0) ? [`changes are judged up to ${judged}, and there are ${last ?? 0}`] : [];
}
