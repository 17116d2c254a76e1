import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyDevice } from '../../test/make/arbitraries.ts';
import { AT, covering, device, HOUR, mac, seen } from '../../test/make/device.ts';
import { rollWith, rules } from '../../test/make/story.ts';
import { NO_COVERAGE } from '../core/index.ts';
import { applyScan } from './apply-scan.ts';
import { leaversOf } from './presence-leavers.ts';

const lan = covering(['10.0.0.0/24']);
const late = rules({ at: AT + HOUR, watchedSince: AT - HOUR });

test('leavers are who would be away: overdue, looked for, and not seen', () => {
  const roll = rollWith(
    device({ id: 1 }),
    device({ id: 2, at: ['10.0.0.2'], macs: [{ mac: mac(2), vendor: null }] }),
    device({ id: 3, at: ['10.0.0.3'], window: 2 * HOUR }),
    device({ id: 4, at: ['10.9.0.4'] }),
    device({ id: 5, at: ['10.0.0.5'], presence: 'away' }),
  );
  const report = { observations: [seen('10.0.0.77', 2)], coverage: lan };
  assert.deepEqual(
    leaversOf(roll, report, late).map(({ id }) => id),
    [1],
  );
  assert.deepEqual(leaversOf(roll, { ...report, coverage: NO_COVERAGE }, late), []);
});

test('a dry run says exactly who the fold then makes away', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyDevice, { selector: ({ id }) => id, maxLength: 8 }), fc.nat(3), (devices, answering) => {
      const roll = rollWith(...devices.map((one) => ({ ...one, mergedInto: null })));
      const observations = devices
        .slice(0, answering)
        .flatMap(({ addresses }) => addresses.slice(0, 1).map(({ address }) => seen(address)));
      const report = { observations, coverage: covering(['0.0.0.0/1', '::/2']), startedAt: AT + HOUR - 2000 };
      const fold = applyScan(roll, report, late);
      const left = fold.touched.filter(({ before, after }) => before?.presence !== 'away' && after.presence === 'away');
      assert.deepEqual(
        leaversOf(roll, report, late)
          .map(({ id }) => id)
          .sort((a, b) => a - b),
        left.map(({ after }) => after.id).sort((a, b) => a - b),
      );
    }),
  );
});
