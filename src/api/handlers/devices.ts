import type { Device } from '../../core/index.ts';
import type { ApiContext } from '../context.ts';
import { changesToJson } from '../json/change.ts';
import { deviceToJson, spanToJson } from '../json/device.ts';
import { readDuration, readMoment } from '../moment.ts';
import { nowOf } from '../now.ts';
import { operations } from '../operations.ts';
import { rollToJson } from '../rolls.ts';
import { mapInSlices } from '../slices.ts';

const CHANGES_SHOWN = 50;

const historyOf = async ({ keeper }: ApiContext, device: Device) => {
  const [spans, changes] = await Promise.all([
    keeper.spansOf(device.id),
    keeper.changes({ device: device.id, newestFirst: true, limit: CHANGES_SHOWN }),
  ]);
  return {
    device: deviceToJson(device),
    spans: await mapInSlices(spans, spanToJson),
    changes: await changesToJson(changes, [device]),
  };
};

export const deviceHandlers = () => ({
  list: operations.devices.list.handler(async ({ context, input: { at, presence } }) => {
    const { devices } =
      at === undefined
        ? await rollToJson(context.keeper.roll())
        : { devices: await mapInSlices((await context.keeper.rollAt(readMoment(at, nowOf(context)))).devices, deviceToJson) };
    return presence === undefined ? devices : devices.filter((device) => device.presence === presence);
  }),
  get: operations.devices.get.handler(({ context, input }) => historyOf(context, context.keeper.findDevice(input.reference))),
  edit: operations.devices.edit.handler(async ({ context: { keeper }, input: { reference, name, window } }) => {
    const edit = {
      ...(name === undefined ? {} : { alias: name }),
      ...(window === undefined ? {} : { window: window === null ? null : readDuration(window, 'window') }),
    };
    const [device] = await keeper.editDevices([keeper.findDevice(reference).id], edit);
    return deviceToJson(device as Device);
  }),
});
