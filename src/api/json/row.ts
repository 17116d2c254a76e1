import type { RowJson, RowsJson } from '../../contract/index.ts';
import { type Device, deviceName, isRandomizedMac } from '../../core/index.ts';
import type { RollView } from '../../watch/index.ts';
import { typeOf } from '../guesses.ts';
import { instantOrNull, instantToJson } from '../moment.ts';
import { mapInSlices } from '../slices.ts';

const written = new WeakMap<Device, RowJson>();

/** A device stays the same object until something is learned of it, so its row is made once. */
export function rowToJson(device: Device): RowJson {
  const known = written.get(device);
  if (known) return known;
  const row = writeRow(device);
  written.set(device, row);
  return row;
}

function writeRow(device: Device): RowJson {
  const { id, macs, addresses, os, presence, labels, firstSeen, lastSeen, ports } = device;
  const { owner, groups, tags, importance, probed } = labels;
  const type = typeOf(device);
  return {
    id,
    name: deviceName(device),
    macs: macs.map(({ mac }) => mac),
    addresses: addresses.map(({ address }) => address),
    vendor: macs.find(({ vendor }) => vendor !== null)?.vendor ?? null,
    randomizedMac: macs.some(({ mac }) => isRandomizedMac(mac)),
    os,
    presence,
    type,
    typeBy: labels.type !== null ? 'person' : type === null ? null : 'guess',
    owner,
    groups: [...groups],
    tags: [...tags],
    importance,
    probed,
    firstSeen: instantToJson(firstSeen),
    lastSeen: instantToJson(lastSeen),
    open: ports.flatMap(({ protocol, port, state }) => (state === 'open' ? [`${port}/${protocol}`] : [])),
  };
}

const tables = new WeakMap<RollView, Promise<RowsJson>>();

/** All rows of a roll. The keeper serves the same view while nothing changed, so they stay the same object and are written once. */
export function rowsToJson(view: RollView): Promise<RowsJson> {
  const known = tables.get(view) ?? writeRows(view);
  tables.set(view, known);
  return known;
}

async function writeRows({ site, seq, at, devices }: RollView): Promise<RowsJson> {
  return { site, seq, at: instantOrNull(at), counts: countsIn(devices), rows: await mapInSlices(devices, rowToJson) };
}

export function countsIn(devices: readonly Device[]): RowsJson['counts'] {
  const counts = { devices: devices.length, present: 0, away: 0, unknown: 0 };
  for (const { presence } of devices) counts[presence]++;
  return counts;
}
