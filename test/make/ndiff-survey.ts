import { createHash } from 'node:crypto';
import { type Survey, Surveyor } from '../../src/ndiff/index.ts';

/** What a host of 10.0.0.x is in nmap's XML; `inside` are its ports, names and so on. */
export const hostXml = (last: number, inside = ''): string =>
  `<host><status state="up"/><address addr="10.0.0.${last}" addrtype="ipv4"/>${inside}</host>\n`;

export const scanXml = (...inside: string[]): string => `<nmaprun scanner="nmap" start="5">\n${inside.join('')}</nmaprun>\n`;

/** Surveys a document, given in pieces of this many bytes. */
export function survey(text: string, size = 1 << 20): { readonly survey: Survey; readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  const surveyor = new Surveyor({ digest: (bytes) => createHash('sha256').update(bytes).digest(), warn: (words) => warnings.push(words) });
  const bytes = Buffer.from(text);
  for (let i = 0; i < bytes.length; i += size) surveyor.write(bytes.subarray(i, i + size));
  return { survey: surveyor.finish(), warnings };
}

/** The survey of a document Ndiff reads to its end. */
export function surveyed(text: string, size?: number): Extract<Survey, { ok: true }> {
  const { survey: found } = survey(text, size);
  if (!found.ok) throw new Error(`line ${found.fault.line}: ${found.fault.message}`);
  return found;
}

/** Fingerprints of the hosts, in the order of the document. */
export function prints(text: string, size?: number): string[] {
  const { hosts } = surveyed(text, size);
  return hosts.ids.map((_, row) => Buffer.from(hosts.digests.subarray(row * 16, row * 16 + 16)).toString('hex'));
}
