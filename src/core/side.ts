import { bad, good, type Result } from './fault.ts';
import type { ScanId } from './scan.ts';
import { type Instant, parseMoment } from './time.ts';

/**
 * What the stored side of a comparison can be. `target`: id or text of a target, any address, block or range, or the
 * site's name; null and the site's name mean everything.
 */
export type Side =
  | { readonly kind: 'scan'; readonly id: ScanId }
  | { readonly kind: 'moment'; readonly target: string | null; readonly at: Instant }
  | { readonly kind: 'now'; readonly target: string | null }
  | { readonly kind: 'baseline'; readonly target: string | null };

const REMEDY =
  'write a scan ("31"), "now", "baseline", or a target and a moment ("home@2026-03-01T03:00Z", "192.168.1.0/24@1d", "@yesterday")';

/**
 * Reads a side: "31" or "scan:31", "now", "baseline", or TARGET@WHEN, where no TARGET means everything and WHEN is "now",
 * "baseline", "yesterday" (24 hours before now, to the second like "1d") or a moment. `momentOf` reads the moments:
 * callers in a time zone bring their own.
 */
export function parseSide(text: string, now: Instant, momentOf: MomentReader = parseMoment): Result<Side> {
  const scan = /^(?:scan:)?(\d{1,15})$/.exec(text);
  if (scan) return good({ kind: 'scan', id: Number(scan[1]) });
  if (text === 'now' || text === 'baseline') return good({ kind: text, target: null });
  const split = text.lastIndexOf('@');
  if (split < 0) return bad(`reading side ${shown(text)}: it says no moment`, REMEDY);
  const [target, when] = [text.slice(0, split) || null, text.slice(split + 1)];
  if (when === 'now' || when === 'baseline') return good({ kind: when, target });
  const at = momentOf(when === 'yesterday' ? '1d' : when, now);
  return at.ok ? good({ kind: 'moment', target, at: at.value }) : bad(`reading side ${shown(text)}: ${at.reason}`, REMEDY);
}

export type MomentReader = (text: string, now: Instant) => Result<Instant>;

/** Text that {@link parseSide} reads back, whenever and wherever it is read. */
export function formatSide(side: Side): string {
  if (side.kind === 'scan') return `scan:${side.id}`;
  const when = side.kind === 'moment' ? new Date(side.at).toISOString() : side.kind;
  return `${side.target ?? ''}@${when}`;
}

/** The side, looking only at this target unless it says itself what it looks at. */
export function sideWithin(side: Side, target: string | null): Side {
  return side.kind === 'scan' || side.target !== null ? side : { ...side, target };
}

const shown = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text);
