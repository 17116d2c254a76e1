// What `rollcall ndiff` does with two scans, without files, threads or a process.
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { compareScans, type SurveyedScan } from '../../../src/cli/ndiff/compare-scans.ts';
import { Out } from '../../../src/cli/ndiff/out.ts';
import { Collapse, isDate, type LocalTime, localTime, NoOrder, type Survey, Surveyor } from '../../../src/ndiff/index.ts';
import { Tokenizer } from '../../../src/nmap-xml/index.ts';

/** A zone with a summer of half a year. One for each comparison: it remembers. */
const zone = (): LocalTime => localTime((epoch) => (Math.floor(epoch / 15_778_800) % 2 === 0 ? 3600 : 7200));

/** A comparison as far as it was printed. No cost: Ndiff dies of it. */
export interface Printed {
  readonly text: string;
  readonly cost: number | null;
}

/** Reads a scan in these pieces. */
export function surveyOf(chunks: readonly Uint8Array[]): Survey {
  const surveyor = new Surveyor({ digest: (bytes) => hash('sha256', bytes, 'buffer'), warn: () => {} });
  for (const chunk of chunks) surveyor.write(chunk);
  return surveyor.finish();
}

/** A scan that was read, with its bytes for the second reading; null when it was refused, or was made in the year 10000. */
export function scanOf(bytes: Buffer, survey: Survey): SurveyedScan | null {
  if (!survey.ok || ![survey.header.start, survey.header.end].every((time) => time === null || isDate(time, zone()))) return null;
  const read = (buffer: Uint8Array, position: number): number => bytes.copy(buffer, 0, position);
  const file = { fd: -1, size: bytes.length, spooled: false, read, close: () => {} };
  return { path: 'scan.xml', file, header: survey.header, hosts: survey.hosts };
}

export interface Manner {
  readonly xml: boolean;
  readonly verbose: boolean;
}

export async function printed(a: SurveyedScan, b: SurveyedScan, manner: Manner): Promise<Printed> {
  const pieces: string[] = [];
  const out = new Out({
    write(text, taken) {
      pieces.push(text);
      taken?.();
    },
    on: () => {},
  });
  try {
    const cost = await compareScans([a, b], { ...manner, zone: zone() }, out);
    await out.end();
    return { text: pieces.join(''), cost };
  } catch (thrown) {
    if (thrown instanceof NoOrder || thrown instanceof Collapse) return { text: pieces.join(''), cost: null };
    throw thrown;
  }
}

/** The same scan, none of whose hosts is taken for equal before it is read. */
export function unlikeAny(scan: SurveyedScan): SurveyedScan {
  return { ...scan, hosts: { ...scan.hosts, digests: scan.hosts.digests.map((byte) => byte ^ 0xff) } };
}

export function assertWellFormed(xml: string): void {
  const tokenizer = new Tokenizer({});
  tokenizer.write(Buffer.from(xml));
  assert.equal(tokenizer.end(), null, 'what was printed is not well-formed');
}
