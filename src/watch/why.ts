import type { Tracing } from './why-asked.ts';
import type { Wired } from './wire.ts';

/** Few ask why; most commands end without ever loading what finds it out. */
export const tracingOf = (wired: Wired): Tracing => ({
  whyChange: async (seq) => (await import('./why-change.ts')).whyChange(wired, seq),
  whyDevice: async (device, all) => (await import('./why-device.ts')).whyDevice(wired, device, all),
});
