import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, HOUR, MINUTE } from '../../test/make/device.ts';
import { ManualClock } from '../../test/watch/manual-clock.ts';
import { Pulse, TICK } from './pulse.ts';

function bench() {
  const clock = new ManualClock(AT);
  return { clock, pulse: new Pulse(clock) };
}

test('regular beats, late ones and early ones are no gap', async () => {
  const { clock, pulse } = bench();
  for (const length of [TICK, 0, 1, TICK + 9000, TICK]) {
    await clock.pass(length);
    assert.equal(pulse.beat(), 0);
  }
});

test('R34: a machine that slept shows in the wall clock only, a process that was stopped in both', async () => {
  const { clock, pulse } = bench();
  clock.suspend(8 * HOUR);
  assert.equal(pulse.beat(), 8 * HOUR);
  assert.equal(pulse.beat(), 0);
  await clock.stopProcess(8 * HOUR);
  assert.equal(pulse.beat(), 8 * HOUR - TICK);
  assert.equal(pulse.beat(), 0);
});

test('R32: a clock that is set is noticed in both directions, one that is trimmed is not', () => {
  const { clock, pulse } = bench();
  clock.set(-HOUR);
  assert.equal(pulse.beat(), -HOUR);
  clock.set(MINUTE);
  assert.equal(pulse.beat(), MINUTE);
  for (const trim of [900, -900, 14_999, -14_999]) {
    clock.set(trim);
    assert.equal(pulse.beat(), 0);
  }
});
