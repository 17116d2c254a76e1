import type { Command } from 'commander';
import type { RollcallClient } from '../contract/index.ts';
import type { Places } from './places.ts';
import type { Output } from './terminal/output.ts';
import type { CliWorld } from './world.ts';

/** One use of a command. */
export interface Call {
  readonly world: CliWorld;
  readonly places: Places;
  readonly out: Output;
  /** Arguments as typed, in order. */
  readonly args: readonly string[];
  /** The options of this command, as its `define` names them; those of all commands are in `places` and `out`. */
  readonly options: object;
  /** Aborts when nobody reads the output any more (`| head`). */
  readonly unread: AbortSignal;
  /** Opens the one door, and closes it after the work. `onSent` hears how many bytes of a request have gone out. */
  readonly withClient: <T>(work: (client: RollcallClient, daemon: boolean) => Promise<T>, onSent?: (bytes: number) => void) => Promise<T>;
}

/** A command: what it takes, and what it does. Resolves to the exit code. */
export interface CommandModule {
  define(command: Command): Command;
  /** Words that its first argument can only be, for the shell to complete; left out: it is something else. */
  readonly words?: readonly string[];
  run(call: Call): Promise<number>;
  /** Tells in its own way what went wrong, wrong usage too, and gives the exit code; left out: as all others do. */
  tell?(thrown: unknown, told: { readonly world: CliWorld; readonly argv: readonly string[] }): number;
  /** Exit code of its help; left out: 0. */
  readonly helped?: number;
}

/** Exit codes, everywhere the same. */
export const EXIT = { fine: 0, found: 1, failed: 2, interrupted: 130 } as const;
