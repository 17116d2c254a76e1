/** By what services are put together. */
export const WAYS = ['port', 'product', 'certificate'] as const;

export type Way = (typeof WAYS)[number];

export interface Asked {
  readonly by: Way;
  readonly filter: string;
}

/** What an address asks for; what it does not know it leaves out. */
export const askedOf = (search: URLSearchParams): Asked => ({
  by: WAYS.find((way) => way === search.get('by')) ?? 'port',
  filter: search.get('filter')?.trim() ?? '',
});

export const addressOf = ({ by, filter }: Asked): Record<string, string> => ({
  ...(by !== 'port' && { by }),
  ...(filter !== '' && { filter }),
});

/** How near the end of a certificate is: over, soon (within 30 days), later, or it does not say. */
export function endingOf(daysLeft: number | null): 'over' | 'soon' | 'later' | 'unknown' {
  if (daysLeft === null) return 'unknown';
  if (daysLeft < 0) return 'over';
  return daysLeft <= SOON ? 'soon' : 'later';
}

const SOON = 30;
