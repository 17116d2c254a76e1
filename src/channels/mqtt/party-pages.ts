import type { MirroredParty, Presence } from '../../core/index.ts';
import { STATES, tracker, zonesOf } from './device-pages.ts';
import { discoveryOf } from './discovery.ts';
import { type Ground, json, MOST, type Page, short } from './page.ts';

const AS: Readonly<Record<MirroredParty['is'], Presence>> = { home: 'present', away: 'away', unknown: 'unknown' };
const SWITCH: Readonly<Record<MirroredParty['is'], string>> = { home: 'ON', away: 'OFF', unknown: 'None' };

/** A person is tracked like a device, so that Home Assistant can make a person of it. */
export function personPages(ground: Ground, person: MirroredParty, slug: string): readonly Page[] {
  const place = `${ground.topics.root}/person/${slug}`;
  const presence = AS[person.is];
  const device = {
    identifiers: [`${ground.topics.node}_person_${slug}`],
    name: short(person.name) || slug,
    model: 'person',
    via_device: ground.topics.node,
  };
  return [
    { topic: `${place}/state`, payload: STATES[presence] },
    { topic: `${place}/attributes`, payload: json({ ...zonesOf(presence), ...factsOf(person) }) },
    ...tracker(ground, { object: `person_${slug}`, place, device }),
  ];
}

/** Of a group it is told whether anybody of it is here. */
export function groupPages(ground: Ground, group: MirroredParty, slug: string): readonly Page[] {
  const place = `${ground.topics.root}/group/${slug}`;
  const topics = { state_topic: `${place}/state`, json_attributes_topic: `${place}/attributes` };
  return [
    { topic: topics.state_topic, payload: SWITCH[group.is] },
    { topic: topics.json_attributes_topic, payload: json(factsOf(group)) },
    ...discoveryOf(ground, {
      component: 'binary_sensor',
      object: `group_${slug}`,
      name: `Group ${short(group.name) || slug}`,
      keys: { ...topics, device_class: 'presence' },
    }),
  ];
}

const factsOf = ({ name, counted, present }: MirroredParty) => ({
  called: short(name),
  present,
  counted: counted.length,
  devices: counted.slice(0, MOST),
});
