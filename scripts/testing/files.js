// Which test files there are, and which of them must have the machine to themselves.
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Paths of test files, sorted; `quick` leaves out all but the house and the rooms' own tests. */
export function testFiles(root, { quick }) {
  const patterns = quick ? ['src/**/*.test.ts', 'test/house.test.ts', 'test/house/*.test.ts'] : ['src/**/*.test.ts', 'test/**/*.test.ts'];
  return globSync(patterns, { cwd: root }).sort();
}

/** Tests on the LAN of namespaces measure time and load: they run alone, one after the other. */
export const wantsMachineAlone = (root, path) =>
  path.startsWith('test/lan/') || /from '(?:\.\.?\/)+(?:test\/)?lan\//.test(readFileSync(resolve(root, path), 'utf8'));
