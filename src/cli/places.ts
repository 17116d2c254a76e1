import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Fault } from '../core/index.ts';

/** Where everything of one Rollcall lies. */
export interface Places {
  /** Folder of the state: store, socket, token, pid file, log. */
  readonly data: string;
  /** Config file; null when there is none and the defaults hold. */
  readonly config: string | null;
  readonly socket: string;
  readonly token: string;
  readonly pid: string;
  readonly log: string;
  /** Socket of a runner that opens raw sockets for us; left out: nobody does. */
  readonly runner?: string;
}

/** What the places are found by. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  /** 0 is root; undefined where there are no user ids. */
  readonly uid: number | undefined;
}

/** Longest path a unix socket can have on Linux (107), less on the Mac (103). */
const SOCKET_PATH_LIMIT = 103;

/**
 * Finds the places. State: --data, $ROLLCALL_DATA, /var/lib/rollcall for root, $XDG_STATE_HOME/rollcall for users.
 * Config: --config, $ROLLCALL_CONFIG, $XDG_CONFIG_HOME/rollcall/rollcall.toml, /etc/rollcall/rollcall.toml; only the first two must exist.
 */
export function placesOf(
  given: { readonly data?: string | undefined; readonly config?: string | undefined },
  around: Surroundings,
): Places {
  refuseEmpty('--data', given.data);
  refuseEmpty('--config', given.config);
  const data = resolve(around.cwd, given.data ?? (around.env['ROLLCALL_DATA'] || usualState(around)));
  const socket = join(data, 'rollcall.sock');
  if (Buffer.byteLength(socket) > SOCKET_PATH_LIMIT)
    throw new Fault('bad-input', `using state folder ${data}: its path is too long to hold a socket`, 'choose a shorter one with --data');
  return {
    data,
    config: configFile(given.config, around),
    socket,
    token: join(data, 'token'),
    pid: join(data, 'rollcall.pid'),
    log: join(data, 'rollcall.log'),
    ...(around.env['ROLLCALL_RUNNER'] && { runner: resolve(around.cwd, around.env['ROLLCALL_RUNNER']) }),
  };
}

/** An unset variable of a script must not make the current folder a state folder. */
function refuseEmpty(option: string, value: string | undefined): void {
  if (value === '') throw new Fault('bad-input', `reading ${option} "": it is empty`, `write a path after ${option}, or leave it out`);
}

function usualState({ env, home, uid }: Surroundings): string {
  if (uid === 0) return '/var/lib/rollcall';
  return join(env['XDG_STATE_HOME'] || join(home, '.local', 'state'), 'rollcall');
}

function configFile(given: string | undefined, { env, cwd, home }: Surroundings): string | null {
  const named = given ?? (env['ROLLCALL_CONFIG'] || undefined);
  if (named !== undefined) {
    const file = resolve(cwd, named);
    if (existsSync(file)) return file;
    throw new Fault('bad-input', `reading config ${file}: there is no such file`, 'check the path after --config or in ROLLCALL_CONFIG');
  }
  const usual = [join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'rollcall', 'rollcall.toml'), '/etc/rollcall/rollcall.toml'];
  return usual.find((file) => existsSync(file)) ?? null;
}
