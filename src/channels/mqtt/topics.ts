import { hash } from 'node:crypto';
import { Fault } from '../../core/index.ts';
import { isPlain, slugOf } from './slug.ts';

/** Where we speak: levels are made of our own words, numbers and slugs, never of names as they come. */
export interface Topics {
  /** Everything of ours is below: "rollcall/home". */
  readonly root: string;
  /** "online" while we are, "offline" else; the broker says so when we are lost. */
  readonly status: string;
  readonly command: string;
  /** What became of a command; not kept. */
  readonly answer: string;
  /** What happens to incidents; not kept. */
  readonly event: string;
  /** Comes back to us, so that we know that we heard everything before it. */
  readonly echo: string;
  /** Names us among all that Home Assistant knows: "rollcall_home". */
  readonly node: string;
  /** Where Home Assistant looks for what there is, and says that it has started; null: it is not told. */
  readonly discovery: string | null;
}

const LEVELS = /^[A-Za-z0-9_-]{1,40}(?:\/[A-Za-z0-9_-]{1,40}){0,3}$/;

/** Topics of a site. Fault bad-input for levels that could be a wildcard, empty, or a broker's own. */
export function topicsOf({
  topic,
  site,
  discovery,
}: {
  readonly topic: string;
  readonly site: string;
  readonly discovery: string | null;
}): Topics {
  checkLevels(topic, 'topic');
  if (discovery !== null) checkLevels(discovery, 'discovery');
  const place = slugOf(site) || 'site';
  // What was spelled otherwise must not become the same as another.
  const plain = isPlain(topic) && site === place && isPlain(site);
  const mark = plain ? '' : `_${hash('sha256', `${topic}\0${site}`).slice(0, 6)}`;
  const root = `${topic}/${site === place ? place : `${place}${mark}`}`;
  const below = (level: string): string => `${root}/${level}`;
  return {
    root,
    status: below('status'),
    command: below('command'),
    answer: below('answer'),
    event: below('event'),
    echo: below('echo'),
    node: `${slugOf(topic)}_${place}${mark}`,
    discovery,
  };
}

function checkLevels(levels: string, key: string): void {
  if (LEVELS.test(levels)) return;
  const shown = JSON.stringify(levels.slice(0, 60));
  throw new Fault('bad-input', `reading [mqtt] ${key} ${shown}: it is no topic`, 'write letters, digits, - and _, with / between levels');
}

/** Kept messages below our root that are ours to delete; whatever else is there was never ours. */
export function isOurs(topics: Topics, topic: string): boolean {
  const { root } = topics;
  return topic.startsWith(`${root}/`) ? OWN.test(topic.slice(root.length + 1)) : isDiscovery(topics, topic);
}

/** Where Home Assistant is told of one of our entities. */
export function isDiscovery({ node, discovery }: Topics, topic: string): boolean {
  if (discovery === null || !topic.startsWith(`${discovery}/`)) return false;
  const [component, by, object, config, ...more] = topic.slice(discovery.length + 1).split('/');
  return by === node && config === 'config' && more.length === 0 && WORD.test(component ?? '') && WORD.test(object ?? '');
}

/** Where else something of an entity stands, by the topic of its state. */
export function companionsOf({ root, node, discovery }: Topics, state: string): readonly string[] {
  const [, kind, id] = /^(device|person|group)\/([a-z0-9_]+)\/state$/.exec(state.slice(root.length + 1)) ?? [];
  if (kind === undefined) return [];
  const component = kind === 'group' ? 'binary_sensor' : 'device_tracker';
  const config = discovery === null ? [] : [`${discovery}/${component}/${node}/${kind}_${id}/config`];
  return [...config, `${root}/${kind}/${id}/attributes`];
}

const OWN = /^(?:(?:device|person|group|count|daemon)\/[a-z0-9_]{1,80}\/[a-z]{1,20}|incident\/\d{1,16}|command)$/;
const WORD = /^[A-Za-z0-9_-]{1,120}$/;
