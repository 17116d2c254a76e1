import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import { sqliteFault } from './faults.ts';

/** Statements kept prepared; multi-row ones of odd lengths come and go. */
const PREPARED = 64;
/** Longest stretch of statements before other work of this process gets its turn, in ms. */
const STRETCH = 5;

interface Prepared {
  readonly statement: StatementSync;
  readonly answers: boolean;
}

/** One open database as Kysely wants it. Statements run on this thread, so it gives way between them. */
export class SqliteConnection implements DatabaseConnection {
  readonly database: DatabaseSync;
  readonly #path: string;
  readonly #trace: ((sql: string) => void) | undefined;
  readonly #prepared = new Map<string, Prepared>();
  #since = performance.now();

  constructor(database: DatabaseSync, path: string, trace?: (sql: string) => void) {
    this.database = database;
    this.#path = path;
    this.#trace = trace;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    await this.#giveWay();
    try {
      this.#trace?.(sql);
      const { statement, answers } = this.#prepare(sql);
      if (answers) return { rows: statement.all(...(parameters as SQLInputValue[])) as Row[] };
      const { changes, lastInsertRowid } = statement.run(...(parameters as SQLInputValue[]));
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    } catch (thrown) {
      throw sqliteFault(thrown, this.#path);
    }
  }

  streamQuery(): never {
    throw new Error('streaming rows: this store reads in batches instead');
  }

  /** Runs a statement without parameters or rows (begin, commit, rollback). */
  run(sql: string): void {
    this.#trace?.(sql);
    this.database.exec(sql);
  }

  /** Starts a new stretch: what ran before on this thread was somebody else's work. */
  startStretch(): void {
    this.#since = performance.now();
  }

  async #giveWay(): Promise<void> {
    if (!this.database.isTransaction || performance.now() - this.#since < STRETCH) return;
    await nextTurn();
    this.startStretch();
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    this.#prepared.delete(sql);
    const entry = known ?? this.#fresh(sql);
    this.#prepared.set(sql, entry);
    if (this.#prepared.size > PREPARED) this.#prepared.delete(this.#prepared.keys().next().value as string);
    return entry;
  }

  #fresh(sql: string): Prepared {
    const statement = this.database.prepare(sql);
    return { statement, answers: statement.columns().length > 0 };
  }
}
