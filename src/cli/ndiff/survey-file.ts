import { hash } from 'node:crypto';
import { type Survey, Surveyor } from '../../ndiff/index.ts';
import type { SeekableFile } from '../files/seekable.ts';

/** Large enough that reading is no trouble, small enough to stay in the processor's cache. */
const PIECE = 256 * 1024;

/** Reads a scan once, from its beginning to its end or its first fault. */
export function surveyFile(file: Pick<SeekableFile, 'read'>, warn: (text: string) => void): Survey {
  const surveyor = new Surveyor({ digest: (bytes) => hash('sha256', bytes, 'buffer'), warn });
  const piece = Buffer.allocUnsafe(PIECE);
  let position = 0;
  while (!surveyor.stopped) {
    const read = file.read(piece, position);
    if (read === 0) break;
    surveyor.write(piece.subarray(0, read));
    position += read;
  }
  return surveyor.finish();
}
