import type { RuleVerdict, Verdict } from '../../core/index.ts';
import { packedText, unpacked } from './bodies.ts';
import { batches } from './rows.ts';
import type { Schema, Tables, Trx } from './schema.ts';

/** Wordings that are kept once. More than there can be, unless somebody puts names into them. */
const MOST_RULINGS = 1000;
const LONGEST_RULING = 500;

type Row = Schema['verdict'];

/** One row for each change; of those that nobody asks for it holds two small numbers. */
export async function writeVerdicts(trx: Trx, verdicts: readonly Verdict[]): Promise<void> {
  const pack = packedOnce();
  for (const batch of batches(verdicts)) {
    const moments = await momentsOf(trx, batch);
    const rulings = await rulingsOf(trx, batch);
    const rows = batch.map(({ seq, at, rules }): Row => {
      const text = textOf(rules);
      const ruling = rulings.get(text) ?? null;
      return { seq, took: at - (moments.get(seq) ?? 0), ruling, body: ruling === null ? pack(text) : null };
    });
    const write = trx.insertInto('verdict').values(rows);
    await write
      .onConflict((known) =>
        known.column('seq').doUpdateSet(({ ref }) => ({
          took: ref('excluded.took'),
          ruling: ref('excluded.ruling'),
          body: ref('excluded.body'),
        })),
      )
      .execute();
  }
}

/** Of thousands of changes of one commit most are judged in the same words. */
function packedOnce(): (text: string) => Uint8Array {
  const known = new Map<string, Uint8Array>();
  return (text) => {
    const body = known.get(text) ?? packedText(text);
    known.set(text, body);
    return body;
  };
}

/** When the changes were: verdicts count from there, since they nearly always come at once. */
async function momentsOf(trx: Trx, verdicts: readonly Verdict[]): Promise<ReadonlyMap<number, number>> {
  const seqs = verdicts.map(({ seq }) => seq);
  const rows = await trx.selectFrom('change').select(['seq', 'at']).where('seq', 'in', seqs).execute();
  return new Map(rows.map(({ seq, at }) => [seq, at]));
}

const textOf = (rules: readonly RuleVerdict[]): string => JSON.stringify(rules);

/** Whether it says nothing of the change itself. */
const isUsual = ({ reason, incident }: RuleVerdict): boolean => (reason === 'unasked' || reason === 'disabled') && incident === null;

/** Numbers of the wordings that are kept once; those that are not there are kept with their change. */
async function rulingsOf(trx: Trx, verdicts: readonly Verdict[]): Promise<ReadonlyMap<string, number>> {
  const usual = verdicts.filter(({ rules }) => rules.every(isUsual)).map(({ rules }) => textOf(rules));
  const wanted = [...new Set(usual)].filter((text) => text.length <= LONGEST_RULING);
  if (wanted.length === 0) return new Map();
  const rows = await trx.selectFrom('ruling').selectAll().where('body', 'in', wanted).execute();
  const known = new Map(rows.map(({ id, body }) => [body, id]));
  for (const body of wanted) if (!known.has(body)) await addRuling(trx, body, known);
  return known;
}

async function addRuling(trx: Trx, body: string, known: Map<string, number>): Promise<void> {
  const { last } = await trx
    .selectFrom('ruling')
    .select(({ fn }) => fn.max('id').as('last'))
    .executeTakeFirstOrThrow();
  if ((last ?? 0) >= MOST_RULINGS) return;
  const { id } = await trx.insertInto('ruling').values({ body }).returning('id').executeTakeFirstOrThrow();
  known.set(body, id);
}

export async function readVerdict(db: Tables, seq: number): Promise<Verdict | undefined> {
  const row = await db
    .selectFrom('verdict')
    .leftJoin('change', 'change.seq', 'verdict.seq')
    .leftJoin('ruling', 'ruling.id', 'verdict.ruling')
    .select(['verdict.took', 'verdict.body', 'change.at', 'ruling.body as ruling'])
    .where('verdict.seq', '=', seq)
    .executeTakeFirst();
  return row && { seq, at: (row.at ?? 0) + row.took, rules: rulesFrom(row) };
}

function rulesFrom({ body, ruling }: { readonly body: Uint8Array | null; readonly ruling: string | null }): readonly RuleVerdict[] {
  return (body === null ? JSON.parse(ruling ?? '[]') : unpacked(body)) as readonly RuleVerdict[];
}
