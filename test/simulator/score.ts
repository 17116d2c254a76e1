import type { ChangeDraft, Instant, Millis } from '../../src/core/index.ts';
import { HOUR, MINUTE } from '../make/device.ts';
import type { Judge } from './policies.ts';
import { trace, type Watch } from './trace.ts';
import { DAY, isThere, START, type Unit } from './world.ts';

interface Told {
  readonly at: Instant;
  readonly kind: ChangeDraft['kind'];
  readonly key: string | null;
}

export interface Found {
  /** Of what was told, the share that was true. */
  readonly precision: number;
  /** Of what happened and lasted, the share that was told. */
  readonly recall: number;
  readonly medianDelay: Millis;
  readonly p90Delay: Millis;
  readonly told: number;
}

export interface Score {
  readonly policy: string;
  readonly arrivals: Found;
  readonly departures: Found;
  readonly falseDepartures: number;
  /** Who was said to have left and had not. */
  readonly falselyLeft: readonly string[];
  readonly falsePerDeviceDay: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly events: readonly Told[];
}

/** An absence or stay shorter than this is asked of nobody: the longest tolerance could not tell it from sleep. */
const LASTS: Millis = 2.5 * HOUR;

/** Plays one trace to all judges and holds what they tell against the truth. `after`: only what happens then is scored. */
export async function play(units: readonly Unit[], watch: Watch, judges: readonly Judge[], after: Instant = START): Promise<Score[]> {
  const events = judges.map((): Told[] => []);
  for (const look of trace(units, watch)) {
    for (const [i, judge] of judges.entries()) {
      for (const { at, draft } of await judge.look(look)) {
        const known = draft.device === null ? undefined : judge.devices().get(draft.device);
        const key = known?.macs[0]?.mac ?? known?.addresses[0]?.address ?? null;
        events[i]?.push({ at, kind: draft.kind, key });
      }
    }
  }
  return judges.map(({ name }, i) => scoreOf(name, events[i] ?? [], { units, watch, after }));
}

interface Truth {
  readonly units: readonly Unit[];
  readonly watch: Watch;
  readonly after: Instant;
}

function scoreOf(policy: string, all: readonly Told[], { units, watch, after }: Truth): Score {
  const events = all.filter(({ at }) => at >= after);
  const byKey = Map.groupBy(events, ({ key }) => key);
  const told = (kinds: readonly string[], isTrue: (unit: Unit, at: Instant) => boolean): { right: number; wrong: number } => {
    const found = units.flatMap((unit) =>
      (byKey.get(unit.key) ?? []).filter(({ kind }) => kinds.includes(kind)).map(({ at }) => isTrue(unit, at)),
    );
    return { right: found.filter(Boolean).length, wrong: found.filter((one) => !one).length };
  };
  const end = START + watch.days * DAY;
  const left = told(['device.left'], (unit, at) => !isThere(unit, at));
  const came = told(['device.appeared', 'device.returned'], (unit, at) => isNews(unit, at, all));
  const gone = units.flatMap((unit) => delays(unit, byKey, { kinds: ['device.left'], moments: departures(unit, after, end) }));
  const back = units.flatMap((unit) =>
    delays(unit, byKey, { kinds: ['device.appeared', 'device.returned'], moments: arrivals(unit, after, end) }),
  );
  const deviceDays =
    units.reduce((sum, { stays }) => sum + stays.reduce((time, [from, to]) => time + overlap(from, to, { after, end }), 0), 0) / DAY;
  return {
    policy,
    arrivals: foundOf(came, back),
    departures: foundOf(left, gone),
    falseDepartures: left.wrong,
    falselyLeft: units
      .filter((unit) => (byKey.get(unit.key) ?? []).some(({ kind, at }) => kind === 'device.left' && isThere(unit, at)))
      .map(({ key }) => key),
    falsePerDeviceDay: left.wrong / Math.max(deviceDays, 1),
    counts: Object.fromEntries([...Map.groupBy(events, ({ kind }) => kind)].map(([kind, some]) => [kind, some.length])),
    events,
  };
}

const overlap = (from: Instant, to: Instant, { after, end }: { after: Instant; end: Instant }): Millis =>
  Math.max(0, Math.min(to, end) - Math.max(from, after));

/** Whether the unit really came since it was last told to be here: a return from a false departure is no news. */
function isNews(unit: Unit, at: Instant, all: readonly Told[]): boolean {
  const before = all.findLast(
    (one) => one.key === unit.key && one.at < at && (one.kind === 'device.appeared' || one.kind === 'device.returned'),
  );
  return isThere(unit, at) && (before === undefined || unit.stays.some(([from]) => from > before.at && from <= at));
}

type Moment = readonly [at: Instant, until: Instant];

/** When it really left for long, and until when that can be told. */
function departures({ stays }: Unit, after: Instant, end: Instant): Moment[] {
  const ends = stays.map(([, to], i): Moment => [to, Math.min(stays[i + 1]?.[0] ?? end, end)]);
  return ends.filter(([at, until], i) => at >= after && until - at >= LASTS && lasting(stays[i]));
}

/** When it really came after a long absence, for long. */
function arrivals({ stays }: Unit, after: Instant, end: Instant): Moment[] {
  return stays
    .filter((stay, i) => stay[0] >= after && stay[0] - (stays[i - 1]?.[1] ?? 0) >= LASTS && lasting(stay))
    .map(([from, to]): Moment => [from, Math.min(to, end)])
    .filter(([from, until]) => until - from >= HOUR);
}

const lasting = (stay: readonly [number, number] | undefined): boolean => stay !== undefined && stay[1] - stay[0] >= HOUR;

function delays(
  unit: Unit,
  byKey: ReadonlyMap<string | null, readonly Told[]>,
  { kinds, moments }: { kinds: readonly string[]; moments: readonly Moment[] },
): (Millis | null)[] {
  const told = (byKey.get(unit.key) ?? []).filter(({ kind }) => kinds.includes(kind));
  return moments.map(([from, until]) => {
    const hit = told.find(({ at }) => at >= from && at < until);
    return hit === undefined ? null : hit.at - from;
  });
}

function foundOf({ right, wrong }: { right: number; wrong: number }, all: readonly (Millis | null)[]): Found {
  const known = all.filter((delay) => delay !== null).sort((a, b) => a - b);
  const at = (share: number): Millis => known[Math.min(known.length - 1, Math.floor(known.length * share))] ?? 0;
  return {
    precision: right + wrong === 0 ? 1 : right / (right + wrong),
    recall: all.length === 0 ? 1 : known.length / all.length,
    medianDelay: at(0.5),
    p90Delay: at(0.9),
    told: right + wrong,
  };
}

/** In one line, for people. */
export function lineOf({ policy, arrivals: came, departures: gone, falseDepartures, falsePerDeviceDay }: Score): string {
  const part = (name: string, { precision, recall, medianDelay, p90Delay }: Found): string =>
    `${name} precision ${precision.toFixed(3)} recall ${recall.toFixed(3)} delay ${(medianDelay / MINUTE).toFixed(1)}/${(p90Delay / MINUTE).toFixed(1)} min`;
  return `${policy}: ${part('arrivals', came)}; ${part('departures', gone)}; false ${falseDepartures} (${falsePerDeviceDay.toFixed(5)} a device-day)`;
}
