import { type Device, Fault } from '../core/index.ts';

/** Which devices a filter means; without one all of them. Refuses what is no filter. */
export function chosenBy(filter: string | undefined): (device: Device) => boolean {
  if (filter === undefined) return () => true;
  throw new Fault(
    'refused',
    `filtering by ${JSON.stringify(filter.slice(0, 80))}: this version has no filters`,
    'leave it out, or name devices',
  );
}
