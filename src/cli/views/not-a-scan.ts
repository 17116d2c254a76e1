import { Fault } from '../../core/index.ts';
import { type NmapEnding, packingOf, placeText } from '../../nmap-xml/index.ts';
import type { SeekableFile } from '../files/seekable.ts';

const HEAD = 1024;
const WANTED = 'name a file that nmap -oX wrote, unchanged';

/** Why a file is no nmap XML, as good as its first bytes and the reader can tell. */
export function notAScan(file: SeekableFile, title: string, ending: NmapEnding): Fault {
  const head = new Uint8Array(HEAD);
  const bytes = head.subarray(0, file.read(head, 0));
  const text = Buffer.from(bytes).toString('latin1');
  if (text.trim() === '' && bytes.length < HEAD) return fault(title, 'it is empty', 'check that the scan which should have written it ran');
  const packed = packingOf(bytes);
  if (packed !== null) return fault(title, `it is ${packed.what}`, `unpack it on the way: <(${packed.unpack})`);
  const format = FORMATS.find(([mark]) => mark.test(text));
  if (format !== undefined) return fault(title, `it is ${format[1]}, not XML`, 'scan with -oX FILE, or take it in with rollcall ingest');
  return fault(title, `${ending.fault?.message ?? 'it holds no scan'}${placeText(ending)}`, WANTED);
}

/** What else scanners print. */
const FORMATS: readonly (readonly [RegExp, string])[] = [
  [/^# Nmap \S+ scan initiated .* -oG|^Host: \S+ \(.*\)\tStatus: /m, "nmap's grepable output"],
  [/^# Nmap \S+ scan initiated|^Starting Nmap |^Nmap scan report for /m, "nmap's normal output"],
  [/^Interface: \S+, |^Starting arp-scan /m, "arp-scan's output"],
];

const fault = (title: string, what: string, remedy: string): Fault => new Fault('bad-input', `reading ${title}: ${what}`, remedy);
