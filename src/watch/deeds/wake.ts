import {
  type Device,
  deviceName,
  Fault,
  isRandomizedMac,
  isWithin,
  type Mac,
  type Millis,
  type Network,
  type WakeSent,
} from '../../core/index.ts';
import type { Woken } from '../deeds-asked.ts';
import { overlap } from '../places.ts';
import type { Watching } from '../watching.ts';

/** A device is woken once in this long, and so many of all in a minute. */
const ONCE_IN: Millis = 10_000;
const MOST_A_MINUTE = 20;
/** Addresses and segments of one device at most. */
const MOST_PACKETS = 8;

/** When devices were woken, lately. */
export class WakeLimit {
  #lately: { readonly device: number; readonly at: number }[] = [];

  /** Fault refused where it is too often. */
  take(device: number, now: number): void {
    this.#lately = this.#lately.filter(({ at }) => at <= now && now - at < 60_000);
    const doing = `waking #${device}`;
    if (this.#lately.some((one) => one.device === device && now - one.at < ONCE_IN))
      throw new Fault('refused', `${doing}: it was woken a moment ago`, 'give it time; machines take a minute to start');
    if (this.#lately.length >= MOST_A_MINUTE)
      throw new Fault('refused', `${doing}: ${MOST_A_MINUTE} were woken in the last minute`, 'try again in a minute');
    this.#lately.push({ device, at: now });
  }
}

/**
 * Sends a magic packet for each of a device's own hardware addresses, out of the watched networks it is known in and nowhere else. It is
 * no probe: nobody is asked anything, so one that is not to be probed may be woken all the same.
 */
export async function wake(wired: Watching, device: Device, limit: WakeLimit): Promise<Woken> {
  const { outside, grounds } = wired;
  const { waker, clock, surroundings, log } = outside;
  const doing = `waking ${deviceName(device) ?? `#${device.id}`}`;
  if (!waker) throw new Fault('unavailable', `${doing}: this program cannot send magic packets`, 'wake it from another machine');
  const macs = macsOf(device, doing);
  const networks = networksOf(wired, device, surroundings.networks());
  if (networks.length === 0) throw nowhere(doing);
  const now = clock.now();
  const foreign = networks.find(({ block }) => grounds.adriftSince(block, now) !== null);
  if (foreign)
    throw new Fault(
      'refused',
      `${doing}: ${foreign.block} is another network than the one that is watched`,
      'wake it once you are back there',
    );
  limit.take(device.id, now);
  const orders = macs.flatMap((mac) => networks.map((network) => ({ mac, network }))).slice(0, MOST_PACKETS);
  const sent: WakeSent[] = [];
  let failure: { readonly reason: string; readonly remedy: string } | null = null;
  for (const order of orders) {
    const one = await waker.wake(order);
    if (one.ok) sent.push(one.value);
    else failure = one;
  }
  if (sent.length === 0) throw new Fault('unavailable', failure?.reason ?? `${doing}: nothing was sent`, failure?.remedy);
  log.info({ device: device.id, sent }, 'woke a device');
  return { device, at: now, sent };
}

/** Addresses burnt into cards. One that was made up is not what a sleeping card listens for. */
function macsOf({ macs }: Device, doing: string): readonly Mac[] {
  if (macs.length === 0)
    throw new Fault('refused', `${doing}: no hardware address of it is known`, 'look at its network with "rollcall scan" first');
  const own = macs.map(({ mac }) => mac).filter((mac) => !isRandomizedMac(mac) && (Number.parseInt(mac.slice(0, 2), 16) & 1) === 0);
  if (own.length > 0) return own;
  throw new Fault(
    'refused',
    `${doing}: ${macs[0]?.mac} is made up by the device (or by a virtual machine), and no sleeping card listens for that`,
    'turn private addresses off there, and wait until it was seen with its own',
  );
}

/** Networks of this machine that are watched, in part at least, and in which the device was last seen. */
function networksOf({ places }: Watching, { addresses }: Device, networks: readonly Network[]): readonly Network[] {
  const watched = places.all.flatMap(({ ranges }) => ranges);
  return networks.filter(
    ({ range, loopback }) =>
      !loopback && range.family === 4 && overlap(watched, [range]) && addresses.some(({ address }) => isWithin([range], address)),
  );
}

const nowhere = (doing: string): Fault =>
  new Fault(
    'refused',
    `${doing}: it was last seen in no watched network that this machine stands in`,
    'packets that wake do not pass routers; watch its network from a machine there',
  );
