import type { ViewEntry } from '../core/index.ts';
import { deviceSide, presenceSides } from './compare-devices.ts';
import { differing, type Findings, isOldNews, NOTHING, neverLooked, notKnown, type Seen, unasked } from './compare-known.ts';
import type { MatchedSide } from './match-views.ts';
import { mayBeSame } from './pair-entries.ts';
import { covers, lastPlaces } from './places.ts';

/**
 * A device that only one side lists. It left or appeared only where the other side looked everywhere it was seen last,
 * and did not see it under another guise.
 */
export function compareAlone(seen: Seen, side: 'a' | 'b', other: MatchedSide): Findings {
  const { device } = seen;
  if (device.presence === 'away') return NOTHING;
  const silent = side === 'a' ? 'b' : 'a';
  const taken = otherwiseTaken(seen.entry, other);
  if (taken !== undefined) return notKnown({ what: 'device', side: silent, text: `${taken} answered, and was taken for another device` });
  const places = lastPlaces(device.addresses);
  const missed = places.filter((place) => !covers(other.view.coverage, place)).map(({ address }) => address);
  if (places.length === 0 || missed.length > 0) return notKnown(unasked(silent, missed));
  if (device.presence === 'unknown') return notKnown(neverLooked(side));
  if (isOldNews(seen, device.lastSeen, other.view))
    return notKnown({ what: 'device', side, text: 'nobody has seen it since the other side missed it' });
  if (side === 'b') return differing({ kind: 'device.appeared', before: null, after: deviceSide(device) });
  return differing({ kind: 'device.left', ...presenceSides(device, { ...device, presence: 'away' }) });
}

/** An address that answered on the other side for somebody who may be this device, and was paired with one that is not. */
function otherwiseTaken(entry: ViewEntry, { view: { entries }, holders }: MatchedSide): string | undefined {
  return entry.addresses.find((address) => holders.get(address)?.some((place) => mayBeSame(entry, entries[place] as ViewEntry)));
}
