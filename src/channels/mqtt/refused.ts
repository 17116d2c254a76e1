import { NOT_HEARD, NOT_THERE } from './reasons.ts';
import { isDiscovery, type Topics } from './topics.ts';

/** Why nothing of ours that is gone can be found. */
export const NOT_TOLD = 'it does not tell what it keeps of us';

/** What a person can do. */
const REMEDIES: Readonly<Record<string, string>> = {
  [NOT_THERE]: 'let our user write there',
  [NOT_HEARD]: 'let our user read there',
  [NOT_TOLD]: 'let our user read and write there, else what is gone may stay in Home Assistant',
};

interface Kind {
  readonly why: string;
  /** The first of it: when that is taken, the others may be, too. */
  readonly sample: string;
}

/** What a broker does not take from us, by the kind of topic. */
export class Refused {
  readonly #topics: Topics;
  readonly #kinds = new Map<string, Kind>();

  constructor(topics: Topics) {
    this.#topics = topics;
  }

  get samples(): readonly string[] {
    return [...this.#kinds.values()].map(({ sample }) => sample);
  }

  /** Whether that is news. */
  add(topic: string, why: string): boolean {
    const kind = kindOf(this.#topics, topic);
    const old = this.#kinds.get(kind);
    if (old?.why === why) return false;
    this.#kinds.set(kind, { why, sample: topic });
    return true;
  }

  /** It was taken, or is no matter any more. Whether others of its kind may be taken now. */
  clear(topic: string): boolean {
    if (this.#kinds.size === 0) return false;
    const kind = kindOf(this.#topics, topic);
    return this.#kinds.get(kind)?.sample === topic && this.#kinds.delete(kind);
  }

  /** For people, each kind once; null: everything was taken. */
  words(): string | null {
    if (this.#kinds.size === 0) return null;
    const alike = Map.groupBy(this.#kinds, ([, { why }]) => why);
    return [...alike].map(([why, kinds]) => sentence(why, kinds.map(([kind]) => kind).sort())).join('; ');
  }
}

function sentence(why: string, kinds: readonly string[]): string {
  const remedy = REMEDIES[why];
  return `${why}: ${kinds.join(', ')}${remedy === undefined ? '' : ` (${remedy})`}`;
}

/** What access lists are written for: all devices alike, all that Home Assistant is told. */
function kindOf(topics: Topics, topic: string): string {
  const { root, discovery, node } = topics;
  if (isDiscovery(topics, topic)) return `${discovery}/+/${node}/#`;
  const [level, ...more] = topic.slice(root.length + 1).split('/');
  return topic.startsWith(`${root}/`) && more.length > 0 ? `${root}/${level}/#` : topic;
}
