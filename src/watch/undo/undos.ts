import { type Clock, Fault, type Millis } from '../../core/index.ts';
import type { Asker } from '../asker.ts';
import type { Undoable, Undoing, Undone } from '../undo-asked.ts';

/** How long something can be taken back, how much of it is remembered, and how many devices are told of one deed. */
const REMEMBERED_FOR: Millis = 15 * 60_000;
const MOST = 100;
const MOST_DEVICES = 100;
const LONGEST = 200;

/** Something that was done. */
export interface Deed extends Pick<Undoable, 'operation' | 'what' | 'scope'> {
  readonly devices?: Undoable['devices'];
  /** Whose it was alone; left out: everybody's. */
  readonly owner?: number | null;
  /** Takes it back: all of it or, with a Fault, nothing. Resolves to what is not as it was all the same. */
  readonly restore: () => Promise<string | null>;
}

/** What was done lately. Kept in memory: after a restart nothing of it is left, and nobody is told otherwise. */
export class Undos implements Undoing {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #begun: string;
  #given = 0;
  /** Oldest first. */
  readonly #kept = new Map<string, Undoable & Pick<Deed, 'owner' | 'restore'>>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
    this.#begun = clock.now().toString(36);
  }

  note({ operation, what, scope, devices = [], ...rest }: Deed): void {
    const at = this.#clock.now();
    const ref = `${this.#begun}-${++this.#given}`;
    const told = { operation, what: what.length > LONGEST ? `${what.slice(0, LONGEST).toWellFormed()}...` : what, scope };
    this.#kept.set(ref, { ...told, ref, at, until: at + REMEMBERED_FOR, devices: devices.slice(0, MOST_DEVICES), ...rest });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST && oldest !== undefined) this.#kept.delete(oldest);
  }

  undoable(asker: Asker): readonly Undoable[] {
    this.#dropOld();
    const mine = [...this.#kept.values()].filter((deed) => mayDo(asker, deed));
    return mine.map(({ restore: _, owner: __, ...told }) => told).reverse();
  }

  async undo(ref: string, asker: Asker): Promise<Undone> {
    this.#dropOld();
    const kept = this.#kept.get(ref);
    const doing = `taking back ${JSON.stringify(ref.slice(0, 40))}`;
    if (!kept)
      throw new Fault(
        'not-found',
        `${doing}: it is unknown, too old, or was taken back already`,
        'list what can be taken back with GET /api/v1/undo',
      );
    if (!mayDo(asker, kept)) throw new Fault('refused', `${doing}: that takes the scope ${kept.scope}`, 'ask somebody who may do it');
    this.#kept.delete(ref); // nobody takes it back a second time meanwhile
    try {
      return { ref, what: kept.what, note: await kept.restore() };
    } catch (fault) {
      this.#kept.set(ref, kept);
      throw fault;
    }
  }

  #dropOld(): void {
    const now = this.#clock.now();
    for (const [ref, { at, until }] of this.#kept) if (until <= now || at > now) this.#kept.delete(ref);
  }
}

/** What was done to something of one user's own is only that user's to take back. */
const mayDo = ({ user, scopes }: Asker, { scope, owner }: Pick<Deed, 'scope' | 'owner'>): boolean =>
  scopes.includes(scope) && (owner === undefined || owner === user);
