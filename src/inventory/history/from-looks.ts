import type { Device, DeviceId, Fact, Instant, Millis, ScanReport, SpanDelta } from '../../core/index.ts';
import { foldScan } from '../apply-scan.ts';
import { DEFAULT_WINDOW } from '../presence.ts';
import { type Roll, rollOf } from '../roll.ts';
import { settled } from './from-records.ts';
import type { PastDevice, PastFact, Stretch } from './past-device.ts';

/**
 * Devices out of scans that others made, oldest first: what watching with them would have remembered. A look that
 * missed a device it covered calls it away after the usual window; between looks that saw it, it was there.
 */
export function* pastOfLooks(looks: readonly ScanReport[], site: string): Generator<void, PastDevice[]> {
  const stale = Math.max(DEFAULT_WINDOW, 2 * cadenceOf(looks));
  const tracks = new Map<DeviceId, Track>();
  let roll = rollOf(site, [], 0);
  for (const { observations, coverage, startedAt, finishedAt: at } of looks) {
    const rules = { at, watchedSince: null, windowOf: () => DEFAULT_WINDOW, staleAfter: () => stale };
    const fold = yield* foldScan(roll, { observations, coverage, startedAt }, rules);
    roll = fold.roll;
    for (const delta of fold.spans) trackOf(tracks, delta.device).take(delta, at);
    yield;
  }
  return devicesOf(roll, tracks, looks.at(-1)?.finishedAt ?? 0);
}

/** How far apart looks usually are: half of them are closer. */
function cadenceOf(looks: readonly ScanReport[]): Millis {
  const gaps = looks.slice(1).map(({ finishedAt }, i) => finishedAt - (looks[i] as ScanReport).finishedAt);
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
}

const devicesOf = (roll: Roll, tracks: ReadonlyMap<DeviceId, Track>, end: Instant): PastDevice[] =>
  [...roll.devices.values()].flatMap((device) => {
    const track = tracks.get(device.id);
    return track ? [pastOf(device, track, end)] : [];
  });

function pastOf(device: Device, track: Track, end: Instant): PastDevice {
  const { lastSeen } = device;
  const all = track.ended();
  const presence = all.flatMap(({ fact, from, to }) => stretchOf(fact, from, to ?? (isPresent(fact) ? lastSeen + DEFAULT_WINDOW : end)));
  return {
    macs: device.macs,
    presence: settled(presence),
    facts: all.filter(({ fact: { kind } }) => kind !== 'presence' && kind !== 'rhythm'),
    seenAt: new Map(device.addresses.map(({ address, seenAt }) => [address, seenAt])),
    firstSeen: device.firstSeen,
    lastSeen,
    said: {},
  };
}

const isPresent = ({ value }: Fact): boolean => value === 'present';

/** Unknown time is the time of which nothing is told. */
function stretchOf({ kind, value }: Fact, from: Instant, to: Instant): Stretch[] {
  const presence = value.split('@')[0];
  return kind === 'presence' && (presence === 'present' || presence === 'away') && to > from ? [{ value: presence, from, to }] : [];
}

/** The spans of one device, as they end and begin. */
class Track {
  readonly #ended: PastFact[] = [];
  readonly #open = new Map<string, { readonly fact: Fact; readonly from: Instant }>();

  take({ close, open, past = [] }: SpanDelta, at: Instant): void {
    for (const end of close) {
      const key = `${end.kind} ${end.key}`;
      const ending = this.#open.get(key);
      this.#open.delete(key);
      if (ending) this.#add({ ...ending, to: end.at ?? at });
    }
    for (const { fact, from, to } of past) this.#add({ fact, from, to });
    for (const { from = at, ...fact } of open) this.#open.set(`${fact.kind} ${fact.key}`, { fact, from });
  }

  #add(span: PastFact & { readonly to: Instant }): void {
    if (span.to > span.from) this.#ended.push(span);
  }

  ended(): readonly PastFact[] {
    return [...this.#ended, ...[...this.#open.values()].map((span) => ({ ...span, to: null }))];
  }
}

function trackOf(tracks: Map<DeviceId, Track>, id: DeviceId): Track {
  const track = tracks.get(id) ?? new Track();
  tracks.set(id, track);
  return track;
}
