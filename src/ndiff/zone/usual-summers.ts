import type { OffsetAt } from '../local-time.ts';
import type { Offsets } from './posix-zone.ts';
import { type Kind, readZoneFile, zoneByTable } from './zone-file.ts';

/**
 * A zone whose name does not say when its summers are, from the file of the usual ones, which are those of New York. As
 * glibc makes it: changes are moved the wrong way round, those out of summer by too much, and after the last one the zone is
 * New York itself. null for a file of no use.
 */
export function usualSummers(bytes: Uint8Array, { standard, summer }: Offsets): OffsetAt | null {
  const table = readZoneFile(bytes);
  const usual = table?.changes.findLast(([, { isSummer }]) => !isSummer)?.[1].offset;
  if (!table || usual === undefined) return null;
  const own = (kind: Kind): Kind => ({ ...kind, offset: kind.isSummer ? summer : standard });
  let inSummer = false;
  const changes = table.changes.map(([time, kind]) => {
    const byClock = inSummer && !kind.inStandard ? summer : standard - usual;
    inSummer = kind.isSummer;
    return [kind.inUt ? time : time + byClock, own(kind)] as const;
  });
  return zoneByTable({ ...table, changes, before: own({ ...table.before, isSummer: false }) });
}
