import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault, type Instant, type Message } from '../../core/index.ts';
import { readOwn, writeWhole } from './files.ts';

/** A mail that was not taken yet. */
export interface Waiting {
  readonly to: string;
  readonly message: Message;
  readonly attempts: number;
  readonly last: { readonly at: Instant; readonly reason: string } | null;
}

export interface OutboxEntry extends Waiting {
  readonly name: string;
}

/** Mails of a folder that wait for a server, a file each. Their names sort as they were written. */
export interface Outbox {
  readonly path: string;
  add(name: string, waiting: Waiting): Promise<void>;
  /** The oldest so many; a file that is none of ours is left alone. */
  oldest(most: number): Promise<readonly OutboxEntry[]>;
  count(): Promise<number>;
  /** Keeps aside what can no longer be read as a mail. Resolves to where it lies. */
  clear(): Promise<readonly string[]>;
  retain(entry: OutboxEntry, failure: NonNullable<Waiting['last']>): Promise<void>;
  /** Keeps it aside: nobody tries it again. Resolves to where it lies. */
  setAside(entry: OutboxEntry, failure: NonNullable<Waiting['last']>): Promise<string>;
  remove(entry: OutboxEntry): Promise<void>;
}

const ENTRY = /^mail-[\w.-]+\.json$/;
/** Largest entry read, in bytes. */
const LARGEST = 64 * 1024 * 1024;

export function outboxIn(folder: string): Outbox {
  const path = join(folder, 'outbox');
  const aside = join(path, 'refused');
  const write = async (place: string, name: string, { to, message, attempts, last }: Waiting): Promise<void> => {
    await ownFolder(place);
    await writeWhole(join(place, name), `${JSON.stringify({ to, message, attempts, last })}\n`);
  };
  const names = async (): Promise<string[]> => (await readdir(path).catch(() => [])).filter((name) => ENTRY.test(name)).sort();
  const failed = (entry: OutboxEntry, failure: NonNullable<Waiting['last']>): Waiting => ({
    ...entry,
    attempts: entry.attempts + 1,
    last: failure,
  });
  return {
    path,
    add: (name, waiting) => write(path, name, waiting),
    count: async () => (await names()).length,
    async oldest(most) {
      const entries = await Promise.all((await names()).slice(0, most).map((name) => entryAt(path, name)));
      return entries.filter((entry) => entry !== null);
    },
    async clear() {
      const moved: string[] = [];
      for (const name of await names()) {
        if ((await entryAt(path, name)) !== null) continue;
        await ownFolder(aside);
        await rename(join(path, name), join(aside, name));
        moved.push(join(aside, name));
      }
      return moved;
    },
    retain: (entry, failure) => write(path, entry.name, failed(entry, failure)),
    async setAside(entry, failure) {
      await write(path, entry.name, failed(entry, failure));
      await ownFolder(aside);
      await rename(join(path, entry.name), join(aside, entry.name));
      return join(aside, entry.name);
    },
    remove: (entry) => rm(join(path, entry.name), { force: true }),
  };
}

/** Never one that a link leads to: what is written here would lie elsewhere. */
async function ownFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  if ((await lstat(path)).isDirectory()) return;
  throw new Fault('refused', `using folder ${path}: it is a link`, 'remove it; a folder is made in its place');
}

async function entryAt(folder: string, name: string): Promise<OutboxEntry | null> {
  const bytes = await readOwn(join(folder, name), LARGEST);
  try {
    const read = JSON.parse(Buffer.from(bytes ?? []).toString('utf8')) as Waiting;
    const { to, message, attempts, last } = read;
    const sound = typeof to === 'string' && isMessage(message);
    return sound ? { name, to, message, attempts: Number.isInteger(attempts) ? attempts : 0, last: last ?? null } : null;
  } catch {
    return null;
  }
}

/** What a file says may be anything. */
function isMessage({ id, at, subject, text, html, attachments }: Message): boolean {
  const texts = [id, subject, text, html ?? '', ...attachments.flatMap(({ name, type, text: content }) => [name, type, content])];
  return texts.every((each) => typeof each === 'string') && Math.abs(at) <= LATEST;
}

/** Latest moment a date can be, in ms. */
const LATEST = 8.64e15;
