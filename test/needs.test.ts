import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { type Need, needs, toolPath } from './needs.ts';

const ci = process.env['CI'];
afterEach(() => {
  if (ci === undefined) delete process.env['CI'];
  else process.env['CI'] = ci;
});
const absent = 'a-tool-nobody-has' as Need;

test('a test whose tools are all there gets no option', () => {
  assert.deepEqual(needs(), {});
});

test('a missing tool skips the test and is named', () => {
  delete process.env['CI'];
  assert.match(needs(absent).skip ?? '', /needs a-tool-nobody-has, missing here/);
});

test('with CI=true a missing tool fails the test and is named', () => {
  process.env['CI'] = 'true';
  const { skip, signal } = needs(absent);
  assert.equal(skip, undefined);
  assert.equal(signal?.aborted, true);
  assert.match(String(signal?.reason), /needs a-tool-nobody-has/);
});

test('programs are found by name, folders and absent ones are not', () => {
  assert.match(toolPath('sh') ?? '', /\/sh$/);
  assert.equal(toolPath(absent), undefined);
});
