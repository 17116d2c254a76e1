import type { Picture } from '../../core/index.ts';
import { countPages, daemonPages, incidentListPages, incidentPages } from './daemon-pages.ts';
import { devicePages } from './device-pages.ts';
import type { Ground, Page } from './page.ts';
import { groupPages, personPages } from './party-pages.ts';
import { slugsOf } from './slug.ts';

/** What became of a page since the picture before: its text, or null when it is gone. */
export type PageChange = { readonly topic: string; readonly payload: string | null };

interface Kept {
  readonly source: unknown;
  readonly pages: readonly Page[];
}

/** The picture as pages. Entities that are the same objects as before are not written anew. */
export class Pages {
  readonly #ground: Ground;
  #kept: ReadonlyMap<string, Kept> = new Map();

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** Takes a picture in place of the one before, and tells what differs. Gives way between entities; to be brought to its end. */
  *take(picture: Picture): Generator<void, readonly PageChange[]> {
    const before = this.#kept;
    const now = new Map<string, Kept>();
    const changes: PageChange[] = [];
    for (const { key, source, write } of this.#entitiesOf(picture)) {
      const old = before.get(key);
      const kept = old?.source === source ? old : { source, pages: write() };
      now.set(key, kept);
      if (kept !== old) changes.push(...differing(old, kept));
      if (now.size % 50 === 0) yield;
    }
    for (const [key, kept] of before) if (!now.has(key)) changes.push(...gone(kept));
    this.#kept = now;
    return changes;
  }

  *#entitiesOf({ devices, people, groups, counts, incidents, daemon }: Picture) {
    const ground = this.#ground;
    // What others are seen by comes first.
    yield { key: 'daemon', source: daemon, write: () => daemonPages(ground, daemon) };
    yield { key: 'counts', source: counts, write: () => countPages(ground, counts) };
    const open = incidents ?? [];
    yield { key: 'incidents', source: incidents, write: () => incidentListPages(ground, open) };
    const named = { people: slugsOf(people.map(({ name }) => name)), groups: slugsOf(groups.map(({ name }) => name)) };
    for (const person of people) {
      const slug = named.people.get(person.name) as string;
      yield { key: `person ${slug}`, source: person, write: () => personPages(ground, person, slug) };
    }
    for (const group of groups) {
      const slug = named.groups.get(group.name) as string;
      yield { key: `group ${slug}`, source: group, write: () => groupPages(ground, group, slug) };
    }
    for (const device of devices) yield { key: `device ${device.id}`, source: device, write: () => devicePages(ground, device) };
    for (const incident of open) yield { key: `incident ${incident.id}`, source: incident, write: () => incidentPages(ground, incident) };
  }
}

function differing(old: Kept | undefined, { pages }: Kept): readonly PageChange[] {
  const before = new Map(old?.pages.map(({ topic, payload }) => [topic, payload]));
  return pages.filter(({ topic, payload }) => before.get(topic) !== payload);
}

/** Home Assistant lets go of an entity first: a state that is empty would be one. */
const gone = ({ pages }: Kept): readonly PageChange[] => pages.toReversed().map(({ topic }) => ({ topic, payload: null }));
