import type { ChangeJson } from '../../../../../src/contract/index.ts';

/** What a change asks somebody to approve: a device, or one service of it. */
export interface Approvable {
  /** "22/tcp"; null: the device itself. */
  readonly place: string | null;
}

const OF_DEVICE: ReadonlySet<string> = new Set(['device.appeared', 'device.returned']);
const OF_PORT: ReadonlySet<string> = new Set(['port.opened', 'service.changed']);

/** null: nothing of it can be approved. */
export function approvableOf({ kind, device, after }: ChangeJson): Approvable | null {
  if (!device) return null;
  if (OF_DEVICE.has(kind)) return { place: null };
  const [port, protocol] = [after?.['port'], after?.['protocol']];
  return OF_PORT.has(kind) && typeof port === 'number' && typeof protocol === 'string' ? { place: `${port}/${protocol}` } : null;
}
