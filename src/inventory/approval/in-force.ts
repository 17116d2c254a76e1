import type { Approval, Device, DevicePort } from '../../core/index.ts';
import { fold } from '../filter/fold.ts';
import type { Bound } from './bind.ts';
import type { InForce, Rule, ServiceApproval } from './verdict.ts';

export const openOf = ({ ports }: Device): readonly DevicePort[] => ports.filter(({ state }) => state === 'open');

const isServiceApproval = (approval: Approval): approval is ServiceApproval => approval.permit.kind === 'service';

/** What is in force for one device: its own approvals, and the policies of its groups and of everywhere. */
export function inForceOf(device: Device, { inForce, over, policies }: Bound): InForce {
  return {
    services: (inForce.get(device.id) ?? []).filter(isServiceApproval),
    over: (over.get(device.id) ?? []).filter(isServiceApproval),
    policies: policies.filter((rule): rule is Rule => {
      const { subject, permit } = rule;
      if (permit.kind === 'service' || permit.kind === 'presence') return false;
      return subject.kind === 'everywhere' || (subject.kind === 'group' && isIn(device, subject.name));
    }),
  };
}

/** A file may spell a group in another case. */
const isIn = ({ labels }: Device, name: string): boolean => labels.groups.some((group) => fold(group) === fold(name));
