import {
  type AnswerPart,
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
import { beganTurns, compareServing } from './compare-serving.ts';
import { pageChanged } from './identity-change.ts';
import { portKey } from './look-ports.ts';
import { versionsDiffer } from './version-noise.ts';

/** Ports that opened, closed or went silent, and open ports whose service says something else than before. */
export function comparePorts(before: Device, after: Device): ChangeDraft[] {
  if (before.ports === after.ports && before.asked === after.asked) return [];
  const [old, fresh] = [portsByKey(before), portsByKey(after)];
  return [...new Map([...old, ...fresh])]
    .sort(([, a], [, b]) => byPort(a, b))
    .flatMap(([key, ref]) => {
      const sides = { before: old.get(key) ?? absentPort(before, ref), after: fresh.get(key) ?? absentPort(after, ref) };
      const change = portChange(after.id, sides.before, sides.after);
      return [...(change ? [change] : []), ...compareServing({ device: after.id, ...sides, at: after.lastSeen })];
    });
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
  const kind = portKind(old.state, fresh.state);
  if (kind !== null) return { kind, device, before: portSide(old), after: portSide(fresh) };
  const parts = old.state === 'open' && fresh.state === 'open' ? changedParts(old, fresh) : [];
  if (parts.length === 0) return null;
  const turns = parts.some((part) => beganTurns(old, fresh, part)) ? { inTurn: true } : {};
  return { kind: 'service.changed', device, before: answerSide(old), after: { ...answerSide(fresh), ...turns } };
}

/** Only what was known on both sides can have changed. */
function portKind(before: PortState, after: PortState): ChangeKind | null {
  if (before === 'unknown' || after === 'unknown' || before === after) return null;
  if (after === 'open') return 'port.opened';
  if (before !== 'open') return null;
  return after === 'closed' ? 'port.closed' : 'port.filtered';
}

/** What of its answers is another: its version, its front page. */
function changedParts({ service: old, serving: was }: DevicePort, { service: fresh, serving: is }: DevicePort): AnswerPart[] {
  const version = old !== null && fresh !== null && old !== fresh && !sameService(old, fresh) && versionsDiffer(old, fresh);
  const page = was !== undefined && is !== undefined && was !== is && pageChanged(was, is);
  return [...(version ? ['version' as const] : []), ...(page ? ['page' as const] : [])];
}

const sameService = (a: Service, b: Service): boolean => JSON.stringify(serviceSide(a)) === JSON.stringify(serviceSide(b));

/** A port that answers something else: with its page, where it is known to have one. */
function answerSide(port: DevicePort): JsonObject {
  const { httpTitle = null, httpServer = null } = port.serving ?? {};
  const page = httpTitle === null && httpServer === null ? {} : { page: { title: httpTitle, server: httpServer } };
  return { ...portSide(port), ...page };
}

/** A port as one side of a change. */
export function portSide({ protocol, port, state, service }: DevicePort): JsonObject {
  return { protocol, port, state, service: service && serviceSide(service) };
}

/** All that two answers are compared by, so that the sides of a change never look alike. */
function serviceSide({ name, product, version, extra, tunnel }: Service): JsonObject {
  return { name, product, version, extra, tunnel };
}
