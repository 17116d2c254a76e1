import type { MirroredCounts, MirroredIncident, Picture } from '../../core/index.ts';
import { discoveryOf } from './discovery.ts';
import { type Ground, iso, json, MOST, type Page, short } from './page.ts';

/** What is counted, and what it is called in Home Assistant. */
const COUNTS: Readonly<Record<keyof MirroredCounts, { readonly topic: string; readonly name: string; readonly unit: string }>> = {
  present: { topic: 'present', name: 'Devices present', unit: 'devices' },
  away: { topic: 'away', name: 'Devices away', unit: 'devices' },
  unknown: { topic: 'unknown', name: 'Devices unknown', unit: 'devices' },
  fresh: { topic: 'new', name: 'New devices in 24 hours', unit: 'devices' },
  drift: { topic: 'drift', name: 'Not as approved', unit: 'differences' },
  incidents: { topic: 'incidents', name: 'Open incidents', unit: 'incidents' },
};

export function countPages(ground: Ground, counts: MirroredCounts): readonly Page[] {
  return (Object.keys(COUNTS) as (keyof MirroredCounts)[]).flatMap((key) => {
    const { topic, name, unit } = COUNTS[key];
    const place = `${ground.topics.root}/count/${topic}`;
    const state_topic = `${place}/state`;
    const attributes = key === 'incidents' ? { json_attributes_topic: `${place}/attributes` } : {};
    const keys = { state_topic, state_class: 'measurement', unit_of_measurement: unit, ...attributes };
    return [
      { topic: state_topic, payload: String(counts[key] ?? 'None') },
      ...discoveryOf(ground, { component: 'sensor', object: `count_${topic}`, name, keys }),
    ];
  });
}

/** The newest of them, as attributes of their count: of hundreds nobody reads more there. */
export function incidentListPages({ topics }: Ground, incidents: NonNullable<Picture['incidents']>): readonly Page[] {
  const newest = incidents.toSorted((a, b) => b.id - a.id).slice(0, MOST);
  return [{ topic: `${topics.root}/count/incidents/attributes`, payload: json({ newest: newest.map(incidentFacts) }) }];
}

export const incidentPages = ({ topics }: Ground, incident: MirroredIncident): readonly Page[] => [
  { topic: `${topics.root}/incident/${incident.id}`, payload: json(incidentFacts(incident)) },
];

export const incidentFacts = ({ id, rule, urgency, title, count, openedAt, changedAt, acknowledged }: MirroredIncident) => ({
  id,
  rule: short(rule),
  urgency,
  title: short(title),
  changes: count,
  opened_at: iso(openedAt),
  changed_at: iso(changedAt),
  acknowledged_at: acknowledged === null ? null : iso(acknowledged.at),
});

/** What happens to incidents, as Home Assistant's event entity takes it. */
export const EVENTS = ['opened', 'changed', 'acknowledged', 'over'] as const;

/** Whether something needs a person, and what the daemon can be told. */
export function daemonPages(ground: Ground, { startedAt, targets, troubles }: Picture['daemon']): readonly Page[] {
  const { root, command, event } = ground.topics;
  const place = `${root}/daemon/trouble`;
  const topics = { state_topic: `${place}/state`, json_attributes_topic: `${place}/attributes` };
  const facts = {
    troubles: troubles.slice(0, MOST).map(short),
    targets: targets.slice(0, MOST).map(({ id, text }) => ({ id, target: short(text) })),
    started_at: iso(startedAt),
    version: ground.version,
  };
  const button = (object: string, name: string, press: string): readonly Page[] =>
    discoveryOf(ground, { component: 'button', object, name, keys: { command_topic: command, payload_press: press } });
  return [
    { topic: topics.state_topic, payload: troubles.length > 0 ? 'ON' : 'OFF' },
    { topic: topics.json_attributes_topic, payload: json(facts) },
    ...discoveryOf(ground, {
      component: 'binary_sensor',
      object: 'daemon_trouble',
      name: 'Trouble',
      keys: { ...topics, device_class: 'problem', entity_category: 'diagnostic' },
    }),
    ...discoveryOf(ground, { component: 'event', object: 'incident', name: 'Incident', keys: { state_topic: event, event_types: EVENTS } }),
    ...button('scan', 'Scan now', 'scan all'),
    ...button('acknowledge', 'Acknowledge all', 'acknowledge all'),
  ];
}
