import type { JsonObject } from '../../core/index.ts';
import { type Ground, json, type Page, short } from './page.ts';

/** What Home Assistant is told of one entity. */
export interface Entity {
  readonly component: 'device_tracker' | 'binary_sensor' | 'sensor' | 'event' | 'button';
  /** Letters a-z, digits and _: "device_7". */
  readonly object: string;
  /** null: it is called as its device. */
  readonly name: string | null;
  /** Whose it is; left out: the daemon's. */
  readonly device?: JsonObject;
  readonly keys: JsonObject;
  /** A topic whose "None" says that nobody knows. */
  readonly unsure?: string;
}

/** Where Home Assistant finds an entity, as its documentation of MQTT discovery has it; nothing where it is not told. */
export function discoveryOf(ground: Ground, { component, object, name, device, keys, unsure }: Entity): readonly Page[] {
  const { discovery, node, status } = ground.topics;
  if (discovery === null) return [];
  const known = unsure === undefined ? [] : [{ topic: unsure, value_template: "{{ 'offline' if value == 'None' else 'online' }}" }];
  const payload = json({
    name: name === null ? null : short(name),
    unique_id: `${node}_${object}`,
    ...keys,
    availability: [{ topic: status }, ...known],
    availability_mode: 'all',
    qos: 1,
    device: device ?? daemonDevice(ground),
    origin: { name: 'rollcall', sw_version: ground.version },
  });
  return [{ topic: `${discovery}/${component}/${node}/${object}/config`, payload }];
}

/** The daemon as a device, with what it counts and what it can be told. */
const daemonDevice = ({ topics, site, version }: Ground): JsonObject => ({
  identifiers: [topics.node],
  name: `Rollcall ${short(site)}`,
  manufacturer: 'Rollcall',
  model: 'network watcher',
  sw_version: version,
});
