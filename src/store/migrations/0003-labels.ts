import { sql } from 'kysely';
import type { Migration } from './migrate.ts';

/** Kind of a label in the span table when this was written (codes.ts only grows). */
const LABEL = 8;

/**
 * What people say of a device becomes facts with a history of their own: the names and windows given until now hold since
 * the device was first seen, said by nobody's scan. Older programs would misread the new kinds of facts and changes.
 */
export const labels: Migration = {
  name: '0003-labels',
  async up(db) {
    await sql`
      insert into span (device, kind, key, value, from_at, to_at, opened_by, closed_by)
      select id, cast(${LABEL} as smallint), 'alias', alias, first_seen, null, 0, null from device where alias is not null
    `.execute(db);
    await sql`
      insert into span (device, kind, key, value, from_at, to_at, opened_by, closed_by)
      select id, cast(${LABEL} as smallint), 'window', cast("window" as text), first_seen, null, 0, null from device where "window" is not null
    `.execute(db);
    await db.schema.alterTable('device').dropColumn('alias').execute();
    await db.schema.alterTable('device').dropColumn('window').execute();
  },
};
