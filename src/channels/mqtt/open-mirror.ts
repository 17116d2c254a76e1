import { readFile } from 'node:fs/promises';
import { Fault, isForbidden, type Mirror, unreadWords } from '../../core/index.ts';
import { createMqttMirror, type MqttMirrorOptions } from './mirror.ts';

export interface MqttMirrorSource extends Omit<MqttMirrorOptions, 'url'> {
  /** One of the two at least. */
  readonly url: string | null;
  /** File that holds the URL, so that a password need not stand in the config. */
  readonly urlFile: string | null;
}

/** A mirror as [mqtt] says. Faults: bad-input for what can never work, for a file that cannot be read refused where this account may not, else unavailable. */
export async function openMqttMirror({ url, urlFile, ...options }: MqttMirrorSource): Promise<Mirror> {
  return createMqttMirror({ ...options, url: urlFile === null ? (url ?? '') : await textOf(urlFile) });
}

async function textOf(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (thrown) {
    throw new Fault(
      isForbidden(thrown) ? 'refused' : 'unavailable',
      `reading [mqtt] url_file ${path}: ${unreadWords(thrown)}`,
      'check the path, and that the daemon may read it',
    );
  }
}
