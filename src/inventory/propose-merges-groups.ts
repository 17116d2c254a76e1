import type { Device, DeviceId } from '../core/index.ts';
import type { Link } from './propose-merges-link.ts';

/** Devices that hang together by links. */
export interface Group {
  readonly members: readonly Device[];
  readonly links: readonly Link[];
}

interface Growing {
  members: Device[];
  links: Link[];
  present: boolean;
  /** Whom any member is not. */
  distinct: Set<DeviceId>;
}

/** Joins devices link by link, as long as no two of a group are known to be two. */
export class Groups {
  readonly #of = new Map<DeviceId, Growing>();

  join(link: Link): void {
    const [a, b] = [this.#groupOf(link.a), this.#groupOf(link.b)];
    if (a === b || (a.present && b.present && !link.strong) || this.#areDistinct(a, b)) return;
    const [large, small] = bySize(a, b);
    for (const member of small.members) {
      large.members.push(member);
      this.#of.set(member.id, large);
    }
    large.links.push(...small.links, link);
    large.present ||= small.present;
    for (const id of small.distinct) large.distinct.add(id);
  }

  /** Either side may have said so; one word is enough. */
  #areDistinct(a: Growing, b: Growing): boolean {
    const [large, small] = bySize(a, b);
    return small.members.some(({ id }) => large.distinct.has(id)) || [...small.distinct].some((id) => this.#of.get(id) === large);
  }

  #groupOf(device: Device): Growing {
    const known = this.#of.get(device.id);
    if (known) return known;
    const { labels, presence } = device;
    const group = { members: [device], links: [], present: presence === 'present', distinct: new Set(labels.distinct) };
    this.#of.set(device.id, group);
    return group;
  }

  all(): readonly Group[] {
    return [...new Set(this.#of.values())].filter(({ members }) => members.length > 1);
  }
}

const bySize = (a: Growing, b: Growing): readonly [large: Growing, small: Growing] =>
  a.members.length >= b.members.length ? [a, b] : [b, a];
