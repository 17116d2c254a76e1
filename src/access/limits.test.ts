import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Limits } from './limits.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Wrong so many times; how often that was allowed. */
function wrong(limits: Limits, times: number, at: { name?: string; from?: string | null; now: number }): number {
  let allowed = 0;
  for (let count = 0; count < times; count++) {
    const leave = limits.ask(at.name ?? 'anna', at.from === undefined ? '192.0.2.7' : at.from, at.now);
    if (!leave.given) continue;
    allowed++;
    leave.attempt.wrong(at.now);
  }
  return allowed;
}

const waitOf = (limits: Limits, now: number, name = 'anna', from: string | null = '192.0.2.7'): number | null => {
  const leave = limits.ask(name, from, now);
  if (!leave.given) return leave.wait;
  leave.attempt.neither();
  return 0;
};

test('S17: each lock is twice as long as the one before, four hours at most', () => {
  const limits = new Limits();
  const locks: (number | null)[] = [];
  let now = 0;
  for (let round = 0; round < 7; round++) {
    assert.equal(wrong(limits, 9, { now }), 5);
    const wait = waitOf(limits, now);
    locks.push(wait);
    now += wait ?? 0;
  }
  assert.deepEqual(
    locks,
    [15, 30, 60, 120, 240, 240, 240].map((minutes) => minutes * MINUTE),
  );
});

test('S17: locks begin anew after a day without failure, and failures that led to none are forgotten after a quarter of an hour', () => {
  const limits = new Limits();
  wrong(limits, 5, { now: 0 });
  const later = 15 * MINUTE + 24 * HOUR;
  wrong(limits, 5, { now: later });
  assert.equal(waitOf(limits, later), 15 * MINUTE);
  const calm = new Limits();
  for (let quarter = 0; quarter < 20; quarter++)
    assert.equal(wrong(calm, 4, { now: quarter * 15 * MINUTE, from: `192.0.2.${quarter}` }), 4);
  for (let quarter = 0; quarter < 20; quarter++) assert.equal(wrong(calm, 4, { now: (100 + quarter) * 15 * MINUTE }), 4);
});

test('S17: who is right begins anew; what the address did does not', () => {
  const limits = new Limits();
  for (let round = 0; round < 5; round++) {
    assert.equal(wrong(limits, 4, { now: 0, name: `victim${round}` }), round === 5 ? 0 : 4);
    const leave = limits.ask('mallory', '192.0.2.7', 0);
    if (leave.given) leave.attempt.right();
  }
  assert.equal(waitOf(limits, 0, 'fresh'), 15 * MINUTE, 'twenty from one address');
  assert.equal(waitOf(limits, 0, 'fresh', '192.0.2.8'), 0);
});

test('S17: a name is one whatever its case or length, an IPv6 network one address, a mapped address the plain one', () => {
  for (const [one, other] of [
    [{ name: 'Anna' }, { name: 'aNNA' }],
    [{ name: `${'x'.repeat(64)}1` }, { name: `${'x'.repeat(64)}2` }],
    [{ from: '2001:db8::1' }, { from: '2001:db8:0:0:ffff::2' }],
    [{ from: '::ffff:192.0.2.9' }, { from: '192.0.2.9' }],
    [{ from: 'fe80::1%eth0' }, { from: 'fe80::1' }],
    [{ from: null }, { from: null }],
  ] as const) {
    const limits = new Limits();
    wrong(limits, 5, { now: 0, ...one });
    assert.equal(wrong(limits, 1, { now: 0, ...other }), 0, JSON.stringify(other));
  }
  const limits = new Limits();
  wrong(limits, 5, { now: 0, from: '2001:db8::1' });
  assert.equal(wrong(limits, 1, { now: 0, from: '2001:db8:0:1::1' }), 1, 'another network');
});

test('what is under way counts until it is known: not one try too many, whatever comes at once', () => {
  const limits = new Limits();
  const open = Array.from({ length: 9 }, () => limits.ask('anna', null, 0));
  assert.deepEqual(
    open.map((leave) => (leave.given ? 'given' : leave.wait)),
    [...Array<string>(5).fill('given'), null, null, null, null],
  );
  for (const leave of open) if (leave.given) leave.attempt.neither();
  assert.equal(waitOf(limits, 0, 'anna', null), 0, 'who could not be judged has not failed');
});

test('a flood of names and addresses takes no more memory than ten thousand of them', () => {
  const limits = new Limits();
  for (let at = 0; at < 30_000; at++) wrong(limits, 1, { now: at, name: `n${at}`, from: `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}` });
  assert.equal(wrong(limits, 9, { now: 30_000, name: 'anna' }), 5, 'the newest are known');
});

test('law: nobody is wrong more than five times for a name from an address between two locks, whatever the order', () => {
  const step = fc.record({
    name: fc.constantFrom('a', 'b'),
    wait: fc.nat(20 * MINUTE),
    outcome: fc.constantFrom('wrong', 'right', 'neither'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const limits = new Limits();
      const since = new Map<string, number>();
      let now = 0;
      for (const { name, wait, outcome } of steps) {
        now += wait;
        const leave = limits.ask(name, 'x', now);
        if (!leave.given) {
          since.set(name, 0);
          assert.ok(leave.wait !== null && leave.wait > 0 && leave.wait <= 4 * HOUR);
          continue;
        }
        if (outcome === 'wrong') leave.attempt.wrong(now);
        else if (outcome === 'right') leave.attempt.right();
        else leave.attempt.neither();
        since.set(name, outcome === 'right' ? 0 : (since.get(name) ?? 0) + Number(outcome === 'wrong'));
        if (wait >= 15 * MINUTE) since.set(name, outcome === 'wrong' ? 1 : 0);
        assert.ok((since.get(name) ?? 0) <= 5);
      }
    }),
    { numRuns: 200 },
  );
});
