import { bad, good, type Result } from './fault.ts';

/** Moments are epoch milliseconds (UTC); lengths of time are milliseconds. Order is the sequence, never the clock. */
export type Instant = number;
export type Millis = number;

/** A place in a length of time that is always the same for one key (FNV-1a), so that many things are not due at once. */
export function placeWithin(key: string, length: Millis): Millis {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193) >>> 0;
  return hash % length;
}

const UNITS: Record<string, Millis> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Reads "45m", "1h30m", "500ms", "0s"; undefined for anything else (a bare number has no unit), or past exact counting. */
export function parseDuration(text: string): Millis | undefined {
  if (!/^(?:\d{1,9}(?:ms|[smhdw]))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)(ms|[smhdw])/g)) total += Number(count) * (UNITS[unit as string] as Millis);
  return Number.isSafeInteger(total) ? total : undefined;
}

const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?<zone>Z|[+-]\d{2}:\d{2})?)?$/i;

/** A moment as typed: ISO 8601 (UTC unless it names an offset), or a length of time back from now. */
export function parseMoment(text: string, now: Instant): Result<Instant> {
  const ago = parseDuration(text);
  if (ago !== undefined) return good(Math.max(0, now - ago));
  const iso = ISO.exec(text);
  const utc = text.length > 10 && !iso?.groups?.['zone'] ? `${text}Z` : text;
  const moment = iso ? Date.parse(utc.replace(' ', 'T')) : Number.NaN;
  if (!Number.isNaN(moment) && isDay(text)) return good(moment);
  const shown = JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text);
  return bad(
    `reading moment ${shown}: it is neither a time nor a length of time`,
    'write a time like 2026-11-21T03:00:00Z, or how long ago, like 1d or 90m',
  );
}

/** The language rolls February 30 over into March. */
const isDay = (text: string): boolean => new Date(`${text.slice(0, 10)}T00:00Z`).getUTCDate() === Number(text.slice(8, 10));

/** Text that parseDuration reads back, in days and less: "1h30m". */
export function formatDuration(length: Millis): string {
  let rest = Math.round(length);
  if (rest <= 0) return '0s';
  let text = '';
  for (const unit of ['d', 'h', 'm', 's', 'ms']) {
    const size = UNITS[unit] as Millis;
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text;
}

/** The last moment that can be written with four digits for the year. */
export const LAST_MOMENT: Instant = Date.UTC(9999, 11, 31);

/** What every room asks for the time, so tests can script it. */
export interface Clock {
  /** Wall clock; may jump. */
  now(): Instant;
  /** Never runs backwards; only differences mean anything. */
  monotonic(): Millis;
  /** Resolves after the time has passed, or at once when the signal stops. */
  sleep(length: Millis, signal?: StopSignal): Promise<void>;
}

/** The part of a web AbortSignal the pure rooms need; every AbortSignal is one. */
export interface StopSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
