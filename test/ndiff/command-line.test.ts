/** Ndiff's command line: what it takes, what it refuses, in which words and with which exit code. */
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Desk } from './desk.ts';
import { needsReference } from './needs-reference.ts';
import { host, names, run } from './situations/documents.ts';

/** A and B stand for two scans that differ. */
const OPTIONS: readonly (readonly string[])[] = [
  [],
  ['A'],
  ['A', 'B'],
  ['A', 'A'],
  ['A', 'B', 'A'],
  ['-h'],
  ['--help'],
  ['-h', 'A', 'B'],
  ['A', 'missing', '-h'],
  ['-hv', '--xml'],
  ['-vh'],
  ['-hh'],
  ['-v', 'A', 'B'],
  ['A', '-v', 'B'],
  ['A', 'B', '-v'],
  ['-vv', 'A', 'B'],
  ['--verbose', '--verbose', 'A', 'A'],
  ['--verb', 'A', 'B'],
  ['--v', 'A', 'B'],
  ['--h'],
  ['--he'],
  ['--t', 'A', 'B'],
  ['--te', 'A', 'B'],
  ['--x', 'A', 'B'],
  ['--xm', 'A', 'B'],
  ['--xml', 'A', 'B'],
  ['--xml', '--xml', 'A', 'B'],
  ['--text', '--text', 'A', 'B'],
  ['--text', '--xml', 'A', 'B'],
  ['--xml', '--text', 'A', 'B'],
  ['--xml', '--text'],
  ['--xml', '--text', '-h'],
  ['-h', '--xml', '--text'],
  ['--xml', '-h', '--text'],
  ['--xml', '--te', '--xml', 'A'],
  ['-z', 'A', 'B'],
  ['-zh'],
  ['-hz'],
  ['-vz', 'A', 'B'],
  ['-h', '-z'],
  ['-', 'A'],
  ['A', '-'],
  ['-', '-'],
  ['--', 'A', 'B'],
  ['A', '--', 'B'],
  ['A', 'B', '--'],
  ['--', '-v', 'A'],
  ['A', '--', '-h'],
  ['--', '--'],
  ['--', '--', 'A'],
  ['-v', '--', '-v', '--xml'],
  ['--foo'],
  ['--foo=bar'],
  ['--texts'],
  ['--Text', 'A', 'B'],
  ['--text=yes', 'A', 'B'],
  ['--te=yes', 'A', 'B'],
  ['--xml=', 'A', 'B'],
  ['--help=me'],
  ['--verbose=1=2'],
  ['--=', 'A', 'B'],
  ['--=x'],
  ['--foo=a=b'],
  ['-=', 'A', 'B'],
  ['-v=1', 'A', 'B'],
  ['-é', 'A', 'B'],
  ['-😀v'],
  ['--é'],
  ['-v-', 'A', 'B'],
  ['-v\n'],
  ['--fo\no'],
  ['-:'],
  ['-h:'],
  [''],
  ['', 'A'],
  ['A', ''],
  ['-v', ''],
  ['missing', 'B'],
  ['A', 'missing'],
  ['missing', 'missing too'],
  ['bad', 'missing'],
  ['missing', 'bad'],
  ['bad', 'A'],
  ['A', 'bad'],
  ['warns', 'missing'],
  ['warns', 'bad'],
  ['warns', 'warns too'],
  ['.', 'B'],
  ['A', '.'],
  ['A', 'folder/'],
  ['A/', 'B'],
  ['A/x', 'B'],
  ['loop', 'B'],
  ['dangling', 'B'],
  ['link', 'B'],
  ['x'.repeat(256), 'B'],
  ['x/'.repeat(3000), 'B'],
  ['/dev/null', 'B'],
  ['/proc/self/mem', 'B'],
  ['A', '/proc/self/mem'],
  ["it's", 'B'],
  ['say "it"', 'B'],
  [`it's "both"`, 'B'],
  ['back\\slash', 'B'],
  ['line\nend\ttab\rreturn', 'B'],
  ['\x01\x1b\x7f\x80\x85\x9f\xa0\xad', 'B'],
  ['é€日本😀', 'B'],
  ['\u0300\u200b\u2028\u2029\u202e\ufeff\ue000\ufffd\u3000', 'B'],
  ['\u{e0001}\u{f0000}\u{10ffff}\u{1f9ff}', 'B'],
  ['\u0378\u05ff\u2fe0\u1fffe', 'B'],
];

describe('the command line of ndiff', needsReference(), () => {
  let desk: Desk;
  before(() => {
    desk = new Desk();
    const put = (name: string, text: string): void => writeFileSync(join(desk.folder, name), text);
    put('A', run(host(names('a', 'b'))));
    put('B', run(host(names('a', 'c'))));
    put('bad', '<nmaprun>');
    put('warns', run('<host><status/><address addr="1"/></host>'));
    put('warns too', run('<host><status/><address addr="1"/><address/></host>'));
    mkdirSync(join(desk.folder, 'folder'));
    symlinkSync('A', join(desk.folder, 'link'));
    symlinkSync('nowhere', join(desk.folder, 'dangling'));
    symlinkSync('loop', join(desk.folder, 'loop'));
  });
  after(() => desk.close());

  /** Words that are files of the test, by their whole path. */
  const placed = (words: readonly string[]): string[] =>
    words.map((word) => (/^(?:-.*|\/.*|)$/s.test(word) ? word : join(desk.folder, word) + (word.endsWith('/') ? '/' : '')));

  for (const words of OPTIONS)
    test(`ndiff ${JSON.stringify(words).slice(1, -1).replaceAll(',', ' ').slice(0, 80)}`, async () => {
      const fault = await desk.compare({ argv: placed(words) });
      if (fault !== undefined) assert.fail(fault);
    });

  for (const argv0 of ['ndiff', './ndiff', '/opt/my tools/ndiff', "it's", '%s'])
    test(`called as ${argv0}`, async () => {
      for (const argv of [['-h'], ['-q'], []]) {
        const fault = await desk.compare({ argv0, argv });
        if (fault !== undefined) assert.fail(fault);
      }
    });
});
