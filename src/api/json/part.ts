import type { DeviceHistoryJson } from '../../contract/index.ts';
import { type Device, deviceName } from '../../core/index.ts';

/** What to say where somebody asked for a device that is part of another by now. */
export const partSaid = (part: Device | null | undefined): Pick<DeviceHistoryJson, 'part'> =>
  part ? { part: { id: part.id, name: deviceName(part) } } : {};
