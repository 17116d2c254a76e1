import { type Device, type DeviceId, Fault, type MergeProposal } from '../core/index.ts';
import {
  type Amendment,
  declareDistinct,
  forgetDevices,
  mergeDevices,
  partsOf,
  proposeMerges,
  type Relabelled,
  type Roll,
  splitDevice,
} from '../inventory/index.ts';
import { findDevice, partNamed } from './find-device.ts';
import { mergeMemory } from './merge-memory.ts';
import type { Merging, UndoRequest } from './merges-asked.ts';
import { judged } from './roll-view.ts';
import { noteLabels } from './undo/label-deed.ts';
import type { Wired } from './wire.ts';

export function mergingOf(wired: Wired): Merging {
  const { ledger } = wired;
  const found = new WeakMap<Roll, readonly MergeProposal[]>();
  return {
    proposals: () => {
      const { roll } = ledger;
      const proposals = found.get(roll) ?? proposeMerges(roll);
      found.set(roll, proposals);
      return proposals;
    },
    mergeDevices: async (request) => one(await amended(wired, 'merge', (roll) => mergeDevices(roll, request)), request.keep),
    splitDevice: async (device, macs) => {
      const part = partsOf(ledger.roll, device).find((absorbed) => absorbed.macs.some(({ mac }) => macs.includes(mac)));
      const memory = part && (await mergeMemory(wired.outside.store, ledger.roll, part));
      return amended(wired, 'split', (roll) => splitDevice(roll, { device, macs, ...(memory && { memory }) }));
    },
    undoMerge: (request) => undoMerge(wired, request),
    declareDistinct: async (ids) => {
      let touched: Amendment['touched'] = [];
      const devices = await amended(wired, 'not the same', (roll) => {
        const amendment = declareDistinct(roll, ids);
        ({ touched } = amendment);
        return amendment;
      });
      noteLabels(wired, 'merges.distinct', touched.filter(isThere));
      return devices;
    },
    forgetDevices: async (ids) => void (await amended(wired, 'forget', (roll) => forgetDevices(roll, ids))),
  };
}

const isThere = (step: Amendment['touched'][number]): step is Relabelled => step.before !== null && step.after !== null;

async function amended(wired: Wired, said: string, of: (roll: Roll) => Amendment): Promise<readonly Device[]> {
  const { ledger, outside, rules } = wired;
  const { devices } = await ledger.amend({ said, at: outside.clock.now(), of });
  const at = rules(outside.clock.now());
  return devices.filter(({ mergedInto }) => mergedInto === null).map((device) => judged(device, at));
}

function one(devices: readonly Device[], id: DeviceId): Device {
  const device = devices.find((candidate) => candidate.id === id);
  if (!device) throw new Fault('not-found', `merging into ${id}: it is gone by now`, 'list them with "rollcall devices"');
  return device;
}

/** What came with the merge goes with it: the store still has the device as it was just before. */
async function undoMerge(wired: Wired, request: UndoRequest): Promise<readonly Device[]> {
  const { outside, ledger } = wired;
  await outside.tenancy.get(); // with it comes what another process has committed
  const part = partMeant(ledger.roll, request);
  const memory = await mergeMemory(outside.store, ledger.roll, part);
  return amended(wired, 'undo merge', (roll) => splitDevice(roll, { undo: part.id, memory }));
}

/** The device that was absorbed and is to be itself again. */
function partMeant(roll: Roll, { device, part }: UndoRequest): Device {
  const self = part === null ? partNamed(roll, device) : null;
  if (self) return self;
  const whole = findDevice(roll, device);
  const parts = [...roll.merged.values()].filter(({ mergedInto }) => mergedInto === whole.id);
  if (parts.length === 0)
    throw new Fault(
      'not-found',
      `taking back a merge into ${whole.id}: nothing was merged into it`,
      'see "rollcall changes --kind device.merged"',
    );
  const among = new Map(parts.map((absorbed) => [absorbed.id, absorbed]));
  if (part !== null) return findDevice({ ...roll, devices: among, merged: new Map() }, part);
  if (parts.length === 1) return parts[0] as Device;
  const ids = parts.map(({ id }) => id).join(', ');
  throw new Fault('bad-input', `taking back a merge into ${whole.id}: ${parts.length} were merged into it`, `name one of ${ids}`);
}
