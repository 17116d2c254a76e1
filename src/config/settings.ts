import { formatDuration, type QuietWindow } from '../core/index.ts';
import { type Config, DEFAULTS } from './config.ts';
import { keysAt } from './schema/file.ts';

/** One key of the config file, and what holds. */
export interface Setting {
  /** Table and key as written in the file. */
  readonly table: string;
  readonly key: string;
  /** As it is written in the file; null: none. "***" for what may hold a password. */
  readonly value: string | null;
  /** What holds where the file is silent. */
  readonly usual: string | null;
  readonly from: 'file' | 'usual';
  /** Where the file says it. */
  readonly line: number | null;
  /** Another value holds only after a restart. */
  readonly restart: boolean;
}

/** Tables of single settings. Lists of tables (targets, rules, channels, ...) are shown by what is made of them. */
const TABLES = [
  'site',
  'http',
  'presence',
  'names',
  'listen',
  'keep',
  'nmap',
  'sweep',
  'services',
  'scan',
  'guard',
  'store',
  'mail',
  'alerts',
  'mqtt',
  'oidc',
  'self',
] as const satisfies readonly (keyof Config)[];

/** Where things lie and listen is settled when the daemon starts. */
const AT_START: readonly string[] = ['site', 'http', 'store', 'oidc'];

/** Addresses that may have a password in them. */
const SECRETIVE: ReadonlySet<string> = new Set(['store.url', 'mail.url', 'mqtt.url', 'oidc.secret']);

/** Numbers that are lengths of time. */
const LENGTHS: ReadonlySet<string> = new Set([
  'presence.window',
  'presence.floor',
  'presence.ceiling',
  'names.refresh',
  'keep.singles',
  'keep.raw',
  'alerts.keep',
]);

/** Every single setting with what holds, in the order of the file's tables. */
export const settingsOf = (config: Config): readonly Setting[] =>
  TABLES.flatMap((table) => keysAt([table]).map((key) => settingAt(config, table, key)));

function settingAt(config: Config, table: (typeof TABLES)[number], key: string): Setting {
  const path = `${table}.${key}`;
  const field = key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const line = config.said?.lines[path] ?? null;
  const valueIn = (whole: Config): string | null => written(path, Reflect.get(whole[table], field));
  return {
    table,
    key,
    value: valueIn(config),
    usual: valueIn(DEFAULTS),
    from: line === null ? 'usual' : 'file',
    line,
    restart: AT_START.includes(table),
  };
}

/** As TOML has it. */
function written(path: string, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (SECRETIVE.has(path)) return '***';
  if (typeof value === 'number' && LENGTHS.has(path)) return JSON.stringify(formatDuration(value));
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    return JSON.stringify(isWindows(list) ? list.map(({ text }) => text) : list);
  }
  return JSON.stringify(value);
}

const isWindows = (list: readonly unknown[]): list is readonly QuietWindow[] =>
  list.every((one) => typeof one === 'object' && one !== null && 'text' in one);
