import { type Device, type DeviceId, Fault } from '../core/index.ts';
import { deviceSide } from '../diff/index.ts';
import type { Amendment } from './amend.ts';
import { memberOf, membersOf, shown } from './merge-members.ts';
import { unionOf } from './merge-union.ts';
import type { Roll } from './roll.ts';

export interface MergeRequest {
  readonly keep: DeviceId;
  readonly absorb: readonly DeviceId[];
}

/**
 * Makes several devices one. The absorbed are kept as they are beside the roll, so that each merge can be taken back.
 * Throws Faults: not-found, bad-input (nothing to absorb, or itself), refused (is part of another device by now).
 */
export function mergeDevices(roll: Roll, { keep, absorb }: MergeRequest): Amendment {
  const before = memberOf(roll, keep, 'merging into');
  const absorbed = membersOf(roll, absorb, 'merging');
  if (absorbed.length === 0) throw new Fault('bad-input', `merging into ${keep}: no device is named`, 'name the devices that it also is');
  if (absorbed.includes(before)) throw new Fault('bad-input', `merging ${keep}: into itself`, 'name two devices');
  const after = unionOf(before, absorbed);
  const joined = absorbed.map((part) => ({ before: part, after: { ...part, mergedInto: keep } }));
  return {
    touched: [{ before, after }, ...joined],
    changes: absorbed.map((part) => ({
      kind: 'device.merged',
      device: part.id,
      before: deviceSide(part),
      after: { ...deviceSide(after), into: keep, text: mergedText(part, before) },
    })),
  };
}

const mergedText = (part: Device, whole: Device): string => `merged ${shown(part)} into ${shown(whole)}`;
