import { MOST_COLUMNS } from './limits.ts';
import { type SqlToken, SqlTokens } from './sql-tokens.ts';

/** A row of a table: the text of each cell, null for NULL, undefined for what is no plain value. */
export interface SqlRow {
  /** Name of the table, lower case. */
  readonly table: string;
  readonly columns: readonly string[];
  readonly cells: readonly (string | null | undefined)[];
  readonly line: number;
  /** Types of the columns as the table was made, lower case ("timestamp"); none when the dump does not say. */
  readonly types: ReadonlyMap<string, string>;
  /** Zone that the dump says its timestamps are in ("+00:00"); null when it does not say. */
  readonly zone: string | null;
}

export interface SqlReader {
  write(chunk: Uint8Array): void;
  /** False when it ends in the middle of a statement. */
  end(): boolean;
}

interface Table {
  readonly columns: string[];
  readonly types: Map<string, string>;
}

/** Table definitions kept. */
const MOST_TABLES = 256;
const KEYS = /^(?:primary|key|unique|index|constraint|fulltext|spatial|check|foreign)$/i;

/** Reads the rows that a dump of MySQL would insert. Whatever else it would do is passed over. */
export function createSqlReader(take: (row: SqlRow) => void): SqlReader {
  const decoder = new TextDecoder();
  const dump = new Dump(take);
  const tokens = new SqlTokens((token) => dump.take(token));
  return {
    write: (chunk) => tokens.write(decoder.decode(chunk, { stream: true })),
    end() {
      tokens.write(decoder.decode());
      return tokens.end() && dump.isWhole;
    },
  };
}

/** Statement by statement. */
class Dump {
  readonly #take: (row: SqlRow) => void;
  readonly #tables = new Map<string, Table>();
  #zone: string | null = null;
  /** Tokens of a statement up to where it is known what it is. */
  #head: SqlToken[] = [];
  #statement: 'unknown' | 'create' | 'rows' | 'set' | 'other' = 'unknown';
  #depth = 0;
  #table: Table = { columns: [], types: new Map() };
  #columns: string[] = [];
  #name = '';
  #cells: (string | null | undefined)[] = [];
  /** What the current cell, or definition, holds so far. */
  #parts: SqlToken[] = [];
  #line = 0;

  constructor(take: (row: SqlRow) => void) {
    this.#take = take;
  }

  get isWhole(): boolean {
    return this.#depth === 0 && (this.#statement === 'unknown' ? this.#head.length === 0 : this.#statement !== 'rows');
  }

  take(token: SqlToken): void {
    if (token.kind === 'mark' && token.text === ';' && this.#depth <= 1) return this.#end();
    if (this.#statement === 'unknown') this.#begin(token);
    else if (this.#statement === 'rows') this.#row(token);
    else if (this.#statement === 'create') this.#definition(token);
    else if (this.#statement === 'set') this.#setting(token);
  }

  #end(): void {
    if (this.#statement === 'rows' && this.#depth > 0) this.#give();
    this.#statement = 'unknown';
    this.#depth = 0;
    this.#head = [];
    this.#parts = [];
    this.#cells = [];
  }

  /** Decides by its first words what a statement is. */
  #begin(token: SqlToken): void {
    const opens = markOf(token) === '(';
    const [first = token] = this.#head;
    const verb = first.kind === 'word' ? first.text.toLowerCase() : '';
    if (/^\d+$/.test(verb)) {
      this.#head = []; // the version in "/*!40101 SET ..."
      return;
    }
    if (verb === 'set') this.#statement = 'set';
    else if (verb === 'create' && opens) this.#create();
    else if (verb === 'insert' || verb === 'replace') this.#insert(token, opens);
    else if (verb !== 'create' || this.#head.length > 12) this.#statement = 'other';
    if (this.#statement === 'unknown') this.#head.push(token);
  }

  #create(): void {
    this.#statement = 'create';
    this.#depth = 1;
    this.#table = { columns: [], types: new Map() };
    if (this.#tables.size < MOST_TABLES) this.#tables.set(tableNamed(this.#head), this.#table);
  }

  #insert(token: SqlToken, opens: boolean): void {
    if (token.kind === 'word' && /^values?$/i.test(token.text)) {
      const named = this.#head.findIndex(({ kind, text }) => kind === 'mark' && text === '(');
      this.#name = tableNamed(named < 0 ? this.#head : this.#head.slice(0, named));
      const table = this.#tables.get(this.#name);
      const listed = this.#head.slice(named + 1).flatMap(({ kind, text }) => (kind === 'mark' ? [] : [text.toLowerCase()]));
      this.#table = table ?? { columns: [], types: new Map() };
      this.#columns = named < 0 ? this.#table.columns : listed;
      this.#statement = 'rows';
    } else if (this.#head.length > MOST_COLUMNS * 2 || (token.kind === 'word' && /^(?:select|set)$/i.test(token.text) && !opens)) {
      this.#statement = 'other';
    }
  }

  #row(token: SqlToken): void {
    if (this.#depth === 0) return this.#betweenRows(token);
    const mark = markOf(token);
    if (mark === '(') this.#depth++;
    if (mark === ')') this.#depth--;
    if (this.#depth === 0) return this.#give();
    if (mark === ',' && this.#depth === 1) this.#endCell();
    else if (this.#parts.length < 4) this.#parts.push(token);
  }

  #betweenRows(token: SqlToken): void {
    const mark = markOf(token);
    if (mark === '(') {
      this.#depth = 1;
      this.#line = token.line;
    } else if (mark === ')') {
      this.#give(); // a row whose beginning is lost is told, too
    } else if (token.kind === 'word' && /^on$/i.test(token.text)) {
      this.#statement = 'other'; // ON DUPLICATE KEY UPDATE ...
    }
  }

  #give(): void {
    this.#endCell();
    const cells = this.#cells;
    this.#cells = [];
    this.#take({ table: this.#name, columns: this.#columns, cells, line: this.#line, types: this.#table.types, zone: this.#zone });
  }

  #endCell(): void {
    if (this.#cells.length < MOST_COLUMNS) this.#cells.push(plainValue(this.#parts));
    this.#parts = [];
  }

  #definition(token: SqlToken): void {
    const mark = markOf(token);
    if (mark === '(') this.#depth++;
    if (mark === ')') this.#depth--;
    if (this.#depth === 0 || (mark === ',' && this.#depth === 1)) this.#endDefinition();
    else if (this.#parts.length < 2) this.#parts.push(token);
  }

  #endDefinition(): void {
    const [name, type] = this.#parts;
    this.#parts = [];
    if (name && type && !(name.kind === 'word' && KEYS.test(name.text)) && this.#table.columns.length < MOST_COLUMNS) {
      this.#table.columns.push(name.text.toLowerCase());
      this.#table.types.set(name.text.toLowerCase(), type.text.toLowerCase());
    }
    if (this.#depth === 0) this.#statement = 'other';
  }

  /** SET TIME_ZONE='+00:00': what mysqldump says of its timestamps. */
  #setting(token: SqlToken): void {
    const [name, equals] = this.#parts.slice(-2);
    if (token.kind === 'text' && equals?.text === '=' && /^(?:@@session\.)?time_zone$/i.test(name?.text ?? '')) this.#zone = token.text;
    this.#parts = [...this.#parts.slice(-1), token];
  }
}

const markOf = ({ kind, text }: SqlToken): string => (kind === 'mark' ? text : '');

/** The last name before the definition or the values: "INSERT IGNORE INTO db.events". */
function tableNamed(head: readonly SqlToken[]): string {
  return (
    head
      .findLast(({ kind }) => kind !== 'mark')
      ?.text.split('.')
      .at(-1) ?? ''
  ).toLowerCase();
}

/** A text, a number, NULL, or a text with its character set before it. */
function plainValue(parts: readonly SqlToken[]): string | null | undefined {
  const [first, second] = parts;
  if (parts.length === 2 && first?.kind === 'word' && first.text.startsWith('_') && second?.kind === 'text') return second.text;
  if (parts.length !== 1 || !first || first.kind === 'mark') return undefined;
  if (first.kind !== 'word') return first.text;
  if (/^null$/i.test(first.text)) return null;
  return /^[+-]?\d+(?:\.\d+)?$/.test(first.text) ? first.text : undefined;
}
