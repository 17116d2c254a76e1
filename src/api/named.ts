import type { Device } from '../core/index.ts';
import type { ApiContext } from './context.ts';

/** The devices meant by references, each once. Fault not-found, or bad-input when several fit one. */
export function devicesNamed({ keeper }: ApiContext, references: readonly string[]): Device[] {
  return [...new Map(references.map((reference) => keeper.findDevice(reference)).map((device) => [device.id, device])).values()];
}
