import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { rawBytes, rawWords } from './raw-words.ts';

test('words that are whole stay as they are', () => {
  const words = ['a', 'é😀', ''];
  assert.equal(rawWords(words), words);
});

test('bytes that are no UTF-8 come through to the name of a file', () => {
  const module = fileURLToPath(new URL('./raw-words.ts', import.meta.url));
  const program = `const { rawBytes, rawWords } = await import(${JSON.stringify(module)});
    console.log(JSON.stringify(rawWords(process.argv.slice(1)).map((word) => rawBytes(word).toString('latin1'))));`;
  const command = `f=$(printf 'a\\377\\303\\251\\303z\\360\\237'); exec "$0" --input-type=module -e "$1" -- x "$f" '\ufffd'`;
  const { stdout } = spawnSync('sh', ['-c', command, process.execPath, program], { encoding: 'utf8' });
  assert.deepEqual(JSON.parse(stdout), ['x', 'a\u00ff\u00c3\u00a9\u00c3z\u00f0\u009f', '\u00ef\u00bf\u00bd']);
});

test('a character that is a pair of surrogates is no escape', () => {
  assert.deepEqual(rawBytes('😀\udcffé'), Buffer.from([0xf0, 0x9f, 0x98, 0x80, 0xff, 0xc3, 0xa9]));
});
