import {
  type Address,
  type AddressRange,
  type Device,
  formatRange,
  type LookOrder,
  type Pace,
  type PortSet,
  parseAddress,
  rangesHold,
  rangesOf,
  subtractRanges,
} from '../../core/index.ts';
import type { Roll } from '../roll.ts';
import { withoutSpared } from './lots-spared.ts';
import { sparedBecause, tenderBecause } from './tender.ts';

/** What is allowed where an order goes. */
export interface Allowed {
  readonly pace: Pace;
  /** Printers and devices of automation are asked like any other. */
  readonly fragile: boolean;
  /** Without raw packets a port can only be asked by a whole connection, which is not gentle. */
  readonly privileged: boolean;
}

/** What is left of an order. */
export interface Governed {
  /** null: nobody is left that may be asked like any other. */
  readonly order: LookOrder | null;
  /** Those who may be asked only gently, where they are asked at all. */
  readonly gently: LookOrder | null;
  /** Who was taken out or is spared, and why; one sentence each. */
  readonly words: readonly string[];
}

/**
 * Ports that gentle devices are asked: nmap's hundred most usual, without those of printing and automation, where even a
 * connection may be taken for a job.
 */
export const GENTLE_PORTS: PortSet = [
  [7, 7],
  [9, 9],
  [13, 13],
  [21, 23],
  [25, 26],
  [37, 37],
  [53, 53],
  [79, 81],
  [88, 88],
  [106, 106],
  [110, 111],
  [113, 113],
  [119, 119],
  [135, 135],
  [139, 139],
  [143, 144],
  [179, 179],
  [199, 199],
  [389, 389],
  [427, 427],
  [443, 445],
  [465, 465],
  [513, 515],
  [543, 544],
  [548, 548],
  [554, 554],
  [587, 587],
  [631, 631],
  [646, 646],
  [873, 873],
  [990, 990],
  [993, 993],
  [995, 995],
  [1025, 1029],
  [1110, 1110],
  [1433, 1433],
  [1720, 1720],
  [1723, 1723],
  [1755, 1755],
  [1900, 1900],
  [2000, 2001],
  [2049, 2049],
  [2121, 2121],
  [2717, 2717],
  [3000, 3000],
  [3128, 3128],
  [3306, 3306],
  [3389, 3389],
  [3986, 3986],
  [4899, 4899],
  [5000, 5000],
  [5009, 5009],
  [5051, 5051],
  [5060, 5060],
  [5101, 5101],
  [5190, 5190],
  [5357, 5357],
  [5432, 5432],
  [5631, 5631],
  [5666, 5666],
  [5800, 5800],
  [5900, 5900],
  [6000, 6001],
  [6646, 6646],
  [7070, 7070],
  [8000, 8000],
  [8008, 8009],
  [8080, 8081],
  [8443, 8443],
  [8888, 8888],
  [9999, 10_000],
  [32_768, 32_768],
  [49_152, 49_157],
];

/** Packets a second to a gentle device. Half-open connections hang some controllers, and so few at a time do not. */
export const GENTLE_RATE = 10;

/** Most devices of one reason that are named one by one. */
const NAMED = 5;

/**
 * The gate that every look passes: takes out who is to be left alone, sets apart who may be asked only gently, and says so.
 * Whoever sweeps meets nobody's ports, so gentle devices are swept like others.
 */
export function govern(order: LookOrder, roll: Pick<Roll, 'devices'>, { pace, fragile, privileged }: Allowed): Governed {
  const { spared, tender } = sorted(order, roll, fragile);
  const unasked = cannotBeGentle(order, privileged);
  const alone = placesOf(spared);
  const softly = placesOf(tender);
  const usual = withoutSpared(order, [...alone, ...softly], fragile);
  const gentle = subtractRanges(softly, alone);
  return {
    order: usual && { ...usual, pace },
    gently: gentle.length === 0 || unasked !== null ? null : gentlyOf(order, gentle, pace),
    words: [...wordsOf('left alone', spared), ...wordsOf(unasked ?? GENTLY, tender)],
  };
}

const GENTLY = 'asked gently: few ports, slowly, and not what they serve';

/** Why gentle devices are not part of such a look at all; null: they can be. */
function cannotBeGentle({ plan, apart }: LookOrder, privileged: boolean): string | null {
  if (apart !== undefined) return plan.versions ? 'not asked what ports serve' : 'not asked for single ports';
  if (plan.protocol === 'udp') return 'not asked by UDP';
  return privileged ? null : 'not asked for ports, which without raw packets cannot be done gently';
}

interface Meant {
  readonly device: Device;
  readonly at: readonly Address[];
  readonly because: string;
}

function sorted(
  { plan, addresses }: LookOrder,
  { devices }: Pick<Roll, 'devices'>,
  fragile: boolean,
): { spared: Meant[]; tender: Meant[] } {
  const [spared, tender]: [Meant[], Meant[]] = [[], []];
  for (const device of devices.values()) {
    const alone = sparedBecause(device);
    const because = alone ?? tenderHere(device, plan, fragile);
    if (because === null) continue;
    const at = device.addresses.map(({ address }) => address).filter((address) => isIn(addresses, address));
    if (at.length > 0) (alone === null ? tender : spared).push({ device, at, because });
  }
  return { spared, tender };
}

/** Where fragile devices may be asked, one that a person wants asked gently still is. */
const tenderHere = (device: Device, { ports }: LookOrder['plan'], fragile: boolean): string | null =>
  ports === null || (fragile && device.labels.gentle !== true) ? null : tenderBecause(device);

function isIn(ranges: readonly AddressRange[], address: Address): boolean {
  const value = parseAddress(address);
  return value !== undefined && rangesHold(ranges, value);
}

const placesOf = (meant: readonly Meant[]): readonly AddressRange[] => rangesOf(meant.flatMap(({ at }) => at));

function wordsOf(what: string, meant: readonly Meant[]): string[] {
  return [...Map.groupBy(meant, ({ because }) => because)].map(([because, some]) => {
    const places = some.slice(0, NAMED).map(({ at }) => at[0]);
    const more = some.length > NAMED ? ` and ${some.length - NAMED} more` : '';
    return `${places.join(', ')}${more} ${some.length === 1 ? 'is' : 'are'} ${what} (${because})`;
  });
}

/** What a gentle device is asked: whether a few ports are open, slowly, and only half a connection at a time. */
function gentlyOf({ plan, ...order }: LookOrder, addresses: readonly AddressRange[], pace: Pace): LookOrder {
  const perHost = Math.min(GENTLE_RATE, pace.perHost ?? GENTLE_RATE);
  const ports = { kind: 'list', ports: GENTLE_PORTS } as const;
  return { ...order, addresses, plan: { ...plan, ports, versions: false, timing: 3 }, pace: { ...pace, perHost } };
}

/** In words, when nobody is left to be asked. */
export function nobodyLeft(order: LookOrder, { words }: Governed): string {
  return `scanning ${order.addresses.map(formatRange).join(', ')}: nobody is left to be asked: ${words.join('; ')}`;
}
