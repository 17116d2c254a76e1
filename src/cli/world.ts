import type { Config, ConfigChecks } from '../config/index.ts';
import type { Channel, Fault, Instant, StopSignal } from '../core/index.ts';
import type { Connection } from './client.ts';
import type { Places, Surroundings } from './places.ts';

/** Where text goes. Every Node stream to a terminal, pipe or file is one. */
export interface Sink {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  /** `taken` is called when the text has gone out, or never will. */
  write(text: string, taken?: () => void): unknown;
  on(event: 'error', listener: (fault: Error & { code?: string }) => void): unknown;
}

/** What the house is opened with: where things lie, and what the config file says. */
export interface House {
  readonly places: Places;
  readonly config: Config;
}

export interface DaemonOrder extends House, Pick<CliWorld, 'configChecks'> {
  /** Log more. */
  readonly verbose: boolean;
  /** Stops the daemon cleanly (Ctrl-C, SIGTERM). */
  readonly signal: StopSignal;
  /** Shows the link that makes the first user, once; left out: there is no terminal to show it on. */
  readonly offer?: (link: string) => void;
}

/** How mail leaves this machine. */
export interface MailRoute {
  /** `url`: smtp:// or smtps://, perhaps with a password, so it is never shown. `path`: of a sendmail, absolute. */
  readonly way: { readonly kind: 'smtp'; readonly url: string } | { readonly kind: 'sendmail'; readonly path: string };
  /** The sender. */
  readonly from: string;
  /** File of certificates to trust beside those of the system; null: none. */
  readonly ca: string | null;
}

/**
 * Everything the commands need from outside, given by main.ts; tests give their own. The three doors at the end
 * load the whole house, so they are only opened by the commands that need it.
 */
export interface CliWorld extends Surroundings {
  readonly version: string;
  readonly stdin: AsyncIterable<Uint8Array> & {
    readonly isTTY?: boolean | undefined /** Of a terminal: neither echo nor lines. */;
    setRawMode?(raw: boolean): unknown;
  };
  readonly stdout: Sink;
  readonly stderr: Sink;
  now(): Instant;
  /** Calls back at each SIGINT and SIGTERM until the returned function is called; meanwhile they do not end the process. */
  onInterrupt(listener: () => void): () => void;
  /** Command line that starts this program again ("/opt/rollcall/bin/rollcall"), for `rollcall start`. */
  readonly launcher: readonly [string, ...string[]];

  /** What other rooms know of a config file; loads them. */
  configChecks(): Promise<ConfigChecks>;
  /** Why a daemon would refuse [mqtt], in its own words; null: it would not. Nothing is connected. */
  tryMirror(config: Config): Promise<Fault | null>;
  /** The handlers of the contract in this process, on the store they open. Nothing is scheduled. */
  openInProcess(house: House): Promise<Connection>;
  /** Runs the daemon in the foreground until the signal stops it; resolves to the exit code. */
  runDaemon(order: DaemonOrder): Promise<number>;
  /** A channel that mails to one receiver. Fault bad-input for settings that can never work; nothing is connected yet. */
  openMail(mail: MailRoute & { readonly to: string }): Promise<Channel>;
  /** Ends the process at once, whatever still runs: for a command that promised to be done by now. */
  quit(code: number): void;
  /** Puts a backup in place of the store, after checking it; the old store is kept beside it. Resolves to its path, if there was one. */
  restore(house: House, from: string): Promise<string | null>;
}
