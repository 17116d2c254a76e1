import { canonicalMac, type Device, type DeviceId, Fault, type JsonObject, type Mac, NOTHING_LEARNED } from '../core/index.ts';
import { deviceSide } from '../diff/index.ts';
import type { Amendment } from './amend.ts';
import { apart, memberOf, partsOf, shown, wholesOf } from './merge-members.ts';
import { withdraw } from './merge-undo.ts';
import type { Roll } from './roll.ts';

/** These hardware addresses are another device. */
export interface MacSplit {
  readonly device: DeviceId;
  readonly macs: readonly Mac[];
}

/** A device that was merged into another is itself again. */
export interface MergeUndo {
  readonly undo: DeviceId;
  /**
   * The device that absorbed it, as the store has it from just before that (`devicesAt`, a millisecond before the
   * "device.merged" of the absorbed one). With it names, ports and labels that came with the merge go too; without,
   * only hardware addresses and addresses.
   */
  readonly before?: Device | null;
}

/**
 * Makes two devices of one, declared distinct from each other. Throws Faults: not-found, bad-input (addresses that it
 * does not have), refused (all of its hardware addresses; some that came with a merge).
 */
export function splitDevice(roll: Roll, request: MacSplit | MergeUndo): Amendment {
  return 'undo' in request ? undoMerge(roll, request) : splitMacs(roll, request);
}

/** It comes back as it was; whatever it had been merged into, and that into others, loses what came with it. */
function undoMerge(roll: Roll, { undo, before = null }: MergeUndo): Amendment {
  const part = roll.merged.get(undo);
  if (!part) {
    memberOf(roll, undo, 'taking back the merge of');
    throw new Fault('bad-input', `taking back the merge of ${undo}: it was not merged`, 'name the device that was merged into another');
  }
  const wholes = wholesOf(roll, part);
  const leaving = apart(
    { ...part, mergedInto: null, presence: 'unknown' },
    wholes.map(({ id }) => id),
  );
  const left: { before: Device; after: Device }[] = [];
  for (const whole of wholes) {
    // What it was merged into by way of another is a part that has just lost it.
    const others = partsOf(roll, whole.id).flatMap((other) =>
      other.id === undo ? [] : [left.find((step) => step.before === other)?.after ?? other],
    );
    const known = left.length === 0 && before?.id === whole.id ? before : null;
    left.push({ before: whole, after: apart(withdraw(whole, { leaver: part, others, before: known }), [undo]) });
  }
  const whole = left.at(-1)?.before ?? part;
  const text = `took back the merge of ${shown(part)} into ${shown(whole)}`;
  return { touched: [{ before: part, after: leaving }, ...left], changes: [splitChange(whole, leaving, text)] };
}

function splitMacs(roll: Roll, { device: id, macs }: MacSplit): Amendment {
  const before = memberOf(roll, id, 'splitting');
  const wanted = heldMacs(before, macs);
  const from = partsOf(roll, id).find((part) => part.macs.some(({ mac }) => wanted.has(mac)));
  if (from && from.macs.length === wanted.size && from.macs.every(({ mac }) => wanted.has(mac))) return undoMerge(roll, { undo: from.id });
  if (from)
    throw new Fault(
      'refused',
      `splitting ${id}: some of these hardware addresses came with ${shown(from)}`,
      `take back the merge of ${from.id}`,
    );
  if (wanted.size === before.macs.length)
    throw new Fault('refused', `splitting ${id}: these are all of its hardware addresses`, 'name those that belong to the other device');
  const leaving: Device = { ...strangerWith(before, wanted), id: roll.lastDevice + 1 };
  const fresh = apart(leaving, [id]);
  const after = apart({ ...before, macs: before.macs.filter(({ mac }) => !wanted.has(mac)) }, [fresh.id]);
  const text = `split ${[...wanted].join(' ')} off ${shown(before)} as #${fresh.id}`;
  return {
    touched: [
      { before, after },
      { before: null, after: fresh },
    ],
    changes: [splitChange(before, fresh, text)],
  };
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

/** Nothing but hardware addresses is known of it until it is seen. */
function strangerWith({ id, site, firstSeen, lastSeen, macs }: Device, wanted: ReadonlySet<Mac>): Device {
  const nothing = { addresses: [], names: [], ports: [], asked: {}, os: null, ...NOTHING_LEARNED } as const;
  return { id, site, firstSeen, lastSeen, presence: 'unknown', macs: macs.filter(({ mac }) => wanted.has(mac)), ...nothing };
}

function splitChange(whole: Device, fresh: Device, text: string): Amendment['changes'][number] {
  const after: JsonObject = { ...deviceSide(fresh), from: whole.id, text };
  return { kind: 'device.split', device: fresh.id, before: deviceSide(whole), after };
}
