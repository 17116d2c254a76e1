// Shares the machine: it measures nothing, and waits for programs to start.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { newProgram } from './program.ts';

test('what a daemon refuses of [mqtt] is no sound config either, in the same words', async () => {
  const program = await newProgram();
  const wrong = join(dirname(program.config), 'wrong');
  await writeFile(wrong, 'http://canary');
  for (const [mqtt, words] of [
    ['url_file = "/no/such/url"', /reading \[mqtt\] url_file \/no\/such\/url: there is no such file\n {2}remedy: check the path/],
    [`url_file = "${wrong}"`, /reading the MQTT URL: it is not the address of a broker\n {2}remedy: write mqtt:/],
    [`url_file = "${dirname(wrong)}"`, /: it is a folder\n/],
  ] as const) {
    await writeFile(program.config, `[mqtt]\n${mqtt}\n`);
    const checked = await program.run('config', 'check', program.config);
    assert.match(checked.stdout, words);
    assert.deepEqual([checked.code, checked.stderr], [2, '1 fault found\n']);
    const ran = await program.run('run');
    assert.equal(ran.code, 2);
    assert.match(ran.stderr, words);
    assert.ok(ran.stderr.includes(checked.stdout.split('\n', 1)[0] as string), ran.stderr);
    assert.doesNotMatch(checked.stdout + ran.stderr, /canary/);
  }
  await program.end();
});
