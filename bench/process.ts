// What a whole process costs, as the kernel counts it: its threads, and the processes it waited for, are part of it.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface Cost {
  readonly wallSeconds: number;
  /** User and system time. */
  readonly cpuSeconds: number;
  /** Most memory it had at one time, in 2^20 bytes. */
  readonly rssMb: number;
  readonly status: number;
}

/** Node cannot ask for one child; Python can, and where Ndiff runs there is Python. Its own start is not counted. */
const WAIT = `
import json, os, sys, time
out = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
began = time.monotonic()
pid = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, out, 1)])
_, status, used = os.wait4(pid, 0)
wall = time.monotonic() - began
print(json.dumps({'wallSeconds': wall, 'cpuSeconds': used.ru_utime + used.ru_stime, 'rssMb': used.ru_maxrss / 1024, 'status': os.waitstatus_to_exitcode(status)}))
`;

/** Runs a program to its end, its output into a file. */
export async function costOf(command: readonly [string, ...string[]], output: string): Promise<Cost> {
  const { stdout } = await promisify(execFile)('/usr/bin/python3', ['-c', WAIT, output, ...command]);
  return JSON.parse(stdout) as Cost;
}
