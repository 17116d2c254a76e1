import { PGlite, types } from '@electric-sql/pglite';
import type { PostgresPool, PostgresPoolClient } from 'kysely';

export interface Server {
  /** A pool as `pg` has it; ending it leaves the server running. */
  pool(): PostgresPool;
  /** Drops everything in the database. */
  wipe(): Promise<void>;
  stop(): Promise<void>;
}

/** PostgreSQL inside this process. It has one connection, so a client waits until the one before gives it back. */
export async function startPglite(): Promise<Server> {
  const server = await PGlite.create('memory://', { parsers: { [types.INT8]: Number } });
  let turn: Promise<void> = Promise.resolve();
  const connect = async (): Promise<PostgresPoolClient> => {
    const before = turn;
    const { promise, resolve } = Promise.withResolvers<void>();
    turn = promise;
    await before;
    return {
      query: (text: string, parameters: readonly unknown[]) => answer(server, text, parameters),
      release: () => resolve(),
    } as PostgresPoolClient;
  };
  return {
    pool: () => ({ connect, end: async () => {}, options: {} }),
    async wipe() {
      await server.exec('drop schema public cascade; create schema public');
    },
    stop: () => server.close(),
  };
}

async function answer(server: PGlite, text: string, parameters: readonly unknown[]) {
  const { rows, affectedRows = 0 } = await server.query(text, [...parameters]);
  return { command: text.trimStart().split(/\s/, 1)[0]?.toUpperCase(), rowCount: affectedRows, rows };
}
