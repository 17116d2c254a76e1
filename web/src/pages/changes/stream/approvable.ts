import type { ApprovalJson, ChangeJson } from '../../../../../src/contract/index.ts';

/** What a change asks somebody to approve: a device with all that is open on it, or one service of it. */
export interface Approvable {
  readonly device: number;
  /** "22/tcp"; null: the device itself. */
  readonly place: string | null;
}

const OF_DEVICE: ReadonlySet<string> = new Set(['device.appeared', 'device.returned']);
const OF_PORT: ReadonlySet<string> = new Set(['port.opened', 'service.changed', 'service.key-changed', 'certificate.renewed']);

/** null: nothing of it can be approved. */
export function approvableOf({ kind, device, after }: ChangeJson): Approvable | null {
  if (!device) return null;
  if (OF_DEVICE.has(kind)) return { device: device.id, place: null };
  const [port, protocol] = [after?.['port'], after?.['protocol']];
  return OF_PORT.has(kind) && typeof port === 'number' && typeof protocol === 'string'
    ? { device: device.id, place: `${port}/${protocol}` }
    : null;
}

/** Those of a device that were made last, together: what an approval just made. */
export function newestOf(approvals: readonly ApprovalJson[], device: number): number[] {
  const mine = approvals.filter(({ deviceId, inForce }) => deviceId === device && inForce);
  const last = mine.reduce((newest, { at }) => (at > newest ? at : newest), '');
  return mine.filter(({ at }) => at === last).map(({ id }) => id);
}
