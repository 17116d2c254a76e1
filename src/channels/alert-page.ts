import type { Json, JsonObject, Message, TellDevice, TellLine } from '../core/index.ts';

/** The stable shape of an alert for machines; docs/channels.md tells it. A change of meaning counts `version` up. */
export function pageOf({ id, at, subject, text, alert }: Message): JsonObject {
  const told = { version: 1, id, at: iso(at), title: subject, text };
  if (!alert) return { ...told, kind: 'message', lines: [] };
  const { site, kind, urgency, rule, incident, thread, replaces, lines, more } = alert;
  const about = incident && { id: incident.id, state: incident.state, opened_at: iso(incident.openedAt) };
  return { ...told, site, kind, urgency, rule, incident: about, thread, replaces, lines: lines.map(lineOf), more };
}

const iso = (at: number): string => new Date(at).toISOString();

function lineOf({ seq, at, kind, text, device, place, before, after }: TellLine): JsonObject {
  return { seq, at: iso(at), kind, text, place, device: device && deviceOf(device), before, after };
}

const deviceOf = ({ groups, tags, ports, ...device }: TellDevice): Json => ({
  ...device,
  groups,
  tags,
  ports: ports.map(({ protocol, port }) => ({ protocol, port })),
});
