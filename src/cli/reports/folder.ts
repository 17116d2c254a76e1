import { lstat, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Fault, type Instant } from '../../core/index.ts';
import { makeStateFolder } from '../state-folder.ts';
import { STAGED } from './files.ts';
import { lockFolder } from './lock.ts';
import { momentOf, stampOf } from './stamp.ts';

/** A scan that the folder keeps. */
export interface KeptScan {
  readonly name: string;
  readonly path: string;
  readonly at: Instant;
}

/** The folder of one list's reports, held by this process. */
export interface ReportFolder {
  readonly path: string;
  readonly kept: readonly KeptScan[];
  /** Scans since the newest of `kept` that did not see all of it. */
  readonly partial: readonly KeptScan[];
  /** A stamp that no file of the folder bears yet: that moment, or the first free second after it. */
  freeStamp(at: Instant): string;
  pathOf(name: string): string;
  /** What a scan of that moment can be compared with, best first: the newest before it. A clock that ran ahead leaves scans of times to come: they are last. */
  previousTo(at: Instant): readonly KeptScan[];
  /** Removes the oldest scans and the reports made of them, but for so many, and never what bears the stamp. Returns how many scans went. */
  keepOnly(count: number, made: string): Promise<number>;
  close(): Promise<void>;
}

/** `nmap-STAMP.xml` is a whole scan; one that did not see everything says so in its name, and is compared with by nobody. */
const SCAN = /^nmap-(\d{4}-\d{2}-\d{2}T\d{6}Z)(\.partial)?\.xml$/;
const OURS = /^(?:nmap|report|followup|details)-(\d{4}-\d{2}-\d{2}T\d{6}Z)\.[\w.]+$/;

/** Opens the folder, which is made if need be. Fault conflict when somebody else makes a report there now. */
export async function openReportFolder(wanted: string, cwd: string): Promise<ReportFolder> {
  if (wanted === '') throw new Fault('bad-input', 'reading -o "": it is empty', 'write the folder that keeps the reports');
  const path = resolve(cwd, wanted);
  asFolder(path);
  const release = await lockFolder(path);
  try {
    return await listed(path, release);
  } catch (fault) {
    await release();
    throw fault;
  }
}

/** The rules of a state folder are right here too: for its owner alone where it is made, and nobody else may lay files into it. */
function asFolder(path: string): void {
  try {
    makeStateFolder(path);
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    throw new Fault(thrown.code, thrown.message.replace('using state folder', 'using folder'), 'choose a folder of its own with -o');
  }
}

async function listed(path: string, release: () => Promise<void>): Promise<ReportFolder> {
  const names = await readdir(path);
  for (const name of names) if (STAGED.test(name)) await rm(join(path, name), { force: true }); // what a dead run left
  const scans = (await Promise.all(names.map((name) => keptScan(path, name)))).filter((scan) => scan !== null);
  scans.sort((a, b) => a.at - b.at || a.name.localeCompare(b.name));
  const kept = scans.filter(({ name }) => !name.includes('.partial'));
  const newest = kept.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  const stamps = new Set(names.flatMap((name) => OURS.exec(name)?.[1] ?? []));
  return {
    path,
    kept,
    partial: scans.filter((scan) => scan.at > newest),
    pathOf: (name) => join(path, name),
    freeStamp(at) {
      let moment = at;
      while (stamps.has(stampOf(moment))) moment += 1000;
      return stampOf(moment);
    },
    previousTo: (at) => [...kept.filter((scan) => scan.at <= at).reverse(), ...kept.filter((scan) => scan.at > at).reverse()],
    keepOnly: (count, made) => keepOnly(path, count, made),
    close: release,
  };
}

async function keptScan(folder: string, name: string): Promise<KeptScan | null> {
  const at = momentOf(SCAN.exec(name)?.[1] ?? '');
  if (Number.isNaN(at)) return null;
  const path = join(folder, name);
  return (await lstat(path).catch(() => null))?.isFile() === true ? { name, path, at } : null;
}

async function keepOnly(folder: string, count: number, made: string): Promise<number> {
  const names = await readdir(folder);
  const stamps = names.flatMap((name) => (name.includes('.partial') ? [] : (SCAN.exec(name)?.[1] ?? []))).sort();
  const oldest = stamps.at(-count);
  if (stamps.length <= count || oldest === undefined) return 0;
  const stampIn = (name: string): string => OURS.exec(name)?.[1] ?? made;
  const stale = names.filter((name) => stampIn(name) < oldest && stampIn(name) !== made);
  for (const name of stale) await rm(join(folder, name), { force: true });
  return stale.filter((name) => SCAN.test(name) && !name.includes('.partial')).length;
}
