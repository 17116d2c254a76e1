import type { Instant } from '../../core/index.ts';

/** A moment as the name of a file has it: UTC, to the second, sorted as it passed, without signs that file systems refuse. */
export const stampOf = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19).replaceAll(':', '')}Z`;

/** The moment of a stamp ("2026-11-27T210500Z"); NaN when it is none. */
export function momentOf(stamp: string): Instant {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2})(\d{2})(\d{2})Z$/.exec(stamp);
  return match ? Date.parse(`${match[1]}:${match[2]}:${match[3]}Z`) : Number.NaN;
}
