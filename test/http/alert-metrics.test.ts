import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { suite, test } from 'node:test';
import type { Incident, Notification } from '../../src/core/index.ts';
import { createMetrics } from '../../src/http/index.ts';
import type { Keeper } from '../../src/watch/index.ts';
import { AT, MINUTE } from '../make/device.ts';
import { needs, toolPath } from '../needs.ts';
import { type FakeKeeper, fakeKeeper } from './fake-keeper.ts';
import { seriesOf } from './series.ts';

const incident = (id: number, over: Partial<Incident> = {}): Incident => ({
  id,
  site: 'home',
  rule: 'new-device',
  urgency: 'normal',
  to: ['ops'],
  title: 'a new device',
  subjects: [],
  firstSeq: 1,
  lastSeq: 1,
  count: 1,
  openedAt: AT,
  changedAt: AT,
  closedAt: null,
  closedBy: null,
  acknowledged: null,
  remindAt: null,
  escalateAt: null,
  ...over,
});

const notification = (id: number, over: Partial<Notification> = {}): Notification => ({
  id,
  key: `k-${id}`,
  site: 'home',
  channel: 'ops',
  kind: 'opened',
  rule: 'new-device',
  incident: 1,
  urgency: 'normal',
  title: 'a new device',
  lines: [],
  more: 0,
  madeAt: AT,
  dueAt: AT,
  because: null,
  state: 'waiting',
  attempts: 0,
  endedAt: null,
  receipt: null,
  handle: null,
  instead: null,
  ...over,
});

const keeperWith = (answers: Partial<Keeper> = {}): FakeKeeper =>
  fakeKeeper({
    targets: () => [],
    scans: async () => [],
    drift: async () => Promise.reject(new Error('not asked here')),
    incidents: async () => [],
    notifications: async () => [],
    ...answers,
  });

const begin = (answers: Partial<Keeper> = {}) => {
  const keeper = keeperWith(answers);
  const metrics = createMetrics({ keeper });
  return {
    keeper,
    read: async () => seriesOf(await metrics.text()),
    text: () => metrics.text(),
    incident: (one: Incident) => keeper.publish({ kind: 'incident.changed', incident: one }),
    outbox: (...all: Notification[]) => {
      for (const one of all) keeper.publish({ kind: 'notification.changed', notification: one });
    },
  };
};

const DELIVERED = 'rollcall_notifications_total{channel="ops",state="delivered"}';
const FAILURES = 'rollcall_delivery_failures_total{channel="ops"}';
const WAITING = 'rollcall_outbox_notifications{channel="ops"}';
const OLDEST = 'rollcall_outbox_oldest_age_seconds{channel="ops"}';

suite('who was told', () => {
  test('open incidents by urgency, and those nobody took note of: what was there before counts, too', async () => {
    const { read, incident: happens } = begin({ incidents: async () => [incident(1), incident(2, { urgency: 'critical' })] });
    const counts = async (): Promise<(number | undefined)[]> => {
      const series = await read();
      return [
        ...['low', 'normal', 'critical'].map((urgency) => series.get(`rollcall_incidents_open{urgency="${urgency}"}`)),
        series.get('rollcall_incidents_unacknowledged'),
      ];
    };
    assert.deepEqual(await counts(), [0, 1, 1, 2]);
    happens(incident(1, { acknowledged: { at: AT, by: 'ada' } }));
    happens(incident(2, { urgency: 'critical', closedAt: AT, closedBy: 'over' }));
    happens(incident(3, { urgency: 'low' }));
    assert.deepEqual(await counts(), [1, 1, 0, 1]);
  });

  test('each notification is counted once, when it ends, however often it is told of', async () => {
    const { read, outbox } = begin();
    outbox(notification(1), notification(2), notification(3));
    outbox(notification(1, { state: 'delivered' }), notification(1, { state: 'delivered', handle: 'm1' }));
    outbox(notification(2, { state: 'folded' }));
    const series = await read();
    assert.equal(series.get(DELIVERED), 1);
    assert.equal(series.get('rollcall_notifications_total{channel="ops",state="folded"}'), 1);
    assert.equal(series.get('rollcall_notifications_total{channel="ops",state="dead"}'), 0);
    assert.equal(series.get(WAITING), 1);
  });

  test('attempts that failed are counted; of those before this process only what comes', async () => {
    const { read, outbox } = begin({ notifications: async () => [notification(9, { attempts: 4 })] });
    await read();
    outbox(
      notification(1),
      notification(1, { attempts: 1 }),
      notification(1, { attempts: 2 }),
      notification(1, { attempts: 3, state: 'delivered' }),
    );
    outbox(notification(9, { attempts: 5 }));
    assert.equal((await read()).get(FAILURES), 3);
    outbox(notification(9, { attempts: 6, state: 'dead' }), notification(9, { attempts: 6, state: 'dead' }));
    outbox(notification(9, { attempts: 6 }), notification(9, { attempts: 7, state: 'delivered' }));
    const series = await read();
    assert.deepEqual([series.get(FAILURES), series.get(DELIVERED)], [4, 2]);
    assert.equal(series.get('rollcall_notifications_total{channel="ops",state="dead"}'), 1);
  });

  test('a queue is as old as the oldest that could be sent by now; quiet hours make none old', async () => {
    const now = Date.now();
    const { read, outbox } = begin({ notifications: async () => [notification(1, { dueAt: now - 10 * MINUTE })] });
    outbox(notification(2, { channel: 'night', dueAt: now + 60 * MINUTE }));
    const series = await read();
    assert.ok(Math.abs((series.get(OLDEST) ?? 0) - 600) < 30);
    assert.equal(series.get('rollcall_outbox_oldest_age_seconds{channel="night"}'), 0);
  });

  test('R18: one that failed is as old as it could be sent at first, however long it waits until it is tried again', async () => {
    const now = Date.now();
    const failed = { attempts: 7, madeAt: now - 120 * MINUTE, dueAt: now + 20 * MINUTE };
    const { read, outbox } = begin({ notifications: async () => [notification(1, failed)] });
    outbox(notification(2, { ...failed, channel: 'night' }));
    const series = await read();
    for (const channel of ['ops', 'night'])
      assert.ok(Math.abs((series.get(`rollcall_outbox_oldest_age_seconds{channel="${channel}"}`) ?? 0) - 7200) < 30, channel);
    outbox(notification(1, { state: 'delivered' }));
    const after = await read();
    assert.deepEqual([after.get(OLDEST), after.get(WAITING)], [0, 0]);
  });

  test('what ends while the outbox of before is read has ended', async () => {
    const reading = Promise.withResolvers<Notification[]>();
    const { read, outbox, incident: happens } = begin({ notifications: () => reading.promise, incidents: async () => [incident(7)] });
    const first = read();
    outbox(notification(1, { state: 'delivered' }));
    happens(incident(7, { closedAt: AT, closedBy: 'over' }));
    reading.resolve([notification(1)]);
    const series = await first;
    assert.deepEqual([series.get(WAITING), series.get('rollcall_incidents_open{urgency="normal"}')], [0, 0]);
  });

  test('changes nobody judged yet are a lag', async () => {
    const lag = async (judged: number | null): Promise<number | undefined> => {
      const status = { ...fakeKeeper().status(), judged };
      return (await begin({ status: () => status }).read()).get('rollcall_judging_lag_changes');
    };
    assert.deepEqual([await lag(12), await lag(5), await lag(null)], [0, 7, 0]);
  });

  test('is as Prometheus wants it', needs('promtool'), async () => {
    const { text, outbox, incident: happens } = begin();
    happens(incident(1));
    outbox(notification(1), notification(2, { channel: 'b', state: 'dead', attempts: 3 }));
    const said = execFileSync(toolPath('promtool') as string, ['check', 'metrics'], { input: await text(), encoding: 'utf8' });
    assert.equal(said, '');
  });
});
