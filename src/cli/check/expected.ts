import type { DeviceJson } from '../../contract/index.ts';
import { canonicalAddress, canonicalMac, Fault } from '../../core/index.ts';
import { textOfFile } from './read-file.ts';

/** Somebody who must be here. */
export interface Expected {
  /** As it was typed. */
  readonly text: string;
  /** Whether a device is the one that is meant. */
  readonly means: (device: DeviceJson) => boolean;
}

/** Longest list, in entries. */
const MOST = 10_000;

/** Those a file names. Fault when it cannot be read, is no list, or names nobody. */
export async function readExpectedFile(file: string): Promise<Expected[]> {
  return readExpected(await textOfFile(file), file);
}

/** A name, address or hardware address a line; "#" begins a comment at the start of a word. */
export function readExpected(text: string, file: string): Expected[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  const named = lines.flatMap((line, i) => {
    const said = line.replace(/(^|\s)#.*$/, '').trim();
    return said === '' ? [] : [expectedAs(said, `${file}:${i + 1}`)];
  });
  if (named.length === 0) throw new Fault('bad-input', `reading ${file}: it names nobody`, 'write a name, address or MAC a line');
  if (named.length > MOST)
    throw new Fault('bad-input', `reading ${file}: it names ${named.length}, and ${MOST} are the most`, 'shorten it');
  return named;
}

function expectedAs(text: string, place: string): Expected {
  if (text.length > 255 || /[\u0000-\u001f\u007f]/.test(text))
    throw new Fault('bad-input', `reading ${place}: it is no name, address or MAC`, 'write one a line, of 255 characters at most');
  const mac = canonicalMac(text);
  if (mac !== undefined) return { text, means: ({ macs }) => macs.includes(mac) };
  const address = canonicalAddress(text);
  if (address !== undefined) return { text, means: ({ addresses }) => addresses.includes(address) };
  const name = nameOf(text);
  return { text, means: ({ alias, names }) => [...(alias === null ? [] : [alias]), ...names].some((known) => nameOf(known) === name) };
}

/** Names are the same in any case, and with the dot of the root or without. */
const nameOf = (text: string): string => text.toLowerCase().replace(/\.$/, '');

export interface Roster {
  /** Away, or never seen. */
  readonly missing: readonly string[];
  /** Nobody can say: unknown is not away. */
  readonly unsure: readonly string[];
}

/** Who of those expected is not here. One of several devices of that name is enough. */
export function rosterOf(expected: readonly Expected[], devices: readonly DeviceJson[]): Roster {
  const [missing, unsure]: [string[], string[]] = [[], []];
  for (const { text, means } of expected) {
    const presences = new Set(devices.filter(means).map(({ presence }) => presence));
    if (presences.has('present')) continue;
    (presences.has('unknown') ? unsure : missing).push(text);
  }
  return { missing, unsure };
}
