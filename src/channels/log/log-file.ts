import { constants } from 'node:fs';
import { type FileHandle, lstat, open, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Fault } from '../../core/index.ts';

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDWR } = constants;

/** A file that lines are appended to, and that others may rotate. */
export interface LogFile {
  append(line: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens at the first line, and again when another file stands at the path. Fault refused for what is no log of ours. */
export function openLogFile(path: string): LogFile {
  let held: { readonly file: FileHandle; readonly inode: string } | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const close = async (): Promise<void> => {
    const { file } = held ?? {};
    held = null;
    await file?.close();
  };
  const append = async (line: string): Promise<void> => {
    if (held !== null && (await inodeAt(path)) !== held.inode) await close();
    held ??= await opened(path);
    const { file } = held;
    const { size } = await file.stat();
    try {
      const { bytesWritten } = await file.write(line);
      if (bytesWritten < Buffer.byteLength(line))
        throw new Fault('unavailable', `writing ${path}: the disk is full`, 'make room on the disk');
    } catch (thrown) {
      await file.truncate(size).catch(() => {}); // half a line would spoil the next one
      throw thrown;
    }
  };
  return {
    append(line) {
      const mine = last.then(() => append(line));
      last = mine.catch(() => {});
      return mine;
    },
    async close() {
      await last;
      await close();
    },
  };
}

async function inodeAt(path: string): Promise<string | null> {
  try {
    const { dev, ino } = await lstat(path);
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}

async function opened(path: string): Promise<{ readonly file: FileHandle; readonly inode: string }> {
  const folder = dirname(path);
  const real = await realpath(folder);
  if (real !== folder) throw new Fault('refused', `opening ${path}: its folder is reached by a link`, `write ${real}/...`);
  await isNoDevice(path);
  // Without O_NONBLOCK the opening of a pipe would wait for a reader.
  const file = await open(path, O_APPEND | O_CREAT | O_RDWR | O_NOFOLLOW | O_NONBLOCK, 0o600);
  try {
    await isOurs(path, file);
    const { dev, ino } = await file.stat();
    return { file, inode: `${dev}:${ino}` };
  } catch (thrown) {
    await file.close();
    throw thrown;
  }
}

const refused = (path: string, why: string): Fault =>
  new Fault('refused', `opening ${path}: ${why}`, 'name a file that does not exist yet');

/** To open a device may already do something. What stands there when it is opened is asked again. */
async function isNoDevice(path: string): Promise<void> {
  const about = await lstat(path).catch(() => null);
  if (about !== null && !about.isFile() && !about.isSymbolicLink()) throw refused(path, 'it is no file');
}

/** A name from the network in a file that a shell or cron reads would be a command: only a file of our own kind is written to. */
async function isOurs(path: string, file: FileHandle): Promise<void> {
  const about = await file.stat();
  if (!about.isFile()) throw refused(path, 'it is no file');
  if (about.nlink > 1) throw refused(path, 'it has another name');
  const { bytesRead, buffer } = await file.read(Buffer.alloc(1), 0, 1, 0);
  if (bytesRead > 0 && buffer[0] !== 0x7b) throw refused(path, 'it holds something else than lines of JSON');
}
