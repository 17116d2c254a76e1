import type { Change } from '../core/index.ts';
import type { Meant, Slots, Tally } from './chronicle.ts';

export interface ChangeQuestion extends Meant {
  readonly newestFirst: boolean;
  readonly limit: number;
}

/** What may be asked of all changes at once, however many there are. Devices stand for what was merged into them, too. */
export interface Recounting {
  /** Those that fit, in order or newest first. */
  changesWhere(question: ChangeQuestion): Promise<readonly Change[]>;
  /** How many there were, slot by slot. */
  countChanges(question: Meant & Slots): Promise<Tally>;
}
