import type { OffsetAt } from '../local-time.ts';
import { type Offsets, posixZone } from './posix-zone.ts';
import { usualSummers } from './usual-summers.ts';
import { zoneFromFile } from './zone-file.ts';

const HERE = '/etc/localtime';

export interface ZoneSources {
  /** TZ; undefined when it is not set. */
  readonly name: string | undefined;
  /** Where the files of the time zone database are. */
  readonly folder: string;
  /** null for a file that cannot be read. */
  read(path: string): Uint8Array | null;
}

const UTC: OffsetAt = () => 0;

/** The zone that programs of this machine take: a file of the database, else rules in the name itself, else UTC. */
export function findZone({ name, folder, read }: ZoneSources): OffsetAt {
  if (name === '') return UTC;
  const usual = (offsets: Offsets): OffsetAt | null => {
    const rules = read(`${folder}/posixrules`);
    return rules && usualSummers(rules, offsets);
  };
  const text = name?.replace(/^:/, '') ?? HERE;
  const bytes = read(text.startsWith('/') ? text : `${folder}/${text}`);
  return (bytes && zoneFromFile(bytes)) ?? posixZone(text, usual) ?? UTC;
}
