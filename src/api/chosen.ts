import { type Device, type Instant, orFault } from '../core/index.ts';
import { matches, parseFilter } from '../inventory/index.ts';
import { typeOf } from './guesses.ts';
import { mapInSlices } from './slices.ts';

/** Which devices a filter means at this moment; without one all of them. Fault bad-input for what is no filter. */
export function chosenBy(text: string | undefined, now: Instant): (device: Device) => boolean {
  if (text === undefined) return () => true;
  const filter = orFault(parseFilter(text));
  return (device) => matches(filter, device, { now, typeOf });
}

/** Those of many devices that a filter means; others get a turn in between, however long the filter. */
export async function chosenAmong(devices: readonly Device[], text: string | undefined, now: Instant): Promise<Device[]> {
  const fits = await mapInSlices(devices, chosenBy(text, now));
  return devices.filter((_, index) => fits[index]);
}
