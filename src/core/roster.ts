/** Forms in which a table of devices is written and read. */
export const ROSTER_FORMATS = ['csv', 'json'] as const;
export type RosterFormat = (typeof ROSTER_FORMATS)[number];
