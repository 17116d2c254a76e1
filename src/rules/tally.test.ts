import assert from 'node:assert/strict';
import { test } from 'node:test';
import { incident, notification } from '../../test/make/stored-alerts.ts';
import { deskOf } from './remembered.ts';
import { tallyOf } from './tally.ts';

const memory = { judged: 9, lastIncident: 9, lastNotification: 9, tag: 'x1', incidents: [], notifications: [] };

test('what is open, what waits and what is dead are counted, over all rules and channels', () => {
  assert.deepEqual(tallyOf(deskOf(memory, 'home')), { open: 0, waiting: 0, dead: 0 });
  const desk = deskOf(
    {
      ...memory,
      incidents: [
        incident({ id: 1 }),
        incident({ id: 2, subjects: [{ key: 'device:8', over: false }] }),
        incident({ id: 3, rule: 'other' }),
        incident({ id: 4, closedAt: 1, closedBy: 'over' }),
      ],
      notifications: [
        notification({ id: 1, state: 'waiting', endedAt: null }),
        notification({ id: 2, state: 'waiting', endedAt: null, channel: 'mail' }),
        notification({ id: 3, state: 'dead' }),
        notification({ id: 4, state: 'delivered' }),
        notification({ id: 5, state: 'folded', instead: 4 }),
      ],
    },
    'home',
  );
  assert.deepEqual(tallyOf(desk), { open: 3, waiting: 2, dead: 1 });
});
