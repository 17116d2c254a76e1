/** Brings a store up to a later schema; kills itself before the n-th statement. Prints how many there were. */
import { sql } from 'kysely';
import { MIGRATIONS } from '../../../src/store/migrations/index.ts';
import type { Migration } from '../../../src/store/migrations/migrate.ts';
import { openSqlite } from '../../../src/store/sqlite/open.ts';

/** Changes tables and rows, as real ones do. */
export const later: Migration = {
  name: '9999-later',
  async up(db) {
    await db.schema.alterTable('device').addColumn('remark', 'text').execute();
    await sql`update device set remark = 'of old', first_seen = 42`.execute(db);
    await db.schema.createTable('group').addColumn('name', 'text').execute();
    await db.schema.dropIndex('change_at').execute();
  },
};

if (import.meta.main) {
  const [path = '', deadly = ''] = process.argv.slice(2);
  let statements = 0;
  const trace = (): void => {
    if (++statements === Number(deadly)) process.kill(process.pid, 'SIGKILL');
  };
  await (await openSqlite({ path, trace, migrations: [...MIGRATIONS, later] })).close();
  process.stdout.write(`statements ${statements}\n`);
}
