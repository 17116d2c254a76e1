/** Output that cannot be written: partial output and exit code as Ndiff has them. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { needsReference } from './needs-reference.ts';
import { Programs, type Start } from './programs.ts';
import type { Ran } from './reference.ts';
import { host, names, run } from './situations/documents.ts';

describe('output that cannot be written', needsReference(), () => {
  let programs: Programs;
  let [a, b, large]: string[] = [];
  before(() => {
    programs = new Programs();
    [a, b, large] = [programs.path('a.xml'), programs.path('b.xml'), programs.path('large.xml')];
    writeFileSync(a, run(host(names('x', 'y'))));
    writeFileSync(b, run(host(names('x', 'z'))));
    writeFileSync(large, run(Array.from({ length: 5000 }, (_, i) => host(names(`host-${i}`), `10.0.${i >> 8}.${i & 255}`)).join('')));
  });
  after(() => programs.remove());

  const both = (start: Start): Promise<[Ran, Ran]> => Promise.all([programs.theirs(start), programs.ours(start)]);

  for (const mode of [[], ['-v'], ['--xml']]) {
    test(`a full disk, ndiff ${mode.join(' ')}`, async () => {
      for (const argv of [
        [...mode, a!, large!],
        [...mode, a!, b!],
      ]) {
        const [theirs, ours] = await both({ argv, shell: '"$@" > /dev/full' });
        assert.deepEqual([ours.code, ours.stdout.length], [theirs.code, 0]);
        assert.match(ours.stderr.toString(), /no space left|ENOSPC/i);
      }
    });

    test(`a reader that has gone, ndiff ${mode.join(' ')}`, async () => {
      const shell = '{ "$@"; echo "code $?" >&2; } | head -c 100';
      const [theirs, ours] = await both({ argv: [...mode, a!, large!], shell });
      assert.equal(ours.stdout.toString(), theirs.stdout.toString());
      assert.equal(codeIn(ours), codeIn(theirs));
    });
  }

  test('a closed standard output', async () => {
    for (const [mode, x, y] of [
      [[], a, b],
      [[], a, a],
      [[], a, large],
      [['-v'], a, a],
      [['-v'], large, a],
    ] as const) {
      const [theirs, ours] = await both({ argv: [...mode, x!, y!], shell: '"$@" >&-' });
      assert.equal(ours.code, theirs.code);
    }
  });

  test('a closed standard output: the XML writer of Python dies of it, ours writes to nowhere as it does in text', async () => {
    const [theirs, ours] = await both({ argv: ['--xml', a!, b!], shell: '"$@" >&-' });
    assert.deepEqual([theirs.code, ours.code], [2, 1]);
  });

  test('help and complaints to where nothing can be written', async () => {
    for (const [argv, shell] of [
      [['-h'], '"$@" > /dev/full'],
      [['-h'], '"$@" >&-'],
      [['-z'], '"$@" 2> /dev/full'],
      [['-z'], '"$@" 2>&-'],
      [[a!, b!], '"$@" 2>&-'],
      [[a!, 'nowhere'], '"$@" 2>&-'],
      [[a!, a!], '"$@" > /dev/full'],
    ] as const) {
      const [theirs, ours] = await both({ argv, shell });
      assert.equal(ours.code, theirs.code, `${shell} ${argv.join(' ')}`);
      // Without standard error Python complains on standard output; we stay silent there.
      if (shell !== '"$@" 2>&-') assert.equal(ours.stdout.toString(), theirs.stdout.toString());
    }
  });

  test('everything is written before the program ends, to a slow reader too', async () => {
    const [theirs, ours] = await both({
      argv: ['-v', '--xml', large!, large!],
      shell: '{ "$@"; echo "code $?" >&2; } | { read -r line; echo "$line"; cat; }',
    });
    assert.ok(theirs.stdout.length > 500_000);
    assert.ok(ours.stdout.equals(theirs.stdout));
    assert.equal(codeIn(ours), codeIn(theirs));
  });
});

const codeIn = ({ stderr }: Ran): string | undefined => /^code (\d+)$/m.exec(stderr.toString())?.[1];
