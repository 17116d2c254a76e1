import assert from 'node:assert/strict';
import { test } from 'node:test';
import { channel, DAY, rule, windows } from '../make/alerts.ts';
import { HOUR, MINUTE } from '../make/device.ts';
import { Stand } from './stand.ts';

/** Clocks that are set while something waits. Moments of what arrives are by a clock that is never set back. */

const SECOND = 1000;
const left = (of: number) => ({ kind: 'device.left', of }) as const;
const timesOf = ({ arrived }: Stand): number[] => arrived.map(({ at }) => at / MINUTE);

test('R32: a clock that is set back keeps nothing silent for longer than its cooldown', () => {
  const stand = new Stand({ terms: { rules: [rule({ cooldown: HOUR, resolved: false })] } });
  stand
    .at(0, left(7))
    .do(MINUTE, () => stand.jump(-5 * HOUR))
    .at(59 * MINUTE, left(7))
    .at(61 * MINUTE, left(7))
    .run(2 * HOUR);
  assert.deepEqual([stand.verdict(2), stand.verdict(3)], ['quiet cooldown', 'tell joined']);
});

test('R32: a clock that is set back and forth holds a storm to its ceiling, and keeps nothing for longer', () => {
  for (const hours of [-1, -30, -1000]) {
    const stand = new Stand();
    for (let i = 0; i < 8; i++) stand.at(i * 10 * SECOND, left(i + 1));
    stand.do(2 * MINUTE, () => stand.jump(hours * HOUR)).do(4 * MINUTE, () => stand.jump(30 * MINUTE));
    stand.run(DAY);
    assert.equal(stand.arrived.length, 4);
    // When it was set forward nobody can know whether the time passed: the machine may have slept.
    assert.deepEqual(timesOf(stand).slice(3), [34]);
  }
});

test('R32: reminders, and what quiet hours hold, come neither too early nor much too late by a clock that is set back and forward', () => {
  const stand = new Stand({ terms: { rules: [rule({ remind: 3 * HOUR })], channels: [channel('mail')], quiet: windows('22:00-06:00') } });
  stand
    .at(0, left(7))
    .do(HOUR, () => stand.jump(-2 * HOUR))
    .do(2 * HOUR, () => stand.jump(HOUR))
    .run(4 * HOUR);
  assert.deepEqual(timesOf(stand), [0, 3 * 60]);
});
