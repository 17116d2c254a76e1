import { Fault } from '../../core/index.ts';

/** Primary result codes of SQLite that the user can do something about. */
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

/** SQLite's primary result code of whatever was thrown; undefined when it is none of SQLite's. */
export function sqliteCode(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error) || !('errcode' in thrown) || typeof thrown.errcode !== 'number') return undefined;
  return thrown.errcode & 0xff;
}

export const isBusy = (thrown: unknown): boolean => [BUSY, LOCKED].includes(sqliteCode(thrown) ?? 0);
export const isDamage = (thrown: unknown): boolean => [CORRUPT, NOTADB].includes(sqliteCode(thrown) ?? 0);

/** What SQLite threw as a Fault that names the file and the remedy; anything else as it is. */
export function sqliteFault(thrown: unknown, path: string): unknown {
  const mend = REMEDIES[sqliteCode(thrown) ?? 0];
  if (!mend) return thrown;
  const fault = new Fault(mend.code, `${mend.doing(path)} (${(thrown as Error).message})`, mend.remedy(path));
  fault.cause = thrown;
  return fault;
}

export function damageFault(path: string, finding: string): Fault {
  return new Fault('unavailable', `opening store ${path}: the file is damaged or no database (${finding})`, RESTORE(path));
}

const RESTORE = (path: string): string => `keep ${path} aside and put back a copy with "rollcall restore"`;

interface Mend {
  readonly code: 'unavailable' | 'conflict';
  doing(path: string): string;
  remedy(path: string): string;
}

const busy: Mend = {
  code: 'conflict',
  doing: (path) => `writing store ${path}: another process keeps it locked`,
  remedy: () => 'wait for it to finish, or stop it',
};
const damaged: Mend = {
  code: 'unavailable',
  doing: (path) => `reading store ${path}: the file is damaged or no database`,
  remedy: RESTORE,
};

const REMEDIES: Readonly<Record<number, Mend>> = {
  [BUSY]: busy,
  [LOCKED]: busy,
  [READONLY]: {
    code: 'unavailable',
    doing: (path) => `writing store ${path}: it may not be written`,
    remedy: (path) => `make ${path} and its folder writable for this user, or use another --data`,
  },
  [IOERR]: {
    code: 'unavailable',
    doing: (path) => `using store ${path}: the disk failed`,
    remedy: (path) => `check the disk under ${path} and its free space`,
  },
  [CORRUPT]: damaged,
  [FULL]: {
    code: 'unavailable',
    doing: (path) => `writing store ${path}: the disk is full`,
    remedy: (path) => `free some space on the disk of ${path}`,
  },
  [CANTOPEN]: {
    code: 'unavailable',
    doing: (path) => `opening store ${path}: the file cannot be opened`,
    remedy: (path) => `make ${path} and its folder readable and writable for this user, or use another --data`,
  },
  [NOTADB]: damaged,
};
