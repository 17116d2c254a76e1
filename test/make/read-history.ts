import type { History, HistoryOptions } from '../../src/core/index.ts';
import { createHistoryReader } from '../../src/probes/index.ts';
import { historyFile, historyOptions } from './history.ts';

/** What a file says, read in chunks of so many bytes. */
export function readHistory(
  content: string | Uint8Array,
  options: Partial<HistoryOptions> & { readonly name?: string; readonly chunk?: number } = {},
): Promise<History> {
  const { name = 'file', chunk, ...rest } = options;
  return createHistoryReader().read([historyFile(name, content, chunk)], historyOptions(rest));
}

const stretch = (from: number, to: number): string => `${iso(from)}..${from === to ? '' : iso(to)}`;
const iso = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** Sessions in words: "02:00:5e:00:00:01 10.0.0.1 2025-01-01 08:00:00..2025-01-01 09:00:00". */
export function sessionLines({ records }: History): string[] {
  return records.flatMap(({ mac, sessions }) =>
    [...sessions].map(({ presence, address, from, to }) => `${mac} ${address} ${stretch(from, to)}${presence === 'away' ? ' away' : ''}`),
  );
}

export const reasons = ({ refused }: History): string[] => refused.first.map(({ line, reason }) => `${line}: ${reason}`);
