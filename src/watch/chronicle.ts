import { setImmediate as othersTurn } from 'node:timers/promises';
import { CHANGE_KINDS, type ChangeFamily, type ChangeKind, type DeviceId, familyOf, type Instant, type Store } from '../core/index.ts';

/** Marks read in one go: others of this process wait no longer than that. */
const PAGE = 2500;
/** Changes looked at before others get their turn: some milliseconds' worth. */
export const STRIDE = 400_000;
/** Stands for the device of a change that is about none. */
const NOBODY = 0;
/** Of a number that no change has. */
const NO_KIND = 255;

const CODES: ReadonlyMap<ChangeKind, number> = new Map(CHANGE_KINDS.map((kind, code) => [kind, code]));

/** Which changes are meant; what is left out is no matter. */
export interface Meant {
  readonly since?: Instant;
  readonly until?: Instant;
  readonly afterSeq?: number;
  readonly beforeSeq?: number;
  readonly devices?: ReadonlySet<DeviceId>;
  readonly kinds?: readonly ChangeKind[];
}

/** Slots of one length from `since` on. */
export interface Slots {
  readonly since: Instant;
  readonly until: Instant;
  readonly slots: number;
}

export interface Tally {
  readonly families: ReadonlyMap<ChangeFamily, Uint32Array>;
  readonly kinds: ReadonlyMap<ChangeKind, number>;
}

/**
 * When every change was, of what kind and of which device: 13 bytes each, in memory, so that a million of them are counted by any
 * question in some milliseconds. Read from the store when somebody first asks, and gone on with from there, as numbers have no gap.
 */
export class Chronicle {
  readonly #store: Pick<Store, 'changeMarks'>;
  #length = 0;
  #at = new Float64Array(0);
  #kind = new Uint8Array(0);
  #device = new Uint32Array(0);
  #reading: Promise<void> = Promise.resolve();

  constructor(store: Pick<Store, 'changeMarks'>) {
    this.#store = store;
  }

  /** Knows the changes up to a number, which are all stored. One at a time: who asks meanwhile waits with the others. */
  upTo(seq: number): Promise<void> {
    const read = this.#reading.then(() => this.#readOn(seq));
    this.#reading = read.catch(() => {});
    return read;
  }

  async #readOn(seq: number): Promise<void> {
    while (this.#length < seq) {
      const marks = await this.#store.changeMarks({ afterSeq: this.#length, limit: PAGE });
      if (marks.length === 0) return;
      this.#makeRoom(marks.at(-1)?.seq ?? 0);
      for (const mark of marks) {
        const place = mark.seq - 1;
        this.#at[place] = mark.at;
        this.#kind[place] = CODES.get(mark.kind) ?? NO_KIND;
        this.#device[place] = mark.device ?? NOBODY;
      }
      this.#length = marks.at(-1)?.seq ?? this.#length;
      await othersTurn(); // a store in this process answers at once
    }
  }

  #makeRoom(length: number): void {
    if (length <= this.#at.length) return;
    const room = Math.max(1024, Math.ceil(length * 1.25));
    this.#at = grown(this.#at, new Float64Array(room));
    this.#kind = grown(this.#kind, new Uint8Array(room).fill(NO_KIND));
    this.#device = grown(this.#device, new Uint32Array(room));
  }

  /** Numbers of those meant, in order or newest first, at most so many. */
  *numbers(meant: Meant, { limit, newestFirst }: { readonly limit: number; readonly newestFirst: boolean }): Generator<void, number[]> {
    const found: number[] = [];
    const fits = this.#fitting(meant);
    const [first, last] = this.#edges(meant);
    for (let steps = 0; steps <= last - first && found.length < limit; steps++) {
      const place = newestFirst ? last - steps : first + steps;
      if (fits(place)) found.push(place + 1);
      if (steps % STRIDE === STRIDE - 1) yield;
    }
    return found;
  }

  /** How many of those meant there were in each slot, by family, and of each kind in all of them. */
  *tally(meant: Meant, { since, until, slots }: Slots): Generator<void, Tally> {
    const fits = this.#fitting({ ...meant, since, until });
    const [first, last] = this.#edges(meant);
    const perKind = CHANGE_KINDS.map(() => new Uint32Array(slots));
    const length = Math.max(1, until - since) / slots;
    for (let place = first; place <= last; place++) {
      if (fits(place)) {
        const counts = perKind[this.#kind[place] as number] as Uint32Array;
        const slot = Math.min(slots - 1, Math.floor(((this.#at[place] as number) - since) / length));
        counts[slot] = (counts[slot] as number) + 1;
      }
      if ((place - first) % STRIDE === STRIDE - 1) yield;
    }
    return summed(perKind);
  }

  /** Places that the numbers asked for allow. */
  #edges({ afterSeq = 0, beforeSeq = Number.POSITIVE_INFINITY }: Meant): readonly [number, number] {
    return [Math.max(0, afterSeq), Math.min(this.#length, beforeSeq - 1) - 1];
  }

  #fitting({ since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY, devices, kinds }: Meant): (place: number) => boolean {
    const [at, kind, device] = [this.#at, this.#kind, this.#device];
    const wanted = new Uint8Array(NO_KIND + 1);
    for (const one of kinds ?? CHANGE_KINDS) wanted[CODES.get(one) ?? NO_KIND] = 1;
    wanted[NO_KIND] = 0;
    const members = devices && bitsOf(devices);
    return (place) =>
      (at[place] as number) >= since &&
      (at[place] as number) <= until &&
      wanted[kind[place] as number] === 1 &&
      (members === undefined || members[device[place] as number] === 1);
  }
}

function grown<Places extends Float64Array | Uint8Array | Uint32Array>(old: Places, larger: Places): Places {
  larger.set(old);
  return larger;
}

/** A set of devices as a table by their ids; a change of no device is in none. */
function bitsOf(devices: ReadonlySet<DeviceId>): Uint8Array {
  let highest = 0;
  for (const id of devices) highest = Math.max(highest, id);
  const bits = new Uint8Array(highest + 1);
  for (const id of devices) bits[id] = 1;
  bits[NOBODY] = 0;
  return bits;
}

function summed(perKind: readonly Uint32Array[]): Tally {
  const families = new Map<ChangeFamily, Uint32Array>();
  const kinds = new Map<ChangeKind, number>();
  for (const [code, counts] of perKind.entries()) {
    const kind = CHANGE_KINDS[code] as ChangeKind;
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (total === 0) continue;
    kinds.set(kind, total);
    const family = families.get(familyOf(kind)) ?? new Uint32Array(counts.length);
    families.set(
      familyOf(kind),
      family.map((sum, slot) => sum + (counts[slot] as number)),
    );
  }
  return { families, kinds };
}
