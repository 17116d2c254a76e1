import type { Message } from '../../core/index.ts';

/** One line of JSON, whatever it holds: JSON.stringify leaves no line end in a text, and these two are ends for some readers. */
export function logLine({ id, at, subject, text, alert }: Message, now: number): string {
  const { site, kind, urgency, rule, incident, lines = [], more = 0 } = alert ?? {};
  const told = {
    time: new Date(now).toISOString(),
    made: new Date(at).toISOString(),
    id,
    title: subject,
    text,
    site,
    kind,
    urgency,
    rule,
    incident: incident?.id,
  };
  const changes = lines.map(({ seq, kind: change, text: words, device, place }) => ({
    seq,
    change,
    text: words,
    device: device?.name ?? undefined,
    address: device?.address ?? undefined,
    mac: device?.mac ?? undefined,
    place: place ?? undefined,
  }));
  return `${JSON.stringify({ ...told, changes, more })
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')}\n`;
}
