import type { Tracing } from './why-asked.ts';
import { whyChange } from './why-change.ts';
import { whyDevice } from './why-device.ts';
import type { Wired } from './wire.ts';

export const tracingOf = (wired: Wired): Tracing => ({
  whyChange: (seq) => whyChange(wired, seq),
  whyDevice: (device, all) => whyDevice(wired, device, all),
});
