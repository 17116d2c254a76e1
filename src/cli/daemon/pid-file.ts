import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/**
 * Which process is the daemon: its pid in the first line, its birth in the second, so that another process that
 * got the same pid later is never taken for it.
 */

/** When a process was born, as the kernel knows it (boot and clock tick); undefined when there is none by that pid. */
export async function birthOf(pid: number): Promise<string | undefined> {
  try {
    const [boot, stat] = await Promise.all([readFile('/proc/sys/kernel/random/boot_id', 'utf8'), readFile(`/proc/${pid}/stat`, 'utf8')]);
    // The second field is the name in brackets and may hold anything; state and start time are counted from behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : `${boot.trim()}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

/** The pid in the file, if that process still lives and is the one that wrote it. */
export async function livingPid(file: string): Promise<number | undefined> {
  const note = read(file);
  return note && (await birthOf(note.pid)) === note.birth ? note.pid : undefined;
}

/** Notes this process in the file, unless a living one stands there. Returns how to take the note away again. */
export async function claimPidFile(file: string): Promise<() => void> {
  if ((await livingPid(file)) !== undefined) return () => {};
  const note = `${process.pid}\n${(await birthOf(process.pid)) ?? ''}\n`;
  writeFileSync(file, note, { mode: 0o600 });
  return () => {
    if (read(file)?.pid === process.pid) rmSync(file, { force: true });
  };
}

function read(file: string): { readonly pid: number; readonly birth: string } | undefined {
  try {
    const [pid = '', birth = ''] = readFileSync(file, 'utf8').split('\n');
    return /^[1-9]\d{0,9}$/.test(pid) && birth !== '' ? { pid: Number(pid), birth } : undefined;
  } catch {
    return undefined;
  }
}
