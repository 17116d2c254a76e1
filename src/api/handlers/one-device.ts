import { type Address, type Device, deviceName, Fault, isLinkLocal } from '../../core/index.ts';
import type { ApiContext } from '../context.ts';
import { scanToJson } from '../json/scan.ts';
import { costToJson } from '../json/target.ts';
import { instantToJson } from '../moment.ts';
import { operations } from '../operations.ts';

/** Addresses of one device that are looked at; one with more has them for privacy, and is found at the newest. */
const MOST_ADDRESSES = 8;

export const oneDeviceHandlers = () => ({
  wake: operations.devices.wake.handler(async ({ context: { keeper }, input }) => {
    const { device, at, sent } = await keeper.wake(keeper.findDevice(input.device).id);
    return { device: shown(device), at: instantToJson(at), sent: sent.map((one) => ({ ...one })) };
  }),
  scan: operations.devices.scan.handler(async ({ context, input: { device: reference, plan, ports, now, dryRun } }) => {
    const { keeper } = context;
    const targets = addressesOf(context, keeper.findDevice(reference));
    const order = { targets, ...(ports !== undefined && { ports }) };
    const [cost] = keeper.forecast({ ...order, plans: [plan] });
    if (!cost)
      throw new Fault('unavailable', `scanning ${targets.join(', ')}: nobody can say what it would cost`, 'look at "rollcall doctor"');
    const answer = { forecast: costToJson(cost), addresses: [...targets] };
    if (dryRun) return { ...answer, scan: null };
    const { scan, done } = await keeper.startScan({ ...order, plan, ...(now && { now }) });
    // Whoever follows the scan hears how it ended; here nobody waits for it.
    done.catch(() => undefined);
    return { ...answer, scan: scanToJson(scan) };
  }),
});

const shown = (device: Device) => ({ id: device.id, name: deviceName(device) });

/** Where it was seen last, newest first, but where another one was seen since: whoever is asked there is not it. */
function addressesOf({ keeper }: ApiContext, device: Device): Address[] {
  const doing = `scanning ${deviceName(device) ?? `#${device.id}`}`;
  const routed = device.addresses.filter(({ address }) => !isLinkLocal(address));
  if (routed.length === 0) throw new Fault('refused', `${doing}: no address of it is known`, 'wait until it was seen, or scan its network');
  const others = keeper.roll().devices.filter(({ id }) => id !== device.id);
  const takenBy = (address: Address, seenAt: number): Device | undefined =>
    others.find((other) => other.addresses.some((entry) => entry.address === address && entry.seenAt > seenAt));
  const own = routed.filter(({ address, seenAt }) => takenBy(address, seenAt) === undefined).toSorted((a, b) => b.seenAt - a.seenAt);
  if (own.length > 0) return own.slice(0, MOST_ADDRESSES).map(({ address }) => address);
  const [first] = routed;
  const other = first && takenBy(first.address, first.seenAt);
  const who = other ? `#${other.id} (${deviceName(other) ?? 'unnamed'})` : 'another device';
  throw new Fault(
    'refused',
    `${doing}: ${first?.address} is where ${who} is by now`,
    'wait until it is seen elsewhere, or scan its network',
  );
}
