const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** What a slider shows, in epoch ms. */
export interface Range {
  readonly since: number;
  readonly until: number;
}

export const WINDOWS = { '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY } as const;

export type WindowName = keyof typeof WINDOWS | 'all';

/** The part of what is remembered that one looks at; never shorter than a minute. */
export function rangeOf(first: number, until: number, window: WindowName): Range {
  const since = window === 'all' ? first : Math.max(first, until - WINDOWS[window]);
  return { since: Math.min(since, until - MINUTE), until };
}

export const within = (at: number, { since, until }: Range): number => Math.min(until, Math.max(since, at));

/** Where in a range a moment stands: 0 to 1. */
export const shareOf = (at: number, range: Range): number => (within(at, range) - range.since) / (range.until - range.since);

/** The moment at a share of a range, to the second. */
export const momentAt = (share: number, { since, until }: Range): number =>
  Math.round((since + Math.min(1, Math.max(0, share)) * (until - since)) / 1000) * 1000;

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -MINUTE,
  ArrowRight: MINUTE,
  ArrowDown: -HOUR,
  ArrowUp: HOUR,
  PageDown: -DAY,
  PageUp: DAY,
};

/** Where a key leads from a moment; null: the key means nothing here. */
export function stepped(at: number, key: string, range: Range): number | null {
  if (key === 'Home') return range.since;
  if (key === 'End') return range.until;
  const step = STEPS[key];
  return step === undefined ? null : within(at + step, range);
}

/** The moment an address names; null: now. */
export function momentOf(text: string | null): number | null {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? null : at;
}

/** As a field for local date and time has it, to the second. */
export function toField(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * MINUTE);
  return local.toISOString().slice(0, 19);
}

/** Many counts of families, slot by slot, as one; the highest is at least 1, so that it can be drawn. */
export function barsOf(
  families: Readonly<Record<string, readonly number[] | undefined>>,
  slots: number,
): { bars: number[]; highest: number } {
  const bars = Array.from({ length: slots }, (_, slot) => Object.values(families).reduce((sum, counts) => sum + (counts?.[slot] ?? 0), 0));
  return { bars, highest: Math.max(1, ...bars) };
}
