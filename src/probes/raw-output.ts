import { createZstdCompress } from 'node:zlib';

/** Keeps a tool's output compressed while it streams by. */
export interface RawOutput {
  write(chunk: Uint8Array): void;
  /** One zstd frame; null when nothing came, or more than the cap. Call once. */
  finish(): Promise<Uint8Array | null>;
}

/** Compressed bytes kept at most: 16 MiB hold some 300 MB of nmap XML. */
const CAP = 16 * 1024 * 1024;

/** `cap`: compressed bytes; output beyond it is dropped whole, since half a document is no evidence. */
export function createRawOutput(cap: number = CAP): RawOutput {
  const zstd = createZstdCompress();
  const ended = new Promise<void>((resolve) => zstd.once('close', resolve));
  let kept: Buffer[] = [];
  let size = 0;
  let written = false;
  zstd.on('error', () => {
    size = Number.POSITIVE_INFINITY;
  });
  zstd.on('data', (part: Buffer) => {
    size += part.length;
    if (size > cap) {
      kept = [];
      zstd.destroy();
    } else kept.push(part);
  });
  return {
    write(chunk) {
      written = true;
      if (size <= cap) zstd.write(chunk);
    },
    async finish() {
      zstd.end();
      await ended;
      return written && size <= cap ? Buffer.concat(kept) : null;
    },
  };
}
