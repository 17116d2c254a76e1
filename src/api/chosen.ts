import { type Device, type Instant, orFault } from '../core/index.ts';
import { type Asked, asksApproval, devicesIn, matches, parseFilter } from '../inventory/index.ts';
import type { ApiContext } from './context.ts';
import { typeOf } from './guesses.ts';
import { nowOf } from './now.ts';
import { mapInSlices } from './slices.ts';

export interface Choice {
  /** Left out: all of them. */
  readonly filter: string | undefined;
  /** The moment the devices are of; left out or null: now. */
  readonly at?: Instant | null;
}

/** Which devices a filter means at this moment; without one all of them. Fault bad-input for what is no filter. */
export async function chosenBy(context: ApiContext, { filter: text, at = null }: Choice): Promise<(device: Device) => boolean> {
  if (text === undefined) return () => true;
  const filter = orFault(parseFilter(text));
  const standing = asksApproval(filter.terms)
    ? {
        standing: await standingAt(
          context,
          at,
          filter.terms.some(({ key }) => key === 'drift'),
        ),
      }
    : {};
  const asked = { now: at ?? nowOf(context), typeOf, ...standing };
  return (device) => matches(filter, device, asked);
}

/** Those of many devices that a filter means; others get a turn in between, however long the filter. */
export async function chosenAmong(context: ApiContext, devices: readonly Device[], choice: Choice): Promise<Device[]> {
  const fits = await mapInSlices(devices, await chosenBy(context, choice));
  return devices.filter((_, index) => fits[index]);
}

/** Fault not-found where drift is asked for and there is no baseline that anything could differ from. */
async function standingAt({ keeper }: ApiContext, at: Instant | null, drifts: boolean): Promise<NonNullable<Asked['standing']>> {
  const inForce = await keeper.approvals({ at, all: false });
  const approved = inForce.flatMap(({ device }) => (device === null ? [] : [device.id]));
  return { approved: new Set(approved), drifting: drifts ? devicesIn(await keeper.drift({ target: null, at })) : new Set() };
}
