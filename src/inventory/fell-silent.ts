import { type ChangeDraft, deviceName, type Instant, type JsonObject, mergeRanges, NO_COVERAGE, type ScanReport } from '../core/index.ts';
import { coversLastPlaces } from '../diff/index.ts';
import type { Segment } from './outage-census.ts';
import type { PresenceRules } from './presence.ts';
import { answeredIn } from './presence-leavers.ts';
import type { Roll } from './roll.ts';

interface Look {
  readonly roll: Roll;
  readonly report: Pick<ScanReport, 'observations'>;
  readonly rules: PresenceRules;
  readonly segments: readonly Segment[];
}

/** Most devices named of those that fell silent together. */
export const SILENT_NAMED = 16;

/** The changes, those of lost segments with some of who fell silent: later nobody could tell when each was seen last. */
export const namingSilent = (drafts: readonly ChangeDraft[], look: Look): readonly ChangeDraft[] =>
  drafts.map((draft) =>
    draft.kind === 'segment.lost' ? { ...draft, after: { ...draft.after, silent: silentIn(draft.after, look) } } : draft,
  );

function silentIn(after: ChangeDraft['after'], { roll, report, rules, segments }: Look): JsonObject[] {
  const segment = segments.find(({ target }) => target === after?.['target']);
  if (!segment) return [];
  const here = { ...NO_COVERAGE, addresses: mergeRanges(segment.ranges) };
  const answered = answeredIn(report.observations);
  const [since, until] = [momentOf(after?.['heardSince']) ?? Number.NEGATIVE_INFINITY, momentOf(after?.['since']) ?? rules.at];
  const silent = [...roll.devices.values()].filter(
    (device) =>
      device.presence !== 'away' &&
      device.lastSeen >= since &&
      device.lastSeen < until &&
      !answered(device) &&
      coversLastPlaces(here, device.addresses, rules.isAsked),
  );
  return silent.slice(0, SILENT_NAMED).map((device) => {
    const [place] = device.addresses;
    return { id: device.id, name: deviceName(device), address: place?.address ?? null };
  });
}

function momentOf(value: unknown): Instant | null {
  const moment = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(moment) ? null : moment;
}
