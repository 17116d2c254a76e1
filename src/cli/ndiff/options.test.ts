import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readNdiffOptions } from './options.ts';

const read = (line: string, strictly = false) => readNdiffOptions(line === '' ? [] : line.split(' '), strictly);
const compare = (more: object = {}): object => ({ kind: 'compare', verbose: false, xml: false, a: 'a', b: 'b', ...more });
const refused = (message: string): object => ({ kind: 'refused', message });

describe('options of Ndiff', () => {
  for (const [line, order] of [
    ['a b', compare()],
    ['a -v b', compare({ verbose: true })],
    ['a b --xml', compare({ xml: true })],
    ['--x --v a b', compare({ verbose: true, xml: true })],
    ['--text --te a b', compare()],
    ['-vvv -- a b', compare({ verbose: true })],
    ['-- -v -h', compare({ a: '-v', b: '-h' })],
    ['- b', compare({ a: '-' })],
    ['-vh', { kind: 'help' }],
    ['--xml -h --text', { kind: 'help' }],
    ['--help missing', { kind: 'help' }],
  ] as const)
    test(`"${line}" are understood`, () => assert.deepEqual(read(line), order));

  for (const [line, message] of [
    ['', 'need exactly two input filenames.'],
    ['a', 'need exactly two input filenames.'],
    ['a b c', 'need exactly two input filenames.'],
    ['--xml --text a b', 'contradictory output format options.'],
    ['--xml --text -h', 'contradictory output format options.'],
    ['-z a b', 'option -z not recognized'],
    ['-vzh', 'option -z not recognized'],
    ['-h --foo', 'option --foo not recognized'],
    ['--foo=1', 'option --foo not recognized'],
    ['--text=1 a b', 'option --text must not have an argument'],
    ['--te= a b', 'option --text must not have an argument'],
    ['--=x a b', 'option -- not a unique prefix'],
    ['-é', 'option -é not recognized'],
  ] as const)
    test(`"${line}" are refused as Ndiff does`, () => assert.deepEqual(read(line), refused(message)));

  test('end with the first file where that is the custom', () => {
    assert.deepEqual(read('a -v', true), compare({ b: '-v' }));
    assert.deepEqual(read('-v a b', true), compare({ verbose: true }));
  });
});
