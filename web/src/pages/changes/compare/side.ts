import { momentOf } from '../past/moment.ts';

/** How somebody may name a side of a comparison. */
export const WAYS = ['now', 'baseline', 'yesterday', 'moment', 'scan'] as const;

export type Way = (typeof WAYS)[number];

/** A side as it is edited: how it is named, and the moment (epoch ms) or number of the scan where the way needs it. */
export interface Side {
  readonly way: Way;
  readonly at: number | null;
  readonly scan: number | null;
}

/** The side a text of the contract means: "now", "@yesterday", "@2026-11-21T03:00Z", "31". */
export function sideOf(text: string | null, otherwise: Way): Side {
  const said = (text ?? '').replace(/^@/, '');
  if (said === 'now' || said === 'baseline' || said === 'yesterday') return { way: said, at: null, scan: null };
  if (/^\d{1,15}$/.test(said)) return { way: 'scan', at: null, scan: Number(said) };
  const at = momentOf(said);
  return at === null ? { way: otherwise, at: null, scan: null } : { way: 'moment', at, scan: null };
}

/** As the contract has it; null: it is not whole yet. */
export function textOf({ way, at, scan }: Side): string | null {
  if (way === 'now' || way === 'baseline') return way;
  if (way === 'yesterday') return '@yesterday';
  if (way === 'scan') return scan === null ? null : String(scan);
  return at === null ? null : `@${new Date(at).toISOString()}`;
}
