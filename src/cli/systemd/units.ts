import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault } from '../../core/index.ts';

/** A file that systemd reads. */
export interface UnitFile {
  /** Where it belongs. */
  readonly path: string;
  readonly text: string;
}

/** Each with the folder that it belongs into. */
const FILES = {
  'rollcall.service': '/etc/systemd/system/rollcall.service',
  'rollcall-runner.service': '/etc/systemd/system/rollcall-runner.service',
  'rollcall-runner.socket': '/etc/systemd/system/rollcall-runner.socket',
  'rollcall.sysusers.conf': '/etc/sysusers.d/rollcall.conf',
} as const;

/** Where the files say that the program lies. */
const WRITTEN = '/opt/rollcall';

/** The units as shipped, for the program that lies where this one does. `launcher`: its path. */
export async function unitFiles(launcher: string): Promise<readonly UnitFile[]> {
  const root = dirname(dirname(launcher));
  const wrong = wrongPlace(root);
  if (wrong !== null) throw new Fault('refused', `writing units for ${root}: ${wrong}`, `put the program at ${WRITTEN}`);
  return Promise.all(
    Object.entries(FILES).map(async ([name, path]) => {
      const text = await readFile(join(root, 'packaging', 'systemd', name), 'utf8');
      return { path, text: text.replaceAll(WRITTEN, root) };
    }),
  );
}

/** Why the units would not find a program there; null: they would. */
function wrongPlace(root: string): string | null {
  if (!/^[\w./+-]+$/.test(root)) return 'systemd would read its path otherwise than it is written';
  return /^\/(?:home|root|run\/user|tmp|var\/tmp)(?:\/|$)/.test(root) ? 'a service that is shut in sees nothing of that folder' : null;
}
