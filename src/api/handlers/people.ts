import type { GroupJson, PersonJson } from '../../contract/index.ts';
import { type Device, deviceName } from '../../core/index.ts';
import { presenceOfAll, tellingDevices } from '../../inventory/index.ts';
import { typeOf } from '../chosen.ts';
import { operations } from '../operations.ts';

export const peopleHandlers = () => ({
  people: { list: operations.people.list.handler(({ context }) => peopleIn(context.keeper.roll().devices)) },
  groups: { list: operations.groups.list.handler(({ context }) => groupsIn(context.keeper.roll().devices)) },
});

function peopleIn(devices: readonly Device[]): PersonJson[] {
  const owned = devices.flatMap((device) => (device.labels.owner === null ? [] : [{ owner: device.labels.owner, device }]));
  return named(Map.groupBy(owned, ({ owner }) => owner)).map(([name, entries]) => {
    const own = entries.map(({ device }) => device);
    const telling = new Set(tellingDevices(own, typeOf));
    return {
      name,
      presence: presenceOfAll([...telling]),
      devices: own.map((device) => ({ ...memberOf(device), carried: telling.has(device) })),
    };
  });
}

function groupsIn(devices: readonly Device[]): GroupJson[] {
  const entries = devices.flatMap((device) => device.labels.groups.map((group) => ({ group, device })));
  return named(Map.groupBy(entries, ({ group }) => group)).map(([name, members]) => ({
    name,
    present: members.filter(({ device }) => device.presence === 'present').length,
    total: members.length,
    devices: members.map(({ device }) => memberOf(device)),
  }));
}

const memberOf = (device: Device) => ({ id: device.id, name: deviceName(device), presence: device.presence });

const named = <T>(groups: ReadonlyMap<string, T>): [string, T][] => [...groups].sort(([a], [b]) => a.localeCompare(b));
