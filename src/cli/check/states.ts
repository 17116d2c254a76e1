/** In the order of their exit codes. */
export const STATES = ['OK', 'WARNING', 'CRITICAL', 'UNKNOWN'] as const;
export type State = (typeof STATES)[number];

/** One thing that is wrong, or cannot be said. */
export interface Finding {
  readonly state: Exclude<State, 'OK'>;
  /** Short, for the status line. Clean of foreign signs. */
  readonly text: string;
  /** Whatever is worth a line of its own when more is asked. */
  readonly details: readonly string[];
}
