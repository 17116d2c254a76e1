import type { PostgresPool } from 'kysely';
import pg from 'pg';
import { Fault } from '../../core/index.ts';

/** Whole numbers of eight bytes come as text by default; ours all fit a JavaScript number. */
const getTypeParser: pg.CustomTypesConfig['getTypeParser'] = (id, format): unknown =>
  id === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(id, format);

/** A pool of connections to a server by URL (postgres://user@host/database). */
export function poolFor(url: string): PostgresPool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 4,
    connectionTimeoutMillis: 5000,
    options: '-c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000',
    types: { getTypeParser },
  });
  // A server that goes away is met at the question under way, or at the next one; unheard it would end this process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** Host and database of a URL, without user and password. Throws Fault 'bad-input'. */
export function placeOf(url: string): string {
  const parsed = URL.parse(url);
  if (parsed && /^postgres(ql)?:$/.test(parsed.protocol)) return `postgres://${parsed.host}${parsed.pathname}`;
  throw new Fault('bad-input', 'reading store URL: it is not of the form postgres://user@host/database', 'correct the store URL');
}
