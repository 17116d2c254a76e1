import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { Fault, type ScanId } from '../core/index.ts';

/** Largest output handed out, in bytes. */
const LARGEST_RAW = 256 * 1024 * 1024;

const decompress = promisify(zstdDecompress);

/** A tool's kept output as a file. Refuses one that would unfold beyond reason. */
export async function rawFile(id: ScanId, compressed: Uint8Array): Promise<File> {
  const bytes = await decompress(compressed, { maxOutputLength: LARGEST_RAW }).catch((failure: unknown) => {
    throw new Fault(
      'unavailable',
      `unpacking the output of scan ${id}: ${failure instanceof Error ? failure.message : 'it is unreadable'}`,
      'scan again to get a fresh one',
    );
  });
  const xml = bytes.subarray(0, 5).toString('latin1') === '<?xml';
  return new File([bytes], `scan-${id}.${xml ? 'xml' : 'txt'}`, { type: xml ? 'application/xml' : 'text/plain' });
}
