import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Something that is run in nmap's place, sends nothing, and writes down how it was called. */
export interface Recorder {
  readonly path: string;
  /** A line of rollcall.toml that makes it the nmap. */
  readonly config: string;
  /** The arguments of every call so far. */
  calls(): string[][];
  remove(): void;
}

/** `body`: what the stand-in does after that, as lines of sh; says by itself that it saw nobody. */
export function recorder(body = ANSWER): Recorder {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-recorder-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true })); // a test that fails may not come to remove()
  const path = join(folder, 'nmap');
  // A file for each call, an argument a line, with line breaks inside them made visible.
  const script = `#!/bin/sh\nfor a in "$@"; do printf '%s' "$a" | tr '\\n' '~'; echo; done > "${folder}/$$.argv"\n${body}\n`;
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  chmodSync(folder, 0o755);
  return {
    path,
    config: `[nmap]\npath = "${path}"\n`,
    calls: () => argvFiles(folder).map((file) => readFileSync(file, 'utf8').trimEnd().split('\n')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const argvFiles = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.argv'))
    .map((name) => join(folder, name));

const ANSWER = `cat <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nmaprun>
<nmaprun scanner="nmap" args="stand-in" start="1795232398" version="7.93" xmloutputversion="1.05">
<runstats><finished time="1795232400" exit="success"/><hosts up="0" down="0" total="0"/></runstats>
</nmaprun>
XML`;

/** A scan that goes on until it is stopped; for what happens meanwhile. */
export const ENDLESS = 'exec sleep 120';
