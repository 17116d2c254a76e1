import { byAddress, byClue, byMac, byRank, type Device, type DeviceId, type HostName, type Labels } from '../core/index.ts';
import { unionOf } from './merge-union.ts';

/** What is remembered of merges. Without it only hardware addresses and addresses can be told apart. */
export interface MergeMemory {
  /** Devices that absorbed others, as they were before the first of those; by id. */
  readonly before: ReadonlyMap<DeviceId, Device>;
  /** When each part was merged, in rising numbers; parts that were merged at once have the same. */
  readonly order: ReadonlyMap<DeviceId, number>;
}

export interface Withdrawal {
  /** The one that goes, as it was when it was absorbed. */
  readonly leaver: Device;
  /** What was merged into the device, with what is left of it by now. */
  readonly parts: readonly { readonly was: Device; readonly is: Device | null }[];
  readonly memory: MergeMemory | null;
}

/**
 * What is left of a device when one that was merged into it goes. Its hardware addresses go in any case. Where it is known
 * what the device was before, so does everything else that came with it and was not said or found anew since; where it is
 * not, only addresses at which nobody was seen since: better a name too many than a person's word lost.
 */
export function withdraw(device: Device, { leaver, parts, memory }: Withdrawal): Device {
  const before = memory?.before.get(device.id);
  const others = parts.flatMap(({ is }) => is ?? []);
  const replay = (side: 'was' | 'is'): Device | null => (before && memory ? replayed(before, sideOf(parts, side), memory.order) : null);
  const [merged, without] = [replay('was'), replay('is')];
  const left = merged && without ? undone(device, merged, without) : device;
  const macs = left.macs.filter(({ mac }) => !leaver.macs.some((entry) => entry.mac === mac) || holdsMac(others, mac));
  return { ...left, macs, addresses: merged ? left.addresses : remaining(left, leaver, others) };
}

interface Placed {
  readonly id: DeviceId;
  readonly device: Device;
}

/** By the number that it was merged under. */
const sideOf = (parts: Withdrawal['parts'], side: 'was' | 'is'): Placed[] =>
  parts.flatMap((part): Placed[] => {
    const device = part[side];
    return device ? [{ id: part.was.id, device }] : [];
  });

/** Merged anew, in the order in which it was done: who came first speaks first. */
function replayed(before: Device, parts: readonly Placed[], order: MergeMemory['order']): Device {
  const turns = [...Map.groupBy(parts, ({ id }) => order.get(id) ?? 0)].sort(([a], [b]) => a - b);
  return turns.reduce(
    (whole, [, turn]) =>
      unionOf(
        whole,
        turn.map(({ device }) => device),
      ),
    before,
  );
}

const holdsMac = (devices: readonly Device[], mac: string): boolean => devices.some(({ macs }) => macs.some((entry) => entry.mac === mac));

function remaining(device: Device, leaver: Device, others: readonly Device[]): Device['addresses'] {
  const only = (address: string): number | undefined =>
    others.some((other) => other.addresses.some((entry) => entry.address === address))
      ? undefined
      : leaver.addresses.find((entry) => entry.address === address)?.seenAt;
  const stay = device.addresses.filter(({ address, seenAt }) => seenAt > (only(address) ?? -1));
  // By something it must be known again.
  return stay.length === 0 && device.macs.every(({ mac }) => leaver.macs.some((entry) => entry.mac === mac)) ? device.addresses : stay;
}

/** The difference between the union with and without the leaver, taken back from what the device is by now. */
function undone(now: Device, merged: Device, without: Device): Device {
  return {
    ...now,
    lastSeen: valueUndone([now.lastSeen, merged.lastSeen, without.lastSeen]),
    presence: now.presence === merged.presence && !seenSince(now, without, [merged]) ? without.presence : now.presence,
    macs: listUndone([now.macs, merged.macs, without.macs], ({ mac }) => mac).sort(byMac),
    addresses: listUndone([now.addresses, merged.addresses, without.addresses], ({ address }) => address).sort(byAddress),
    names: listUndone([now.names, merged.names, without.names], ({ name }) => name, namedAlike).sort(byRank),
    clues: listUndone([now.clues, merged.clues, without.clues], ({ kind, value }) => `${kind} ${value}`).sort(byClue),
    ports: valueUndone([now.ports, merged.ports, without.ports]),
    asked: valueUndone([now.asked, merged.asked, without.asked]),
    os: valueUndone([now.os, merged.os, without.os]),
    rhythm: valueUndone([now.rhythm, merged.rhythm, without.rhythm]),
    labels: labelsUndone([now.labels, merged.labels, without.labels]),
  };
}

type Three<T> = readonly [now: T, merged: T, without: T];

/** What was said or found since stands. */
const valueUndone = <T>([now, merged, without]: Three<T>, alike: (a: T, b: T) => boolean = sameText): T =>
  alike(now, merged) ? without : now;

const sameText = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
/** Whenever they were said. */
const namedAlike = (a: HostName, b: HostName): boolean => a.name === b.name && a.source === b.source;

function listUndone<T>([now, merged, without]: Three<readonly T[]>, keyOf: (item: T) => string, alike?: (a: T, b: T) => boolean): T[] {
  const byKey = (list: readonly T[]): Map<string, T> => new Map(list.map((item) => [keyOf(item), item]));
  const [came, stay] = [byKey(merged), byKey(without)];
  const left = now.flatMap((item): T[] => {
    const before = stay.get(keyOf(item));
    if (before === undefined) return came.has(keyOf(item)) ? [] : [item];
    return [valueUndone([item, came.get(keyOf(item)) ?? item, before], alike)];
  });
  const have = byKey(left);
  return [...left, ...without.filter((item) => !have.has(keyOf(item)) && !came.has(keyOf(item)))];
}

function labelsUndone([now, merged, without]: Three<Labels>): Labels {
  const single = Object.fromEntries(
    (Object.keys(now) as (keyof Labels)[]).map((key) => [key, valueUndone<unknown>([now[key], merged[key], without[key]])]),
  ) as unknown as Labels;
  const set = (key: 'groups' | 'tags'): readonly string[] => listUndone([now[key], merged[key], without[key]], (name) => name).sort();
  return { ...single, groups: set('groups'), tags: set('tags'), distinct: now.distinct };
}

/** Whether somebody was seen at an address of a device after all of these were seen there last. */
export function seenSince(now: Device, { addresses }: Device, known: readonly Device[]): boolean {
  const own = new Set(addresses.map(({ address }) => address));
  const seen = known.flatMap((one) => one.addresses);
  return now.addresses.some(
    ({ address, seenAt }) => own.has(address) && seen.every((entry) => entry.address !== address || entry.seenAt < seenAt),
  );
}
