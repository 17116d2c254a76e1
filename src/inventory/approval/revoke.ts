import { type Approval, type DeviceId, holdsAt, type Instant, type ServicePlace } from '../../core/index.ts';
import type { Roll } from '../roll.ts';
import { finderIn, keyOf } from './bind.ts';
import { samePlace } from './verdict.ts';

export interface RevokeOrder {
  readonly devices: readonly DeviceId[];
  /** Of hosts that nobody knows yet. */
  readonly unseen: readonly string[];
  /** Only these services; null: everything approved of them. */
  readonly places: readonly ServicePlace[] | null;
}

/** Approvals in force at a moment that an order means. */
export function approvalsMeant(
  { devices, unseen, places }: RevokeOrder,
  { roll, approvals, at }: { readonly roll: Roll; readonly approvals: readonly Approval[]; readonly at: Instant },
): readonly Approval[] {
  const find = finderIn(roll);
  const [ids, keys] = [new Set(devices), new Set(unseen.map(keyOf))];
  return approvals.filter((approval) => {
    const { subject, permit } = approval;
    if (!holdsAt(approval, at)) return false;
    if (places !== null && !(permit.kind === 'service' && places.some((place) => samePlace(place, permit)))) return false;
    return find(approval).some(({ id }) => ids.has(id)) || (subject.kind === 'host' && keys.has(keyOf(subject.reference)));
  });
}
