// What a test run must not leave behind: processes it started, and network namespaces.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const MARK = 'ROLLCALL_TEST_RUN';
const SCANNERS = ['nmap', 'arp-scan', 'tcpdump'];

/** Environment by which a process of this run is known, however far down. */
export const markOf = (id) => ({ [MARK]: id });

/** Sentences about what is left; asks again for a while, since the last may still be going. */
export async function leftovers(id, { since, patience = 3000 }) {
  const end = Date.now() + patience;
  for (;;) {
    const left = [...processesOf(id, since), ...namespacesLeft()];
    if (left.length === 0 || Date.now() > end) return left;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function processesOf(id, since) {
  if (!existsSync('/proc/self/environ')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => carriesMark(pid, id) || isOrphanScanner(pid, since))
    .map((pid) => `process ${pid} is still there: ${read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim().slice(0, 120)}`);
}

const carriesMark = (pid, id) => read(`/proc/${pid}/environ`).split('\0').includes(`${MARK}=${id}`) && isAlive(pid);
const isAlive = (pid) => !/^State:\s+[ZX]/m.test(read(`/proc/${pid}/status`));

/** A scanner started with an empty environment has no mark; one without a parent was certainly forgotten. */
function isOrphanScanner(pid, since) {
  const [, name, rest] = /\((.*)\) (.*)$/s.exec(read(`/proc/${pid}/stat`)) ?? [];
  if (!SCANNERS.includes(name)) return false;
  const [state, parent, ...fields] = rest.split(' ');
  const startedAt = Number(fields[17]) * 10;
  return state !== 'Z' && parent === '1' && startedAt >= since;
}

function namespacesLeft() {
  if (!existsSync('/run/netns')) return [];
  return readdirSync('/run/netns')
    .map((name) => ({ name, pid: /^rc(\d+)-/.exec(name)?.[1] }))
    .filter(({ pid }) => pid !== undefined && !existsSync(`/proc/${pid}`))
    .map(({ name }) => `network namespace ${name} is still there`);
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Milliseconds since the machine started, as /proc counts the birth of processes. */
export const sinceBoot = () => Math.floor(Number(read('/proc/uptime').split(' ')[0] || 0) * 100) * 10;
