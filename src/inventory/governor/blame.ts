import { type Device, type DeviceId, type DeviceType, isRandomizedMac, type Millis } from '../../core/index.ts';
import type { TypeOf } from '../people.ts';
import { shortestOf } from '../rhythm.ts';

/** What became of those whom a scan asked for ports: they answered when it came to them, and were asked whether they are there when it ended. */
export interface Aftermath {
  /** All that it had under way and that answered it. */
  readonly asked: readonly Device[];
  /** Who of them kept silent afterwards, though asked directly by every way there is. */
  readonly silent: ReadonlySet<DeviceId>;
  /** Whether anybody near them was asked afterwards, too, and answered: then we can see. null: nobody else is there to be asked. */
  readonly othersAnswer: boolean | null;
  /** How long the scan took. */
  readonly took: Millis;
  /** Moment of the judgement. */
  readonly at: number;
  readonly typeOf: TypeOf;
}

/** How often in a row each device fell silent under a scan without being blamed. A value: replaced, never edited. */
export type Suspicions = ReadonlyMap<DeviceId, number>;
export const NOBODY_SUSPECTED: Suspicions = new Map();

export interface Blamed {
  readonly device: DeviceId;
  /** Why it is the scan's doing and no coincidence; sentences. */
  readonly because: readonly string[];
}

export interface Blame {
  readonly blamed: readonly Blamed[];
  readonly suspicions: Suspicions;
  /** What was found and not blamed, and why. */
  readonly words: readonly string[];
}

/** More at once have one cause that is not each device's own: a segment that is lost, our own eyes. */
const ALONE = { most: 2, share: 1 / 10 } as const;
/** Whoever goes as often as this by itself may just have gone: once in 2,500 scans. A newcomer in a short one goes more seldom. */
const CHANCE = 1 / 2500;
/** So often in a row it is no coincidence, whoever it is. */
const REPEATED = 3;
const DAY: Millis = 86_400_000;
/** A silence of this class or longer was a leaving, not a lost reply: four minutes. */
const LEFT = 3;
/** Of a device about which nothing was learned. */
const PRIOR = 0.1;

/** Devices that sleep: one that stops answering in the middle of a night has gone to sleep. */
const SLEEPERS: ReadonlySet<DeviceType | null> = new Set<DeviceType>(['phone', 'tablet', 'watch', 'laptop', 'console', 'tv']);

/**
 * Whether a scan silenced those who answered it and then answered no more. A device that hardly ever leaves and does so just
 * now was harmed; one that comes and goes, or sleeps, only when it happens scan after scan. Many at once are nobody's fault.
 */
export function judgeAftermath(found: Aftermath, before: Suspicions): Blame {
  const silent = found.asked.filter(({ id }) => found.silent.has(id));
  const suspicions = withoutThoseWhoAnswer(before, found);
  if (silent.length === 0) return { blamed: [], suspicions, words: [] };
  const notTheirs = outerCause(found, silent.length);
  if (notTheirs !== null)
    return {
      blamed: [],
      suspicions: before,
      words: [`${silent.length} of ${found.asked.length} fell silent under the scan: ${notTheirs}`],
    };
  const judged = silent.map((device) => judgeOne(device, found, before.get(device.id) ?? 0));
  const next = new Map(suspicions);
  for (const { device, times, blamed } of judged)
    if (blamed) next.delete(device.id);
    else next.set(device.id, times);
  return {
    blamed: judged.flatMap(({ device, blamed, because }) => (blamed ? [{ device: device.id, because }] : [])),
    suspicions: next,
    words: judged.flatMap(({ device, blamed, because }) =>
      blamed ? [] : [`device ${device.id} fell silent under the scan and is not blamed: ${because.join('; ')}`],
    ),
  };
}

function withoutThoseWhoAnswer(before: Suspicions, { asked, silent }: Aftermath): Suspicions {
  const well = new Set(asked.flatMap(({ id }) => (silent.has(id) ? [] : [id])));
  return [...before.keys()].some((id) => well.has(id)) ? new Map([...before].filter(([id]) => !well.has(id))) : before;
}

function outerCause({ asked, othersAnswer }: Aftermath, silent: number): string | null {
  if (silent > Math.max(ALONE.most, asked.length * ALONE.share)) return 'so many at once have a cause of their own';
  if (othersAnswer === false) return 'nobody near them answers either, so we cannot see';
  return null;
}

interface Judged {
  readonly device: Device;
  readonly times: number;
  readonly blamed: boolean;
  readonly because: readonly string[];
}

function judgeOne(device: Device, { took, at, typeOf }: Aftermath, before: number): Judged {
  const times = before + 1;
  const excuse = excuseOf(device, typeOf) ?? habit(device, took, at);
  if (excuse === null)
    return { device, times, blamed: true, because: [`it hardly ever leaves${leavings(device)}, and answered when the scan came to it`] };
  if (times >= REPEATED) return { device, times, blamed: true, because: [`it fell silent under ${times} scans in a row`, excuse] };
  return {
    device,
    times,
    blamed: false,
    because: [excuse, `that happened ${times} of the ${REPEATED} times in a row that would be no coincidence`],
  };
}

function excuseOf(device: Device, typeOf: TypeOf): string | null {
  const type = typeOf(device);
  if (device.labels.carried === true) return 'it is carried about';
  if (SLEEPERS.has(type)) return `it is a ${type}, which sleeps`;
  if (device.labels.type === null && type === null && device.macs.some(({ mac }) => isRandomizedMac(mac)))
    return 'its hardware address is made up, as of phones';
  return null;
}

/** Its own comings and goings, where they make a coincidence likely. */
function habit(device: Device, took: Millis, at: number): string | null {
  const days = Math.max(0, at - device.firstSeen) / DAY;
  const perDay = (leftTimes(device) + PRIOR) / (days + 1);
  return (perDay * took) / DAY > CHANCE ? `it comes and goes ${Math.round(perDay * 10) / 10} times a day` : null;
}

const leftTimes = ({ rhythm }: Device): number => rhythm?.silences.slice(LEFT).reduce((sum, count) => sum + count, 0) ?? 0;

function leavings(device: Device): string {
  const times = leftTimes(device);
  return times === 0 ? '' : ` (${times} silences of ${Math.round(shortestOf(LEFT) / 60_000)} minutes or more are known)`;
}
