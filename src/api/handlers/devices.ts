import { type Device, Fault, type LabelEdit } from '../../core/index.ts';
import { chosenBy } from '../chosen.ts';
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
  list: operations.devices.list.handler(async ({ context, input: { at, presence, filter } }) => {
    const now = nowOf(context);
    const chosen = chosenBy(filter, now);
    const isMeant = (device: Device): boolean => (presence === undefined || device.presence === presence) && chosen(device);
    if (at !== undefined) {
      const { devices } = await context.keeper.rollAt(readMoment(at, now));
      return mapInSlices(devices.filter(isMeant), deviceToJson);
    }
    const roll = context.keeper.roll();
    const { devices } = await rollToJson(roll); // written once for each roll, whatever is asked of it
    return devices.filter((_, i) => isMeant(roll.devices[i] as Device));
  }),
  get: operations.devices.get.handler(({ context, input }) => historyOf(context, context.keeper.findDevice(input.reference))),
  edit: operations.devices.edit.handler(async ({ context: { keeper }, input: { reference, ...said } }) => {
    const [device] = await keeper.editDevices([keeper.findDevice(reference).id], editFrom(said));
    return deviceToJson(device as Device);
  }),
  editMany: operations.devices.editMany.handler(async ({ context, input: { references, filter, dryRun, ...said } }) => {
    const edit = editFrom(said);
    const meant = devicesMeant(context, { references, filter });
    const edited =
      dryRun || meant.length === 0
        ? meant
        : await context.keeper.editDevices(
            meant.map(({ id }) => id),
            edit,
          );
    return mapInSlices(edited, deviceToJson);
  }),
});

interface Choice {
  readonly references: readonly string[] | undefined;
  readonly filter: string | undefined;
}

/** Those named, and those a filter means; who is named twice counts once. */
function devicesMeant(context: ApiContext, { references, filter }: Choice): readonly Device[] {
  if (references === undefined && filter === undefined)
    throw new Fault('bad-input', 'editing devices: none is meant', 'name some, or give a filter');
  const { keeper } = context;
  const chosen = filter === undefined ? [] : keeper.roll().devices.filter(chosenBy(filter, nowOf(context)));
  const named = (references ?? []).map((reference) => keeper.findDevice(reference));
  return [...new Map([...named, ...chosen].map((device) => [device.id, device])).values()];
}

/** What the contract lets through of an edit; its schema has checked the rest. */
interface Said {
  readonly name?: string | null | undefined;
  readonly window?: string | null | undefined;
}

/** An edit as the keeper takes it. */
function editFrom({ name, window, ...labels }: Said): LabelEdit {
  const said = Object.entries(labels).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(said),
    ...(name === undefined ? {} : { alias: name }),
    ...(window === undefined ? {} : { window: window === null ? null : readDuration(window, 'window') }),
  };
}
