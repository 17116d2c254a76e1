import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AT, HOUR, MINUTE } from '../../../test/make/device.ts';
import { incident, notification as sent } from '../../../test/make/stored-alerts.ts';
import type { AlertMemory, Notification } from '../../core/index.ts';
import { ahead, rewound, unaged } from './rewind.ts';

const notification = (fields: Partial<Notification>): Notification => sent({ state: 'waiting', madeAt: AT, endedAt: null, ...fields });

const memory = (fields: Partial<AlertMemory>): AlertMemory => ({
  judged: 7,
  lastIncident: 1,
  lastNotification: 1,
  tag: 'tag',
  incidents: [],
  notifications: [],
  ...fields,
});

test('R32: what is remembered moves back as a whole, and forth again, with all its distances', () => {
  const whole = memory({
    incidents: [
      incident({
        openedAt: AT,
        changedAt: AT + MINUTE,
        remindAt: AT + HOUR,
        acknowledged: { at: AT + 1, by: 'anna' },
        subjects: [
          { key: 'device:7', over: false, kind: 'device.left', at: AT },
          { key: 'device:8', over: true },
        ],
      }),
    ],
    notifications: [notification({ madeAt: AT, dueAt: AT + MINUTE }), notification({ id: 2, state: 'delivered', endedAt: AT + 3 })],
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 * 24 * HOUR }), (by) => {
      const back = rewound(whole, by);
      assert.equal(back.notifications[0]?.dueAt, AT + MINUTE - by);
      assert.equal(back.incidents[0]?.remindAt, AT + HOUR - by);
      assert.equal(back.incidents[0]?.escalateAt, null);
      assert.deepEqual(
        back.incidents[0]?.subjects.map(({ at }) => at),
        [AT - by, undefined],
      );
      assert.deepEqual(rewound(back, -by), whole);
    }),
  );
});

test('R32: a clock that was set forward makes nothing that waits older, and leaves alone when it is due and what has ended', () => {
  const rows = [notification({ madeAt: AT, dueAt: AT + MINUTE }), notification({ id: 2, state: 'delivered', endedAt: AT + 3 })];
  const whole = memory({ incidents: [incident({ remindAt: AT + HOUR })], notifications: rows });
  const later = unaged(whole, 30 * HOUR);
  assert.deepEqual(
    later.notifications.map(({ madeAt, dueAt, endedAt }) => [madeAt, dueAt, endedAt]),
    [
      [AT + 30 * HOUR, AT + MINUTE, null],
      [rows[1]?.madeAt, rows[1]?.dueAt, AT + 3],
    ],
  );
  assert.deepEqual(later.incidents, whole.incidents);
});

test('R32: what was kept by a clock that was set back since lies ahead by as much, and what waits for later does not', () => {
  assert.equal(ahead(memory({}), AT), 0);
  assert.equal(
    ahead(memory({ notifications: [notification({ madeAt: AT, dueAt: AT + 12 * HOUR })] }), AT),
    0,
    'quiet hours are no set clock',
  );
  assert.equal(ahead(memory({ notifications: [notification({ madeAt: AT + HOUR })] }), AT), HOUR);
  assert.equal(ahead(memory({ incidents: [incident({ changedAt: AT + 2 * HOUR })] }), AT), 2 * HOUR);
  assert.equal(ahead(memory({ incidents: [incident({ changedAt: AT + 5000 })] }), AT), 0, 'some seconds are nothing');
});
