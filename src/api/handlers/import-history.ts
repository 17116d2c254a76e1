import type { ImportJson } from '../../contract/index.ts';
import { untrusted } from '../../core/index.ts';
import type { HistoryResult } from '../../watch/index.ts';
import { operations } from '../operations.ts';

export const importHandler = () =>
  operations.importHistory.handler(async ({ context, input: { files, from, zone, covers, dryRun } }) => {
    const given = [files].flat().map((file) => ({ name: untrusted(file.name), bytes: file.stream() }));
    const result = await context.keeper.importHistory({ files: given, from: from ?? null, zone, covers: [covers].flat(), dryRun });
    return importToJson(result);
  });

function importToJson({ at, firstAt, lastAt, sources, refused, devices, ...rest }: HistoryResult): ImportJson {
  return {
    ...rest,
    devices: { ...devices },
    at: iso(at),
    firstAt: isoOrNull(firstAt),
    lastAt: isoOrNull(lastAt),
    files: sources.map((source) => ({
      ...source,
      firstAt: isoOrNull(source.firstAt),
      lastAt: isoOrNull(source.lastAt),
      notes: [...source.notes],
    })),
    refused: { count: refused.count, first: refused.first.map((line) => ({ ...line })) },
  };
}

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));
