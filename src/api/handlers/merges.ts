import type { MemberJson, ProposalJson } from '../../contract/index.ts';
import { type Device, type DeviceId, deviceName, LOW_CONFIDENCE, type MergeProposal } from '../../core/index.ts';
import type { ApiContext } from '../context.ts';
import { deviceToJson } from '../json/device.ts';
import { instantToJson } from '../moment.ts';
import { operations } from '../operations.ts';

/** Who was merged already is not silently taken for the whole: the inventory says what to do instead. */
const namedOf = ({ keeper }: ApiContext, reference: string): Device => keeper.partNamed(reference) ?? keeper.findDevice(reference);

const idsOf = (context: ApiContext, references: readonly string[]): DeviceId[] =>
  references.map((reference) => namedOf(context, reference).id);

export const mergeHandlers = () => ({
  proposals: operations.merges.proposals.handler(({ context: { keeper } }) => {
    const known = new Map(keeper.roll().devices.map((device) => [device.id, device]));
    return keeper.proposals().flatMap((proposal) => proposalToJson(proposal, known));
  }),
  merge: operations.merges.merge.handler(async ({ context, input: { keep, absorb } }) => {
    const [kept = 0, ...absorbed] = idsOf(context, [keep, ...absorb]);
    return deviceToJson(await context.keeper.mergeDevices({ keep: kept, absorb: absorbed }));
  }),
  split: operations.merges.split.handler(async ({ context: { keeper }, input: { device, macs } }) =>
    (await keeper.splitDevice(keeper.findDevice(device).id, macs)).map(deviceToJson),
  ),
  undo: operations.merges.undo.handler(async ({ context: { keeper }, input: { device, part = null } }) =>
    (await keeper.undoMerge({ device, part })).map(deviceToJson),
  ),
  distinct: operations.merges.distinct.handler(async ({ context, input: { devices } }) =>
    (await context.keeper.declareDistinct(idsOf(context, devices))).map(deviceToJson),
  ),
});

export const forgetHandler = () =>
  operations.devices.forget.handler(async ({ context, input }) => {
    const devices = new Map(input.devices.map((reference) => namedOf(context, reference)).map((device) => [device.id, device]));
    await context.keeper.forgetDevices([...devices.keys()]);
    return [...devices.values()].map(memberToJson);
  });

/** Not of devices that went meanwhile. */
function proposalToJson(proposal: MergeProposal, known: ReadonlyMap<DeviceId, Device>): ProposalJson[] {
  const keep = known.get(proposal.keep);
  const absorb = proposal.absorb.map((id) => known.get(id)).filter((device) => device !== undefined);
  if (!keep || absorb.length < proposal.absorb.length) return [];
  const { confidence, reasons } = proposal;
  const guess = confidence < LOW_CONFIDENCE;
  return [{ keep: memberToJson(keep), absorb: absorb.map(memberToJson), confidence, guess, reasons: [...reasons] }];
}

function memberToJson(device: Device): MemberJson {
  return {
    id: device.id,
    name: deviceName(device),
    macs: device.macs.map(({ mac }) => mac),
    addresses: device.addresses.map(({ address }) => address),
    presence: device.presence,
    lastSeen: instantToJson(device.lastSeen),
  };
}
