import type { DeviceJson, RollJson } from '../contract/index.ts';
import type { RollView } from '../watch/index.ts';
import { deviceToJson } from './json/device.ts';
import { instantOrNull } from './moment.ts';
import { mapInSlices } from './slices.ts';

const written = new WeakMap<RollView, Promise<RollJson>>();

/** A roll as JSON. The keeper serves the same view while nothing changed, so it is made once and stays the same object. */
export function rollToJson(view: RollView): Promise<RollJson> {
  const json = written.get(view) ?? writeRoll(view);
  written.set(view, json);
  return json;
}

async function writeRoll({ site, at, seq, devices }: RollView): Promise<RollJson> {
  const shown = await mapInSlices(devices, deviceToJson);
  return { site, at: instantOrNull(at), seq, counts: countsOf(shown), devices: shown };
}

function countsOf(devices: readonly DeviceJson[]): RollJson['counts'] {
  const counts = { devices: devices.length, present: 0, away: 0, unknown: 0 };
  for (const { presence } of devices) counts[presence]++;
  return counts;
}
