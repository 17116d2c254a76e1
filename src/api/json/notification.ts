import type { NotificationJson, TellLineJson } from '../../contract/index.ts';
import type { Notification, TellDevice, TellLine } from '../../core/index.ts';
import { instantOrNull, instantToJson } from '../moment.ts';

/** How its message can be replaced stays in here: it means something to the channel only. */
export function notificationToJson(notification: Notification): NotificationJson {
  const { site: _, handle: __, lines, madeAt, dueAt, endedAt, ...rest } = notification;
  const { id, key, channel, kind, rule, incident, urgency, title, more, because, state, attempts, receipt, instead } = rest;
  return {
    id,
    key,
    channel,
    kind,
    rule,
    incident,
    urgency,
    title,
    lines: lines.map(lineToJson),
    more,
    madeAt: instantToJson(madeAt),
    dueAt: instantToJson(dueAt),
    because,
    state,
    attempts,
    endedAt: instantOrNull(endedAt),
    receipt,
    instead,
  };
}

function lineToJson({ seq, at, kind, text, device, place, before, after }: TellLine): TellLineJson {
  return { seq, at: instantToJson(at), kind, text, device: device && tellDeviceToJson(device), place, before, after };
}

function tellDeviceToJson({ groups, tags, ports, ...device }: TellDevice): NonNullable<TellLineJson['device']> {
  const { id, name, address, mac, vendor, type, owner, presence } = device;
  return {
    id,
    name,
    address,
    mac,
    vendor,
    type,
    owner,
    groups: [...groups],
    tags: [...tags],
    presence,
    ports: ports.map(({ protocol, port }) => ({ protocol, port })),
  };
}
