// Which test files there are, and which of them must have the machine to themselves.
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * Paths of test files in the order in which they begin; `quick` leaves out all but the house and the rooms' own tests. Those of rooms
 * come last: they are short, so that no core is idle while the other one ends something long.
 */
export function testFiles(root, { quick }) {
  const sorted = (pattern) => globSync(pattern, { cwd: root }).sort();
  return [...sorted(quick ? ['test/house.test.ts', 'test/house/*.test.ts'] : 'test/**/*.test.ts'), ...sorted('{src,web/src}/**/*.test.ts')];
}

/** What a test on the LAN says of itself that measures nothing and mostly waits for nmap. */
const SHARES = /^\/\/ Shares the machine: /m;
/** What a test says of itself that others would disturb by what they do on the loopback. */
const ALONE = /^\/\/ Alone: /m;

/**
 * How a test file runs: `together` with any other, as `patient` beside all of those, or `alone`. Tests on the LAN of namespaces measure
 * time and load unless they say otherwise.
 */
export function mannerOf(root, path) {
  const text = readFileSync(resolve(root, path), 'utf8');
  const onLan = path.startsWith('test/lan/') || /from '(?:\.\.?\/)+(?:test\/)?lan\//.test(text);
  if (!onLan) return ALONE.test(text) ? 'alone' : 'together';
  return SHARES.test(text) ? 'patient' : 'alone';
}
