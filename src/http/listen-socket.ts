import { once } from 'node:events';
import { chmod, lstat, mkdir, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { Fault } from '../core/index.ts';
import type { LimitedServer } from './server.ts';

/** Longest path a unix socket can have on Linux, in bytes. */
const LONGEST = 107;

/** Starts listening on a unix socket only its owner can open. A dead socket is replaced; Fault conflict when a live one or a file is there. */
export async function listenOnSocket(server: LimitedServer, path: string): Promise<void> {
  if (Buffer.byteLength(path) > LONGEST)
    throw new Fault('bad-input', `listening on ${path}: a socket's path may have ${LONGEST} bytes`, 'choose a shorter --data directory');
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await clear(path);
  // The file must never exist with wider rights, not even for a moment.
  const umask = process.umask(0o177);
  try {
    server.listen(path);
  } finally {
    process.umask(umask);
  }
  try {
    await once(server, 'listening');
  } catch (failure) {
    throw new Fault('unavailable', `listening on ${path}: ${(failure as Error).message}`, 'make its directory writable for this user');
  }
  await chmod(path, 0o600);
}

/** Makes way for a new socket. */
async function clear(path: string): Promise<void> {
  const there = await lstat(path).catch(() => undefined);
  if (!there) return;
  if (!there.isSocket())
    throw new Fault(
      'conflict',
      `listening on ${path}: a file that is no socket is there`,
      'move it away, or choose another --data directory',
    );
  if (await answers(path))
    throw new Fault(
      'conflict',
      `listening on ${path}: another rollcall answers there`,
      'stop it with rollcall stop, or choose another --data directory',
    );
  await unlink(path);
}

async function answers(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
