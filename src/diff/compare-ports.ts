import {
  byPort,
  type ChangeDraft,
  type ChangeKind,
  type Device,
  type DevicePort,
  type JsonObject,
  type PortState,
  portsHold,
  type Service,
} from '../core/index.ts';
import { portKey } from './look-ports.ts';

/** Ports that opened, closed or went silent, and open ports whose service says something else than before. */
export function comparePorts(before: Device, after: Device): ChangeDraft[] {
  if (before.ports === after.ports && before.asked === after.asked) return [];
  const [old, fresh] = [portsByKey(before), portsByKey(after)];
  return [...new Map([...old, ...fresh])]
    .sort(([, a], [, b]) => byPort(a, b))
    .map(([key, ref]) => portChange(after.id, old.get(key) ?? absentPort(before, ref), fresh.get(key) ?? absentPort(after, ref)))
    .filter((draft) => draft !== null);
}

/** Indexed, because a tarpit shows all 65,536 ports open. */
export function portsByKey(device: Device): Map<string, DevicePort> {
  return new Map(device.ports.map((port) => [portKey(port), port]));
}

/** A port the device does not list: closed when it was asked, else unknown. */
function absentPort({ asked }: Device, { protocol, port }: DevicePort): DevicePort {
  const ports = asked[protocol];
  return { protocol, port, state: ports && portsHold(ports, port) ? 'closed' : 'unknown', service: null };
}

function portChange(device: number, old: DevicePort, fresh: DevicePort): ChangeDraft | null {
  const kind = portKind(old.state, fresh.state) ?? (serviceChanged(old, fresh) ? 'service.changed' : null);
  return kind && { kind, device, before: portSide(old), after: portSide(fresh) };
}

/** Only what was known on both sides can have changed. */
function portKind(before: PortState, after: PortState): ChangeKind | null {
  if (before === 'unknown' || after === 'unknown' || before === after) return null;
  if (after === 'open') return 'port.opened';
  if (before !== 'open') return null;
  return after === 'closed' ? 'port.closed' : 'port.filtered';
}

/** Two answers of the service itself that differ; a name guessed from the port number is no answer. */
function serviceChanged(before: DevicePort, after: DevicePort): boolean {
  if (before.state !== 'open' || after.state !== 'open') return false;
  if (before.service?.method !== 'probed' || after.service?.method !== 'probed') return false;
  return JSON.stringify(serviceSide(before.service)) !== JSON.stringify(serviceSide(after.service));
}

/** A port as one side of a change. */
export function portSide({ protocol, port, state, service }: DevicePort): JsonObject {
  return { protocol, port, state, service: service && serviceSide(service) };
}

/** All that two answers are compared by, so that the sides of a change never look alike. */
function serviceSide({ name, product, version, extra, tunnel }: Service): JsonObject {
  return { name, product, version, extra, tunnel };
}
