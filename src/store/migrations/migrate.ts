import type { Kysely } from 'kysely';
import { Fault } from '../../core/index.ts';
import type { Flavour } from './flavour.ts';

/** One step of the schema. Once released it is never edited: the next step comes as a new one. */
export interface Migration {
  /** Number and word, in order: "0001-first". */
  readonly name: string;
  up(db: Kysely<never>, flavour: Flavour): Promise<void>;
}

interface Book {
  migration: { name: string };
}

/** Refuses a store that a newer program has written (R28), naming both. */
export function refuseNewer(applied: readonly string[], known: readonly Migration[], where: string): void {
  const names = new Set(known.map(({ name }) => name));
  const foreign = applied.filter((name) => !names.has(name));
  if (foreign.length === 0) return;
  throw new Fault(
    'refused',
    `opening ${where}: it was written by a newer rollcall (schema ${foreign.at(-1)}; this one knows up to ${known.at(-1)?.name})`,
    'run the newer rollcall, or put back a copy from before the upgrade with "rollcall restore"',
  );
}

export const pendingOf = (applied: readonly string[], known: readonly Migration[]): readonly Migration[] =>
  known.filter(({ name }) => !applied.includes(name));

/** Brings the schema up to date in one transaction: the old schema or the new one, never between (R27). */
export async function migrate(
  db: Kysely<never>,
  { flavour, known, where }: { flavour: Flavour; known: readonly Migration[]; where: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await flavour.alone(trx);
    const book = trx as unknown as Kysely<Book>;
    await trx.schema
      .createTable('migration')
      .ifNotExists()
      .addColumn('name', 'text', (name) => name.primaryKey())
      .execute();
    const applied = (await book.selectFrom('migration').select('name').orderBy('name').execute()).map(({ name }) => name);
    refuseNewer(applied, known, where);
    for (const migration of pendingOf(applied, known)) {
      await migration.up(trx, flavour);
      await book.insertInto('migration').values({ name: migration.name }).execute();
    }
  });
}
