import type { ChangeKind, Notification, TellLine } from '../core/index.ts';
import { rootOf, subjectOf } from './subjects.ts';

/** What tells of something, as far as it matters what else tells of the same. */
export type Telling = Pick<Notification, 'rule' | 'rules' | 'lines'>;

/** The rules that something is told by. */
export const rulesOf = ({ rule, rules }: Pick<Telling, 'rule' | 'rules'>): readonly string[] => rules ?? (rule === null ? [] : [rule]);

/**
 * What has one cause with something: whatever tells by the same rule, of the same device (or person, or group), or of the same
 * look; whatever else may come of a network that is in trouble; and so on, from one to the next.
 */
export function ofOneCause<Other extends Telling>(what: Telling, others: readonly Other[]): Other[] {
  const group = new Group(what);
  let [found, rest]: [Other[], Other[]] = [[], [...others]];
  for (let before = -1; before !== found.length; ) {
    before = found.length;
    const [tied, free] = split(rest, (other) => group.takes(other));
    found = [...found, ...tied];
    rest = free;
  }
  return found;
}

/** Things that hang together. */
class Group {
  readonly #keys: Set<string>;
  #hasTrouble: boolean;

  constructor(what: Telling) {
    const { keys, isTrouble } = tiesOf(what);
    this.#keys = new Set(keys);
    this.#hasTrouble = isTrouble;
  }

  /** Whether something hangs together with it, and then does so for all that come after. */
  takes(other: Telling): boolean {
    const { keys, isTrouble } = tiesOf(other);
    if (!this.#hasTrouble && !isTrouble && this.#keys.isDisjointFrom(keys)) return false;
    for (const key of keys) this.#keys.add(key);
    this.#hasTrouble ||= isTrouble;
    return true;
  }
}

function split<T>(all: readonly T[], wanted: (one: T) => boolean): [T[], T[]] {
  const [yes, no]: [T[], T[]] = [[], []];
  for (const one of all) (wanted(one) ? yes : no).push(one);
  return [yes, no];
}

interface Ties {
  readonly keys: ReadonlySet<string>;
  /** It tells of trouble of a network, which may be behind everything. */
  readonly isTrouble: boolean;
}

/** Rows never change, and each is asked again and again. */
const known = new WeakMap<readonly TellLine[], Ties>();

function tiesOf(what: Telling): Ties {
  const { keys, isTrouble } = tiesOfLines(what.lines);
  const rules = rulesOf(what).map((rule) => `rule ${rule}`);
  return { keys: rules.length === 0 ? keys : new Set([...rules, ...keys]), isTrouble };
}

function tiesOfLines(lines: readonly TellLine[]): Ties {
  const before = known.get(lines);
  if (before) return before;
  const subjects = lines.map((line) => rootOf(subjectOf({ ...line, device: line.device?.id ?? null })));
  const looks = lines.map(({ at }) => `look ${at}`);
  const ties = { keys: new Set([...subjects, ...looks]), isTrouble: lines.some(({ kind }) => OF_NETWORK.has(kind)) };
  known.set(lines, ties);
  return ties;
}

const OF_NETWORK: ReadonlySet<ChangeKind> = new Set([
  'vantage.blind',
  'vantage.restored',
  'vantage.changed',
  'segment.lost',
  'segment.restored',
  'storm.began',
  'storm.ended',
  'address.conflict',
  'gateway.changed',
]);
