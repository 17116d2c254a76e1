import {
  Collapse,
  compareHosts,
  EMPTY_HOST,
  type HostDiff,
  type HostPair,
  HostReader,
  type HostTable,
  type LocalTime,
  type NdiffHeader,
  type NdiffHost,
  type NdiffPrinter,
  pairsOf,
  sameDigest,
  textPrinter,
  xmlPrinter,
} from '../../ndiff/index.ts';
import type { SeekableFile } from '../files/seekable.ts';
import { Died } from './died.ts';
import type { Out } from './out.ts';

export interface ScanFile {
  readonly path: string;
  readonly file: SeekableFile;
}

/** A scan that was read once: all of it but the hosts, of which it is known where they stand. */
export interface SurveyedScan extends ScanFile {
  readonly header: NdiffHeader;
  readonly hosts: HostTable;
}

export interface Manner {
  readonly verbose: boolean;
  readonly xml: boolean;
  readonly zone: LocalTime;
}

/** Writes the comparison of two scans; gives what Ndiff calls its cost: 0 for equal ones. Only hosts that differ are read again. */
export async function compareScans(
  [a, b]: readonly [SurveyedScan, SurveyedScan],
  { verbose, xml, zone }: Manner,
  out: Out,
): Promise<number> {
  const printer = (xml ? xmlPrinter : textPrinter)({ verbose, zone });
  const readA = rereader(a);
  const readB = rereader(b);
  const pairs = pairsOf(a.hosts, b.hosts); // puts them in order before anything is written
  out.write(printer.open(a.header, b.header));
  let cost = 0;
  for (const pair of pairs) {
    if (!verbose && isSame(a.hosts, b.hosts, pair)) continue;
    const diff = compareHosts(readA(pair.a), readB(pair.b), verbose);
    cost += diff.cost;
    if (diff.cost > 0 || verbose) out.write(hostText(printer, diff, out));
    if (out.full) await out.flush();
  }
  out.write(printer.close(a.header, b.header));
  return cost;
}

const isSame = (a: HostTable, b: HostTable, pair: HostPair): boolean =>
  pair.a !== null && pair.b !== null && sameDigest(a, pair.a, { b, row: pair.b });

/** Reads hosts of a scan by their rows; the empty host where there is none. */
function rereader({ path, file, hosts }: SurveyedScan): (row: number | null) => NdiffHost {
  const reader = new HostReader();
  let buffer = Buffer.allocUnsafe(64 * 1024);
  return (row) => {
    if (row === null) return EMPTY_HOST;
    const length = hosts.lengths[row] as number;
    if (length > buffer.length) buffer = Buffer.allocUnsafe(length * 2);
    const bytes = buffer.subarray(0, length);
    const read = file.read(bytes, hosts.offsets[row] as number);
    const host = read === length ? reader.read(bytes) : null;
    if (host === null) throw new Died(`${path}: the file changed while it was read; compare a copy that nobody writes to`, 'ours');
    return host;
  };
}

/** Where Ndiff dies in the middle of a host, what it said of it until then is written. */
function hostText(printer: NdiffPrinter, diff: HostDiff, out: Out): string {
  try {
    return printer.host(diff);
  } catch (thrown) {
    if (thrown instanceof Collapse) out.write(thrown.written);
    throw thrown;
  }
}
