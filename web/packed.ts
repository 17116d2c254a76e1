import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin, ResolvedConfig } from 'vite';

const TEXT = /\.(?:html|js|css|svg|webmanifest)$/;
/** Shorter ones gain nothing. */
const LEAST = 1024;

/** Lays a .gz and a .br beside every text of the build, so that the daemon packs nothing while it serves. */
export function packed(): Plugin {
  let built: ResolvedConfig;
  return {
    name: 'rollcall-packed',
    apply: 'build',
    configResolved(config) {
      built = config;
    },
    closeBundle() {
      for (const path of filesOf(join(built.root, built.build.outDir))) pack(path);
    },
  };
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && TEXT.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));

function pack(path: string): void {
  const bytes = readFileSync(path);
  if (bytes.length < LEAST) return;
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}
