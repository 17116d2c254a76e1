import type { RollcallClient } from '../../contract/index.ts';
import { type Device, type DeviceId, Fault, type LabelEdit } from '../../core/index.ts';
import { relabel } from '../../inventory/index.ts';
import { chosenAmong } from '../chosen.ts';
import type { ApiContext } from '../context.ts';
import { changesToJson } from '../json/change.ts';
import { deviceToJson, spanToJson } from '../json/device.ts';
import { partSaid } from '../json/part.ts';
import { readDuration, readMoment } from '../moment.ts';
import { devicesNamed } from '../named.ts';
import { nowOf } from '../now.ts';
import { operations } from '../operations.ts';
import { rollToJson } from '../rolls.ts';
import { mapInSlices } from '../slices.ts';

const CHANGES_SHOWN = 50;

const historyOf = async ({ keeper }: ApiContext, reference: string) => {
  const device = keeper.findDevice(reference);
  const [spans, changes] = await Promise.all([
    keeper.spansOf(device.id),
    keeper.changes({ device: device.id, newestFirst: true, limit: CHANGES_SHOWN }),
  ]);
  return {
    device: deviceToJson(device),
    ...partSaid(keeper.partNamed(reference)),
    spans: await mapInSlices(spans, spanToJson),
    changes: await changesToJson(changes, [device]),
  };
};

export const deviceHandlers = () => ({
  list: operations.devices.list.handler(async ({ context, input: { at, presence, filter } }) => {
    const now = nowOf(context);
    const moment = at === undefined ? now : readMoment(at, now);
    const view = at === undefined ? context.keeper.roll() : await context.keeper.rollAt(moment);
    const fits = new Set((await chosenAmong(context, view.devices, { filter, at: at === undefined ? null : moment })).map(({ id }) => id));
    const all = at === undefined ? (await rollToJson(view)).devices : await mapInSlices(view.devices, deviceToJson);
    return all.filter((device) => (presence === undefined || device.presence === presence) && fits.has(device.id));
  }),
  get: operations.devices.get.handler(({ context, input }) => historyOf(context, input.reference)),
  edit: operations.devices.edit.handler(async ({ context: { keeper }, input: { reference, ...edit } }) => {
    const [device] = await keeper.editDevices([keeper.findDevice(reference).id], labelEdit(edit));
    return deviceToJson(device as Device);
  }),
  editMany: operations.devices.editMany.handler(async ({ context, input: { edit, dryRun, ...choice } }) => {
    const { keeper } = context;
    const ids = await idsMeant(context, choice);
    const said = labelEdit(edit);
    if (!dryRun) return mapInSlices(await keeper.editDevices(ids, said), deviceToJson);
    const devices = new Map(keeper.roll().devices.map((device) => [device.id, device]));
    return mapInSlices(relabel({ devices }, ids, said), ({ after }) => deviceToJson(after));
  }),
});

interface Choice {
  readonly devices?: readonly string[] | undefined;
  readonly filter?: string | undefined;
}

async function idsMeant(context: ApiContext, { devices, filter }: Choice): Promise<DeviceId[]> {
  if ((devices === undefined) === (filter === undefined))
    throw new Fault('bad-input', 'editing devices: which ones is not clear', 'name them, or give a filter');
  if (filter !== undefined && filter.trim() === '')
    throw new Fault('bad-input', 'editing devices: the filter is blank, and would mean all of them', 'write what they have in common');
  if (devices) return devicesNamed(context, devices).map(({ id }) => id);
  return (await chosenAmong(context, context.keeper.roll().devices, { filter })).map(({ id }) => id);
}

type EditJson = Omit<Parameters<RollcallClient['devices']['edit']>[0], 'reference'>;

function labelEdit({ name, window, ...edit }: EditJson): LabelEdit {
  const said = {
    ...edit,
    ...(name !== undefined && { alias: name }),
    ...(window !== undefined && { window: window === null ? null : readDuration(window, 'window') }),
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}
