import type { GroupJson } from '../../contract/index.ts';
import type { Device, SetEdit } from '../../core/index.ts';
import { groupsOf } from '../../inventory/index.ts';
import type { ApiContext } from '../context.ts';
import { groupToJson } from '../json/party.ts';
import { devicesNamed } from '../named.ts';
import { mayBeCalled, partyNamed } from '../one-party.ts';
import { operations } from '../operations.ts';

const groupsIn = ({ keeper }: ApiContext) => groupsOf(keeper.roll().devices);
export const listGroups = (context: ApiContext): GroupJson[] => groupsIn(context).map(groupToJson);

export const groupHandlers = () => ({
  list: operations.groups.list.handler(({ context }) => listGroups(context)),
  add: operations.groups.add.handler(({ context, input: { group, devices } }) => regroup(context, devices, { add: [group] })),
  remove: operations.groups.remove.handler(({ context, input: { group, devices } }) => {
    const { name } = partyNamed(groupsIn(context), group, 'group');
    return regroup(context, devices, { drop: [name] });
  }),
  rename: operations.groups.rename.handler(async ({ context, input: { group, name, into } }) => {
    const all = groupsIn(context);
    const renamed = partyNamed(all, group, 'group');
    mayBeCalled(all, renamed, { what: 'group', name, into });
    const ids = renamed.devices.map(({ id }) => id);
    if (renamed.name !== name) {
      const [device] = await context.keeper.editDevices(ids, { groups: { add: [name], drop: [renamed.name] } });
      await context.keeper.renamePolicies(renamed.name, spelledIn(device, name));
    }
    return listGroups(context);
  }),
});

/** As the device has it: a name may be spelled already. */
function spelledIn(device: Device | undefined, name: string): string {
  const fold = (text: string): string => text.normalize('NFC').trim().toLowerCase();
  return device?.labels.groups.find((group) => fold(group) === fold(name)) ?? name;
}

async function regroup(context: ApiContext, devices: readonly string[], groups: SetEdit): Promise<GroupJson[]> {
  const ids = devicesNamed(context, devices).map(({ id }) => id);
  await context.keeper.editDevices(ids, { groups });
  return listGroups(context);
}
