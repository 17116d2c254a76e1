import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progressOn } from './progress.ts';

function sinkOf(isTTY: boolean, columns = 80) {
  const sink = { isTTY, columns, text: '', write: (text: string) => void (sink.text += text), on: () => {} };
  return sink;
}

const LOUD = { quiet: false, json: false };
const step = { done: 0.25, secondsLeft: 30, found: '2 hosts' };

test('a bar never wraps, however narrow the terminal or long the label', () => {
  for (const columns of [20, 40, 80, 200]) {
    const sink = sinkOf(true, columns);
    progressOn(sink, 'scanning '.repeat(12), LOUD).step(step);
    assert.ok(sink.text.length - '\r\u001b[K'.length < columns, `${columns}`);
  }
});

test('a terminal that does not know its width counts as one of 80 columns', () => {
  const sink = sinkOf(true, 0);
  progressOn(sink, 'x', LOUD).step(step);
  assert.match(sink.text, /x \[#{8}-{22}\] {2}25 % 2 hosts, 30 s left$/);
});

test('the time left is told in the unit that fits', () => {
  const told = (secondsLeft: number): string => {
    const sink = sinkOf(false);
    progressOn(sink, 'x', LOUD).step({ ...step, secondsLeft });
    return sink.text;
  };
  assert.deepEqual(
    [told(0), told(89), told(600), told(7200)].map((line) => line.slice(line.indexOf(',') + 2)),
    ['0 s left\n', '89 s left\n', '10 min left\n', '2 h left\n'],
  );
});

test('a share nobody knows is a question mark, not a zero', () => {
  const sink = sinkOf(true);
  progressOn(sink, 'x', LOUD).step({ done: null, secondsLeft: null, found: '2 hosts' });
  assert.match(sink.text, /\? % 2 hosts$/);
});

test('nothing with --quiet, and none into a pipe beside JSON', () => {
  for (const [isTTY, options] of [
    [true, { quiet: true, json: false }],
    [false, { quiet: false, json: true }],
  ] as const) {
    const sink = sinkOf(isTTY);
    const progress = progressOn(sink, 'x', options);
    progress.step(step);
    progress.end();
    assert.equal(sink.text, '');
  }
});
