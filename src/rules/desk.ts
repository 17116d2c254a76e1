import type { AlertMemory, AlertWork } from '../core/index.ts';

/** What alerting remembers between two steps. A value: a step makes another one, and this one stays as it was. */
export interface Desk {
  readonly site: string;
  /** Number of the newest change that was judged. */
  readonly judged: number;
}

/** What a step leads to: `work` goes into the store, and only then `desk` is gone on with. */
export interface Step {
  readonly desk: Desk;
  readonly work: AlertWork;
}

/** The desk after a start. */
export function deskOf(memory: AlertMemory, site: string): Desk {
  return { site, judged: memory.judged };
}
