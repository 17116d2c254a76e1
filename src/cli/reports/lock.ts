import { randomBytes } from 'node:crypto';
import { link, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../../core/index.ts';
import { birthOf } from '../daemon/pid-file.ts';
import { faultOf } from './files.ts';

const NAME = '.lock';
const DRAFT = /^\.lock\.[0-9a-f]{12}$/;
/** Somebody may take it over at the same moment; then the one who was quicker holds it. */
const TRIES = 5;

/** Holds the folder against other runs, as long as this process lives. Fault conflict naming who holds it. Returns how to let go. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, NAME);
  const mine = `${process.pid}\n${(await birthOf(process.pid)) ?? ''}\n`;
  for (let turn = 0; turn < TRIES; turn++) {
    if (await lay(path, mine)) {
      await sweep(folder);
      return async () => void ((await noteIn(path)) === mine && (await rm(path, { force: true })));
    }
    const note = await noteIn(path);
    const pid = await livingHolder(note);
    if (pid !== null)
      throw new Fault(
        'conflict',
        `using folder ${folder}: process ${pid} makes a report there`,
        'wait for its end; make the time between two runs longer than one takes',
      );
    if (note !== undefined) await takeAway(path, note);
  }
  throw new Fault('conflict', `using folder ${folder}: others make reports there`, 'wait for their end');
}

/** It appears with its content, or not at all. */
async function lay(path: string, note: string): Promise<boolean> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(draft, note, { mode: 0o600, flag: 'wx' });
    await link(draft, path);
    return true;
  } catch (thrown) {
    const { code, syscall } = thrown as { code?: string; syscall?: string };
    // Somebody holds it, or has swept the draft before there was a note in it.
    if (code === 'EEXIST' || (code === 'ENOENT' && syscall === 'link')) return false;
    throw faultOf(thrown, path);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Whoever was killed between laying a lock and tidying up left the draft of it for ever. */
async function sweep(folder: string): Promise<void> {
  const drafts = (await readdir(folder)).filter((name) => DRAFT.test(name));
  for (const path of drafts.map((name) => join(folder, name)))
    if ((await livingHolder(await noteIn(path))) === null) await rm(path, { force: true });
}

const noteIn = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);

async function livingHolder(note: string | undefined): Promise<number | null> {
  const [pid = '', birth = ''] = note?.split('\n') ?? [];
  if (!/^[1-9]\d{0,9}$/.test(pid)) return null;
  return (await birthOf(Number(pid))) === birth ? Number(pid) : null;
}

/** Only the note of the dead: between reading and taking it somebody else may have laid theirs, which goes back. */
async function takeAway(path: string, note: string): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(path, aside);
    if ((await noteIn(aside)) !== note) await link(aside, path);
  } catch (thrown) {
    if (!['ENOENT', 'EEXIST'].includes((thrown as { code?: string }).code ?? '')) throw thrown;
  } finally {
    await rm(aside, { force: true });
  }
}
