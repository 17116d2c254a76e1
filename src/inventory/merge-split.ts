import { canonicalMac, type Device, type DeviceId, Fault, type JsonObject, type Mac, NOTHING_LEARNED } from '../core/index.ts';
import { deviceSide } from '../diff/index.ts';
import type { Amendment } from './amend.ts';
import { allPartsOf, apart, memberOf, partsOf, shown, wholesOf } from './merge-members.ts';
import { type Places, placesGained, placesLeft, placesOf } from './merge-places.ts';
import { type MergeMemory, seenSince, withdraw } from './merge-undo.ts';
import type { Roll } from './roll.ts';

/** These hardware addresses are another device. */
export interface MacSplit {
  readonly device: DeviceId;
  readonly macs: readonly Mac[];
  /** Should they be just those that came with a merge: then it is taken back. */
  readonly memory?: MergeMemory;
}

/** A device that was merged into another is itself again. */
export interface MergeUndo {
  readonly undo: DeviceId;
  /** With it names, ports and labels that came with the merge go too; without, only hardware addresses and addresses. */
  readonly memory?: MergeMemory;
}

/**
 * Makes two devices of one, declared distinct from each other. Throws Faults: not-found, bad-input (addresses that it
 * does not have), refused (all of its hardware addresses; some that came with a merge).
 */
export function splitDevice(roll: Roll, request: MacSplit | MergeUndo): Amendment {
  return 'undo' in request ? undoMerge(roll, request) : splitMacs(roll, request);
}

/** It comes back as it was; whatever it had been merged into, and that into others, loses what came with it. */
function undoMerge(roll: Roll, { undo, memory }: MergeUndo): Amendment {
  const part = roll.merged.get(undo);
  if (!part) {
    memberOf(roll, undo, 'taking back the merge of');
    throw new Fault('bad-input', `taking back the merge of ${undo}: it was not merged`, 'name the device that was merged into another');
  }
  const wholes = wholesOf(roll, part);
  const whole = wholes.at(-1) ?? part;
  const ids = wholes.map(({ id }) => id);
  const known = [
    part,
    ...wholes.flatMap(({ id }) => [...partsOf(roll, id), ...(memory?.before.get(id) ? [memory.before.get(id) as Device] : [])]),
  ];
  const places = placesOf(whole, new Set(part.macs.map(({ mac }) => mac)));
  const leaving = apart(itselfAgain(part, whole, { known, places }), ids);
  const left: { before: Device; after: Device }[] = [];
  for (const one of wholes) {
    // What it was merged into by way of another is a part that has just lost it.
    const parts = partsOf(roll, one.id).map((was) => ({
      was,
      is: was.id === undo ? null : (left.find(({ before }) => before === was)?.after ?? was),
    }));
    const without = withdraw(one, { leaver: part, parts, memory: memory ?? null });
    left.push({ before: one, after: apart(one === whole ? placesLeft(without, one, places) : without, [undo]) });
  }
  const text = `took back the merge of ${shown(part)} into ${shown(whole)}`;
  return { touched: [{ before: part, after: leaving }, ...left], changes: [splitChange(whole, leaving, { text, wholes: ids })] };
}

/** As present as it was, unless it was seen since where it was known, or all of them left. */
function itselfAgain(
  part: Device,
  whole: Device,
  { known, places }: { readonly known: readonly Device[]; readonly places: Places },
): Device {
  const back = { ...part, addresses: placesGained(part.addresses, whole, places), mergedInto: null };
  if (whole.presence === 'away') return { ...back, presence: 'away' };
  if (places.theirs.length === 0 && !seenSince(whole, back, known)) return back;
  const seenAt = new Map(whole.addresses.map((entry) => [entry.address, entry.seenAt]));
  const addresses = back.addresses.map((entry) => ({ ...entry, seenAt: Math.max(entry.seenAt, seenAt.get(entry.address) ?? 0) }));
  const lastSeen = Math.max(part.lastSeen, ...addresses.map((entry) => entry.seenAt));
  return { ...back, addresses, lastSeen, presence: whole.presence };
}

function splitMacs(roll: Roll, { device: id, macs, memory }: MacSplit): Amendment {
  const before = memberOf(roll, id, 'splitting');
  const wanted = heldMacs(before, macs);
  const from = partsOf(roll, id).find((part) => part.macs.some(({ mac }) => wanted.has(mac)));
  if (from && from.macs.length === wanted.size && from.macs.every(({ mac }) => wanted.has(mac)))
    return undoMerge(roll, { undo: from.id, ...(memory && { memory }) });
  if (from)
    throw new Fault(
      'refused',
      `splitting ${id}: some of these hardware addresses came with ${shown(from)}`,
      `take back the merge of ${from.id}`,
    );
  if (wanted.size === before.macs.length)
    throw new Fault('refused', `splitting ${id}: these are all of its hardware addresses`, 'name those that belong to the other device');
  refuseBare(before, wanted, allPartsOf(roll, id));
  const places = placesOf(before, wanted);
  const leaving: Device = { ...strangerWith(before, wanted, places), id: roll.lastDevice + 1 };
  const fresh = apart(leaving, [id]);
  const left = { ...before, macs: before.macs.filter(({ mac }) => !wanted.has(mac)) };
  const after = apart(placesLeft(left, before, places), [fresh.id]);
  const text = `split ${[...wanted].join(' ')} off ${shown(before)} as #${fresh.id}`;
  return {
    touched: [
      { before, after },
      { before: null, after: fresh },
    ],
    changes: [splitChange(before, fresh, { text })],
  };
}

/** What is left must be something of its own: were only the parts left, taking their merges back would leave a device of nothing. */
function refuseBare(device: Device, wanted: ReadonlySet<Mac>, parts: readonly Device[]): void {
  const theirs = new Set(parts.flatMap(({ macs }) => macs.map(({ mac }) => mac)));
  const own = device.macs.filter(({ mac }) => !theirs.has(mac));
  const [part] = parts;
  if (part === undefined || own.some(({ mac }) => !wanted.has(mac))) return;
  throw new Fault(
    'refused',
    `splitting ${device.id}: these are all of its own hardware addresses, the others came with ${parts.map(shown).join(', ')}`,
    `take back the merge of ${part.id}`,
  );
}

function heldMacs(device: Device, macs: readonly Mac[]): ReadonlySet<Mac> {
  if (macs.length === 0) throw new Fault('bad-input', `splitting ${device.id}: no hardware address is named`, 'name at least one');
  return new Set(
    macs.map((text) => {
      const mac = canonicalMac(text);
      if (device.macs.some((entry) => entry.mac === mac)) return mac as Mac;
      const has = device.macs.map((entry) => entry.mac).join(' ') || 'none';
      throw new Fault(
        'bad-input',
        `splitting ${device.id}: ${JSON.stringify(text.slice(0, 40))} is not one of its hardware addresses`,
        `it has ${has}`,
      );
    }),
  );
}

/** Nothing but hardware addresses is known of it until it is seen, and where they were seen. */
function strangerWith(whole: Device, wanted: ReadonlySet<Mac>, places: Places): Device {
  const { id, site, firstSeen, ownFirstSeen } = whole;
  const nothing = { names: [], ports: [], asked: {}, os: null, ...NOTHING_LEARNED } as const;
  const addresses = places.theirs.length === 0 ? [] : placesGained([], whole, places);
  const presence = addresses.length === 0 ? 'unknown' : whole.presence;
  const lastSeen = addresses.length === 0 ? whole.lastSeen : Math.max(...addresses.map(({ seenAt }) => seenAt));
  const macs = whole.macs.filter(({ mac }) => wanted.has(mac));
  return { id, site, firstSeen: ownFirstSeen ?? firstSeen, lastSeen, presence, macs, addresses, ...nothing };
}

function splitChange(whole: Device, fresh: Device, more: JsonObject): Amendment['changes'][number] {
  const after: JsonObject = { ...deviceSide(fresh), from: whole.id, ...more };
  return { kind: 'device.split', device: fresh.id, before: deviceSide(whole), after };
}
