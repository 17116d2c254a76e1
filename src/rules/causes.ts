import type { ChangeKind, Notification, TellLine } from '../core/index.ts';
import { rootOf, subjectOf } from './subjects.ts';

/** What tells of something, as far as it matters what else tells of the same. */
export type Telling = Pick<Notification, 'rule' | 'rules' | 'lines'>;

/** The rules that something is told by. */
export const rulesOf = ({ rule, rules }: Pick<Telling, 'rule' | 'rules'>): readonly string[] => rules ?? (rule === null ? [] : [rule]);

/** What a channel is told of one cause. */
export interface CauseTold {
  /** What it was told within the span of the ceiling, and what waits to be told; by number. */
  readonly told: readonly Notification[];
  /** Whether there is trouble of a network in it. */
  readonly isTrouble: boolean;
}

/** What hangs together: its messages, and what ties others to it. */
interface Cause {
  readonly ids: Set<number>;
  readonly keys: Set<string>;
  /** It has trouble of a network in it, which may be behind everything. */
  isTrouble: boolean;
}

/**
 * Messages of one channel by their cause. Whatever tells by the same rule, of the same device (or person, or group), or of the
 * same look has one, and so has whatever else comes beside trouble of a network; and so on, from one to the next.
 */
export class Causes {
  #all: Cause[] = [];

  constructor(rows: Iterable<Notification>) {
    for (const row of rows) this.add(row.id, row);
  }

  /** Takes a message in, or what was added to one. */
  add(id: number, what: Telling): void {
    const { keys, isTrouble } = tiesOf(what);
    const [tied, free] = split(this.#all, (one) => one.ids.has(id) || isTied(one, { keys, isTrouble }));
    const [first = { ids: new Set(), keys: new Set(), isTrouble }, ...others] = tied.sort((a, b) => b.keys.size - a.keys.size);
    for (const other of [...others, { ids: [id], keys, isTrouble }]) {
      for (const each of other.ids) first.ids.add(each);
      for (const key of other.keys) first.keys.add(key);
      first.isTrouble ||= other.isTrouble;
    }
    this.#all = [first, ...free];
  }

  /** Numbers of the messages that have one cause with something, and whether there is trouble of a network in that. */
  of(what: Telling): { readonly ids: readonly number[]; readonly isTrouble: boolean } {
    const ties = tiesOf(what);
    const tied = this.#all.filter((one) => isTied(one, ties));
    return {
      ids: tied.flatMap(({ ids }) => [...ids]).sort((a, b) => a - b),
      isTrouble: ties.isTrouble || tied.some(({ isTrouble }) => isTrouble),
    };
  }
}

interface Ties {
  readonly keys: ReadonlySet<string>;
  readonly isTrouble: boolean;
}

const isTied = (one: Ties, other: Ties): boolean => one.isTrouble || other.isTrouble || !one.keys.isDisjointFrom(other.keys);

function tiesOf(what: Telling): Ties {
  const keys = new Set(rulesOf(what).map((rule) => `rule ${rule}`));
  for (const line of what.lines) keys.add(`look ${line.at}`).add(subjectIn(line));
  return { keys, isTrouble: what.lines.some(({ kind }) => OF_NETWORK.has(kind)) };
}

const subjectIn = (line: TellLine): string => rootOf(subjectOf({ ...line, device: line.device?.id ?? null }));

function split<T>(all: readonly T[], wanted: (one: T) => boolean): [T[], T[]] {
  const [yes, no]: [T[], T[]] = [[], []];
  for (const one of all) (wanted(one) ? yes : no).push(one);
  return [yes, no];
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
