import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PastSession } from '../../../core/index.ts';
import { SessionLog } from './session-log.ts';

const session = fc.record({
  presence: fc.constantFrom<PastSession['presence']>('present', 'away'),
  from: fc.integer({ min: 0, max: 2 ** 45 }),
  to: fc.integer({ min: 0, max: 2 ** 45 }),
  address: fc.constantFrom(null, '10.0.0.1', '10.0.0.2', 'fd00::1'),
});

test('what is put in comes out again, packed or not', () => {
  fc.assert(
    fc.property(fc.array(session, { maxLength: 40 }), (sessions) => {
      const log = new SessionLog();
      for (const [i, one] of sessions.entries()) log.add({ ...one, from: one.from + i * 2 ** 46, to: one.to + i * 2 ** 46 }, 0);
      const expected = sessions.map((one, i) => ({ ...one, from: one.from + i * 2 ** 46, to: one.to + i * 2 ** 46 }));
      const told = [...log];
      assert.equal(log.length, told.length);
      assert.deepEqual(told, expected);
    }),
  );
});

test('one that goes on is one, unless it is elsewhere, otherwise, or too long after', () => {
  const log = new SessionLog();
  const at = (from: number, to: number, more: Partial<PastSession> = {}) =>
    log.add({ presence: 'present', from, to, address: 'a', ...more }, 10);
  assert.deepEqual(
    [at(0, 5), at(15, 20), at(18, 19), at(31, 40), at(32, 33, { address: 'b' }), at(34, 35, { presence: 'away' }), at(1, 2)],
    [true, false, false, true, true, true, true],
  );
  assert.deepEqual(
    [...log].map(({ from, to }) => `${from}-${to}`),
    ['0-20', '31-40', '32-33', '34-35', '1-2'],
  );
});
