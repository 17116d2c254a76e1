import { type AttendeeJson, MOST_TIMELINES, type TimelineJson } from '../../contract/index.ts';
import { type Device, type DeviceId, deviceName, Fault, type Instant } from '../../core/index.ts';
import type { Session } from '../../watch/index.ts';
import { chosenAmong } from '../chosen.ts';
import type { ApiContext } from '../context.ts';
import { typeOf } from '../guesses.ts';
import { partSaid } from '../json/part.ts';
import { instantOrNull, instantToJson, readMoment } from '../moment.ts';
import { nowOf } from '../now.ts';
import { operations } from '../operations.ts';
import { mapInSlices } from '../slices.ts';

export const presenceHandlers = () => ({
  who: operations.presence.who.handler(async ({ context, input: { presence, sort, filter } }) => {
    const { keeper } = context;
    const since = await keeper.presenceSince();
    const here = keeper.roll().devices.filter((device) => device.presence === presence);
    const devices = await chosenAmong(context, here, { filter });
    const sinceOf = ({ id }: Device): Instant => since.get(id) ?? 0;
    const ordered = devices.toSorted((a, b) => byOwner(a, b) || SORTS[sort](a, b, sinceOf) || a.id - b.id);
    return mapInSlices(ordered, (device) => attendeeToJson(device, since));
  }),
  timeline: operations.presence.timeline.handler(async ({ context, input: { device, filter, since, until } }) => {
    const now = nowOf(context);
    const asked = until === undefined ? Number.POSITIVE_INFINITY : readMoment(until, now);
    const stretch = { since: readMoment(since, now), until: Math.min(now, asked) };
    if (stretch.since >= stretch.until)
      throw new Fault(
        'bad-input',
        `telling a timeline since ${instantToJson(stretch.since)}: that is its end, or after it`,
        'begin it earlier',
      );
    const parts = partsNamed(context, device);
    const timelines: TimelineJson[] = [];
    for (const one of await meant(context, { device, filter })) {
      // The keeper knows what now is: what lasts until then has no end.
      const sessions = await context.keeper.sessionsOf(one, { since: stretch.since, until: asked });
      timelines.push({ ...timelineOf(one, sessions, stretch), ...partSaid(parts.get(one.id)) });
    }
    return timelines;
  }),
});

/** People with their devices first, by name. */
function byOwner({ labels: { owner: a } }: Device, { labels: { owner: b } }: Device): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a.localeCompare(b);
}

type Sort = (a: Device, b: Device, sinceOf: (device: Device) => Instant) => number;

const SORTS: Readonly<Record<'longest' | 'recent' | 'name', Sort>> = {
  longest: (a, b, sinceOf) => sinceOf(a) - sinceOf(b),
  recent: (a, b, sinceOf) => sinceOf(b) - sinceOf(a),
  name: (a, b) => (deviceName(a) ?? '\uffff').localeCompare(deviceName(b) ?? '\uffff'),
};

function attendeeToJson(device: Device, since: ReadonlyMap<DeviceId, Instant>): AttendeeJson {
  const { id, labels, addresses, presence, lastSeen } = device;
  const type = typeOf(device);
  return {
    id,
    name: deviceName(device),
    owner: labels.owner,
    type,
    guessed: type !== null && labels.type === null,
    addresses: addresses.map(({ address }) => address),
    presence,
    since: instantOrNull(since.get(id) ?? null),
    lastSeen: instantToJson(lastSeen),
  };
}

interface Choice {
  readonly device: string | readonly string[] | undefined;
  readonly filter: string | undefined;
}

async function meant(context: ApiContext, { device, filter }: Choice): Promise<readonly Device[]> {
  const named = device === undefined ? undefined : [device].flat().map((reference) => context.keeper.findDevice(reference));
  if (named === undefined && filter === undefined)
    throw new Fault('bad-input', 'telling a timeline: of no device', 'name one, or give a filter');
  const distinct = [...new Map((named ?? context.keeper.roll().devices).map((one) => [one.id, one])).values()];
  const devices = await chosenAmong(context, distinct, { filter });
  if (devices.length <= MOST_TIMELINES) return devices;
  throw new Fault('bad-input', `telling the timelines of ${devices.length} devices: ${MOST_TIMELINES} are the most`, 'choose fewer');
}

/** Merged devices that were asked for, by what they are part of. */
function partsNamed({ keeper }: ApiContext, device: Choice['device']): ReadonlyMap<DeviceId, Device> {
  return new Map(
    [device ?? []].flat().flatMap((reference) => {
      const part = keeper.partNamed(reference);
      return part ? [[keeper.findDevice(reference).id, part] as const] : [];
    }),
  );
}

/** Sessions in one answer for one device: one that flaps each minute for a week still fits. */
const MOST_SESSIONS = 20_000;

function timelineOf(device: Device, all: readonly Session[], stretch: { since: Instant; until: Instant }): TimelineJson {
  const sessions = all.slice(-MOST_SESSIONS);
  const cut = sessions.length < all.length;
  const { until } = stretch;
  const since = cut ? (sessions[0]?.from ?? stretch.since) : stretch.since;
  const seconds = { present: 0, away: 0, unknown: 0 };
  for (const { presence, from, to } of sessions) seconds[presence] += ((to ?? until) - from) / 1000;
  const known = seconds.present + seconds.away;
  return {
    device: { id: device.id, name: deviceName(device) },
    since: instantToJson(since),
    until: instantToJson(until),
    sessions: sessions.map(({ presence, from, to }) => ({ presence, from: instantToJson(from), to: instantOrNull(to) })),
    cut,
    seconds,
    share: known === 0 ? null : seconds.present / known,
  };
}
