import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileView } from '../../../src/cli/views/file-view.ts';
import { Fault, type View } from '../../../src/core/index.ts';
import { compareViews, IGNORE_NOTHING } from '../../../src/diff/index.ts';
import { createNmapReader } from '../../../src/nmap-xml/index.ts';
import type { Mutant } from './mutant.ts';
import { originals } from './originals.ts';
import type { Tally } from './tally.ts';

const NOW = Date.UTC(2026, 2, 2);
/** In memory where there is such a place: a disk would take most of the time. */
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'rollcall-mutants-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

async function view(name: string, bytes: Uint8Array): Promise<View | null> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  try {
    return await openFileView(path, { title: name, now: NOW });
  } catch (thrown) {
    assert.ok(thrown instanceof Fault, `a fault was expected: ${String(thrown)}`);
    return null;
  }
}

const before = new Map<string, View | null>();
for (const [place, { name, bytes }] of originals.entries()) before.set(name, await view(`original-${place}`, bytes));

/** Reads the mutant as `rollcall diff` does: as much of it as can be had, and it says when that is not all. */
export async function judgeView({ number, bytes, chunks, original }: Mutant, tally: Tally): Promise<void> {
  const reader = createNmapReader({}, { lenient: true });
  for (const chunk of chunks) reader.write(chunk);
  const { ending } = reader.end();
  const mutant = await view('mutant', bytes);
  assert.equal(mutant === null, ending === 'unreadable', `the reader calls it ${ending}`);
  if (mutant === null) return;
  try {
    if (ending === 'partial') assert.notEqual(mutant.partial, null, 'it is not said to be partial');
    if (mutant.partial !== null) tally.partial++;
    tally.views++;
    compare(mutant, before.get(original.name) ?? mutant, number % 2 === 0);
  } finally {
    mutant.close();
  }
}

function compare(mutant: View, other: View, first: boolean): void {
  const items = [...(first ? compareViews(mutant, other, IGNORE_NOTHING) : compareViews(other, mutant, IGNORE_NOTHING))];
  assert.equal(items[0]?.kind, 'sides');
  const sum = items.at(-1);
  assert.ok(sum?.kind === 'sum');
  assert.equal(items.length - 2, sum.different + sum.unknown, 'the sum is not that of the devices told');
  assert.doesNotThrow(() => JSON.stringify(items));
}
