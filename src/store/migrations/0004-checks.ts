import { sql } from 'kysely';
import type { Migration } from './migrate.ts';

/**
 * Beside when a device was seen at an address, the table of sightings says when a port was last asked what it serves: its
 * key is the key of the fact. Older programs would take checks of ports for addresses that nobody has.
 */
export const checks: Migration = {
  name: '0004-checks',
  async up(db) {
    await sql`alter table sighting rename column address to key`.execute(db);
  },
};
