import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PLANS } from '../core/index.ts';
import { parsePortChoice, planWith } from './plan-options.ts';

test('a port choice is a list, so many of the usual ones, or all', () => {
  const good = (text: string) => {
    const read = parsePortChoice(text);
    return read.ok ? read.value : read.reason;
  };
  assert.deepEqual(good('80,22,81'), {
    kind: 'list',
    ports: [
      [22, 22],
      [80, 81],
    ],
  });
  assert.deepEqual(good('top 100'), { kind: 'top', count: 100 });
  assert.deepEqual(good('all'), { kind: 'all' });
});

test('S1: what nmap would take for more than ports is refused', () => {
  for (const text of [
    '',
    ' ',
    '-',
    '22-',
    '80-22',
    '65536',
    'http*',
    'T:22',
    '22 --script x',
    'top',
    'top 0',
    'top -1',
    'top 65536',
    'top 100000',
    'ALL',
    '22;id',
  ])
    assert.equal(parsePortChoice(text).ok, false, text);
});

test('a shipped plan is changed only in its ports and scripts, and never itself', () => {
  const plan = planWith('services', { ports: '22' });
  assert.deepEqual(plan, { ...PLANS.services, ports: { kind: 'list', ports: [[22, 22]] } });
  assert.deepEqual(planWith('deep', { scripts: 'safe' }), { ...PLANS.deep, scripts: 'safe' });
  assert.throws(() => planWith('ports', { scripts: 'safe' }), /plan ports does not ask what ports serve/);
  assert.deepEqual(PLANS.services.ports, { kind: 'top', count: 1000 });
  assert.equal(planWith('sweep', {}), PLANS.sweep);
  assert.throws(() => planWith('sweep', { ports: '22' }), /a sweep asks no ports/);
  assert.throws(
    () => planWith('ports', { ports: 'x'.repeat(500) }),
    (fault: Error) => fault.message.length < 200,
  );
});
