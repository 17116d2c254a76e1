import { type Device, deviceName, type TellDevice } from '../../core/index.ts';
import { typeOf } from './parties.ts';

/** A tarpit shows all ports open. */
const MOST_PORTS = 100;

/** A device as people and programs are told of it. */
export const tellDevice = (device: Device): TellDevice => ({
  id: device.id,
  name: deviceName(device),
  address: device.addresses[0]?.address ?? null,
  mac: device.macs[0]?.mac ?? null,
  vendor: device.macs.find(({ vendor }) => vendor !== null)?.vendor ?? null,
  type: typeOf(device),
  owner: device.labels.owner,
  groups: device.labels.groups,
  tags: device.labels.tags,
  presence: device.presence,
  ports: device.ports.flatMap(({ protocol, port, state }) => (state === 'open' ? [{ protocol, port }] : [])).slice(0, MOST_PORTS),
});
