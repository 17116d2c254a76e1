import { createHash } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { type CoverageText, coverageFromText, coverageText, type Scan } from '../../core/index.ts';
import type { Tables, Trx } from './schema.ts';

/** How a scan was done and ended. Scans in a row that share it make up a run. */
export type Terms = Pick<Scan, 'outcome' | 'cause' | 'coverage' | 'vantage' | 'tool' | 'commands'>;

/** What a scan was to look at. */
export type Topic = Pick<Scan, 'site' | 'target' | 'subject' | 'plan'>;

/** Id of these terms, kept once however many scans share them. */
export async function termsId(trx: Trx, terms: Terms): Promise<number> {
  const { outcome, cause, coverage, vantage, tool, commands } = terms;
  const text = JSON.stringify({ outcome, cause, coverage: coverage && coverageText(coverage), vantage, tool, commands });
  const digest = digestOf(text);
  const known = await trx.selectFrom('terms').select('id').where('digest', '=', digest).executeTakeFirst();
  if (known) return known.id;
  const fresh = trx.insertInto('terms').values({ digest, body: zstdCompressSync(text) });
  return (await fresh.returning('id').executeTakeFirstOrThrow()).id;
}

/** Id of this topic, kept once. */
export async function topicId(trx: Trx, { site, target, subject, plan }: Topic): Promise<number> {
  const digest = digestOf(JSON.stringify([site, target, subject, plan]));
  const known = await trx.selectFrom('topic').select('id').where('digest', '=', digest).executeTakeFirst();
  if (known) return known.id;
  const fresh = trx.insertInto('topic').values({ digest, site, target, subject, plan });
  return (await fresh.returning('id').executeTakeFirstOrThrow()).id;
}

/** The terms of these ids. */
export async function readTerms(db: Tables, ids: readonly number[]): Promise<ReadonlyMap<number, Terms>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await db.selectFrom('terms').select(['id', 'body']).where('id', 'in', wanted).execute();
  return new Map(rows.map(({ id, body }) => [id, termsFrom(body)]));
}

function termsFrom(body: Uint8Array): Terms {
  const kept = JSON.parse(zstdDecompressSync(body).toString()) as Omit<Terms, 'coverage'> & { coverage: CoverageText | null };
  return { ...kept, coverage: kept.coverage && coverageFromText(kept.coverage) };
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
