import type { Migration } from './migrate.ts';

/** Devices that a scan harmed, and their release, are new kinds of changes: an older program would misread them. No table changes. */
export const governor: Migration = { name: '0007-governor', up: async () => {} };
