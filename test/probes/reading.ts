import { type AddressRange, coverageText, type ScanReport } from '../../src/core/index.ts';
import { createReportReader } from '../../src/probes/index.ts';

/** The moment of reading. */
export const NOW = Date.UTC(2026, 10, 21, 12);

async function* inChunks(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export interface How {
  readonly covers?: readonly AddressRange[];
  readonly chunk?: number;
}

export const read = (text: string | Uint8Array, { covers, chunk = 1 << 16 }: How = {}): Promise<ScanReport> =>
  createReportReader().read(inChunks(Buffer.from(text), chunk), { covers: covers ?? null, now: NOW });

export const covered = ({ coverage }: ScanReport): readonly string[] => coverageText(coverage).addresses;
export const addresses = ({ observations }: ScanReport): string[] => observations.map(({ address }) => address);
