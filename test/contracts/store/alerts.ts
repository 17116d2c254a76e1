import assert from 'node:assert/strict';
import type { AlertWork, Incident, Notification, Verdict } from '../../../src/core/index.ts';
import { incident, line, notification, verdict } from '../../make/stored-alerts.ts';
import type { Tell } from '../store.ts';
import { appeared, arrival, MINUTE, type Scene, SITE, START } from './scene.ts';

const DAY = 24 * 60 * MINUTE;

/** What the network can put into a text, and a database may stumble over. */
const HOSTILE = `'; drop table notification; -- \u0000\u0001\u202e\ud800"\\%_\n\u2028${'𝕏'.repeat(50)}`;

const work = (more: Partial<AlertWork> = {}): AlertWork => ({
  site: SITE,
  judged: null,
  verdicts: [],
  incidents: [],
  notifications: [],
  ...more,
});

const waiting = (id: number, more: Partial<Notification> = {}): Notification =>
  notification({ id, key: `k-${id}`, incident: null, state: 'waiting', endedAt: null, madeAt: START, dueAt: START, ...more });

const ended = (id: number, endedAt: number, more: Partial<Notification> = {}): Notification =>
  notification({ id, key: `k-${id}`, incident: null, state: 'delivered', endedAt, ...more });

const open = (id: number, more: Partial<Incident> = {}): Incident => incident({ id, openedAt: START, changedAt: START, ...more });

const closed = (id: number, closedAt: number, more: Partial<Incident> = {}): Incident =>
  open(id, { changedAt: closedAt, closedAt, closedBy: 'over', ...more });

const unasked = (seq: number, at: number): Verdict => ({
  seq,
  at,
  rules: [{ rule: null, verdict: 'quiet', reason: 'unasked', text: 'no rule asks for device.readdressed', incident: null }],
});

const idsOf = (rows: readonly { readonly id: number }[]): number[] => rows.map(({ id }) => id);

/** Changes to judge. */
async function changes({ commit }: Scene, count: number): Promise<void> {
  for (let device = 1; device <= count; device++) await commit(START + device, arrival(device, START));
}

export function alertStories(tell: Tell): void {
  tell('nothing is judged in a fresh store, which has a tag of its own for good', async ({ store }, { reopen }) => {
    const memory = await store.alertMemory(SITE, START);
    assert.deepEqual(memory, { judged: 0, lastIncident: 0, lastNotification: 0, tag: memory.tag, incidents: [], notifications: [] });
    assert.match(memory.tag, /^[a-z0-9]{8,20}$/);
    assert.equal((await store.alertMemory('cabin', START)).tag, memory.tag);
    assert.equal(await store.verdictOf(1), undefined);
    assert.deepEqual(await store.incidents({ site: SITE, limit: 9 }), []);
    assert.deepEqual(await store.notifications({ site: SITE, limit: 9 }), []);
    assert.deepEqual(await store.check(), []);
    const again = await reopen?.();
    if (again) assert.equal((await again.alertMemory(SITE, START)).tag, memory.tag);
  });

  tell('what a step of alerting made is kept whole, hostile text too', async (scene, { reopen }) => {
    const { store, lease } = scene;
    await changes(scene, 3);
    const told = verdict({
      seq: 1,
      at: START + 7,
      rules: [
        { rule: 'a', verdict: 'tell', reason: 'first', text: HOSTILE.toWellFormed(), incident: 1 },
        { rule: 'b', verdict: 'quiet', reason: 'time', text: 'it is night', incident: null },
      ],
    });
    const verdicts = [told, unasked(2, START + 2), unasked(3, START + 1), { seq: 4, at: START, rules: [] }];
    const device = { ...line().device, name: HOSTILE, groups: [HOSTILE] } as NonNullable<ReturnType<typeof line>['device']>;
    const lines = [line({ text: HOSTILE, device, after: { name: HOSTILE, deep: [null, { [HOSTILE]: 1.5 }] } }), line({ device: null })];
    const row = waiting(1, { incident: 1, title: HOSTILE, lines, more: 300, because: HOSTILE, receipt: HOSTILE, handle: HOSTILE });
    const whole = open(1, {
      title: HOSTILE,
      subjects: Array.from({ length: 4096 }, (_, n) => ({ key: `device:${n}`, over: n % 2 === 0 })),
    });
    await store.writeAlerts(work({ judged: 3, verdicts, incidents: [whole], notifications: [row] }), lease);
    const look = async (from = store): Promise<void> => {
      for (const one of verdicts) assert.deepEqual(await from.verdictOf(one.seq), one);
      const memory = await from.alertMemory(SITE, START);
      assert.deepEqual([memory.judged, memory.lastIncident, memory.lastNotification], [3, 1, 1]);
      assert.deepEqual([memory.incidents, memory.notifications], [[whole], [row]]);
      assert.deepEqual(await from.incidents({ site: SITE, limit: 9 }), [whole]);
      assert.deepEqual(await from.notifications({ site: SITE, limit: 9 }), [row]);
      assert.deepEqual(await from.check(), []);
    };
    await look();
    const again = await reopen?.();
    if (again) await look(again);
  });

  tell('thousands of changes are judged in one step', async (scene) => {
    const { store, lease } = scene;
    await scene.commit(START, {
      ...arrival(1, START),
      changes: Array.from({ length: 1234 }, () => appeared(1)),
    });
    const verdicts = Array.from({ length: 1234 }, (_, n) =>
      n % 100 === 99 ? verdict({ seq: n + 1, at: START }) : unasked(n + 1, START + n),
    );
    const incidents = Array.from({ length: 600 }, (_, n) => open(n + 1));
    const notifications = Array.from({ length: 600 }, (_, n) => waiting(n + 1, { incident: n + 1 }));
    await store.writeAlerts(work({ judged: 1234, verdicts, incidents, notifications }), lease);
    for (const seq of [1, 100, 501, 1200, 1234]) assert.deepEqual(await store.verdictOf(seq), verdicts[seq - 1]);
    const memory = await store.alertMemory(SITE, START);
    assert.deepEqual([memory.judged, memory.incidents, memory.notifications], [1234, incidents, notifications]);
    assert.deepEqual(await store.check(), []);
  });

  tell('the same step once more changes nothing, and rows take the place of what they were', async (scene) => {
    const { store, lease } = scene;
    await changes(scene, 2);
    const step = work({ judged: 2, verdicts: [unasked(1, START)], incidents: [open(1)], notifications: [waiting(1, { incident: 1 })] });
    await store.writeAlerts(step, lease);
    const before = await store.alertMemory(SITE, START);
    await store.writeAlerts(step, lease);
    assert.deepEqual(await store.alertMemory(SITE, START), before);
    const [over, sent] = [closed(1, START + MINUTE), ended(1, START + MINUTE, { incident: 1, channel: 'mail', receipt: '250 taken' })];
    await store.writeAlerts(work({ verdicts: [verdict({ seq: 1, at: START })], incidents: [over], notifications: [sent] }), lease);
    const memory = await store.alertMemory(SITE, START + MINUTE);
    assert.deepEqual([memory.judged, memory.incidents, memory.notifications], [2, [over], [sent]]);
    assert.equal((await store.verdictOf(1))?.rules[0]?.reason, 'first');
    assert.deepEqual(await store.notifications({ site: SITE, states: ['waiting'], limit: 9 }), []);
    assert.deepEqual(await store.notifications({ site: SITE, channel: 'mail', limit: 9 }), [sent]);
    assert.deepEqual(await store.incidents({ site: SITE, open: true, limit: 9 }), []);
    await store.writeAlerts(work({ judged: 1 }), lease);
    assert.equal((await store.alertMemory(SITE, START)).judged, 2, 'what is judged stays judged');
  });

  tell('R16: a step that fails halfway has changed nothing', async (scene) => {
    const { store, lease } = scene;
    await changes(scene, 2);
    await store.writeAlerts(work({ judged: 1, verdicts: [unasked(1, START)] }), lease);
    const before = await store.alertMemory(SITE, START);
    const broken = {
      ...waiting(2),
      get state(): never {
        throw new Error('cut short');
      },
    };
    const step = work({ judged: 2, verdicts: [verdict({ seq: 2 })], incidents: [open(1)], notifications: [waiting(1), broken] });
    await assert.rejects(store.writeAlerts(step, lease), /cut short/);
    assert.deepEqual(await store.alertMemory(SITE, START), before);
    assert.equal(await store.verdictOf(2), undefined);
    assert.deepEqual(await store.notifications({ site: SITE, limit: 9 }), []);
  });

  tell('what is written stays as it was, whatever becomes of what it was written from', async ({ store, lease }) => {
    const lines = [line()];
    await store.writeAlerts(work({ notifications: [waiting(1, { lines })] }), lease);
    lines.length = 0;
    assert.equal((await store.notifications({ site: SITE, limit: 1 }))[0]?.lines.length, 1);
  });

  tell(
    'after a start alerting goes on with what is open or waits, with notifications of a day and incidents of a week',
    async ({ store, lease }) => {
      const now = START + 10 * DAY;
      const incidents = [open(1), closed(2, START), closed(3, now - 7 * DAY), closed(4, now - 7 * DAY + 1), open(5, { changedAt: now })];
      const notifications = [
        waiting(1),
        ended(2, START),
        ended(3, now - DAY, { state: 'dead' }),
        ended(4, now - DAY + 1, { state: 'dead' }),
        ended(5, now, { state: 'folded' }),
      ];
      await store.writeAlerts(work({ incidents: [...incidents].reverse(), notifications: [...notifications].reverse() }), lease);
      await store.writeAlerts(
        work({ site: 'cabin', incidents: [open(6, { site: 'cabin' })], notifications: [waiting(6, { site: 'cabin' })] }),
        lease,
      );
      const memory = await store.alertMemory(SITE, now);
      assert.deepEqual(
        [idsOf(memory.incidents), idsOf(memory.notifications)],
        [
          [1, 4, 5],
          [1, 4, 5],
        ],
      );
      assert.deepEqual([memory.lastIncident, memory.lastNotification], [6, 6], 'numbers run through all sites');
      const cabin = await store.alertMemory('cabin', now);
      assert.deepEqual([idsOf(cabin.incidents), idsOf(cabin.notifications)], [[6], [6]]);
    },
  );

  tell('incidents and notifications are found newest first, by what they are asked for', async ({ store, lease }) => {
    const incidents = [open(1), closed(2, START), open(3), closed(4, START)];
    const states = ['waiting', 'delivered', 'dead', 'folded'] as const;
    const notifications = Array.from({ length: 12 }, (_, n): Notification => {
      const state = states[n % 4] ?? 'waiting';
      const row = state === 'waiting' ? waiting(n + 1) : ended(n + 1, START, { state });
      return { ...row, channel: n < 8 ? 'phone' : 'mail', incident: n % 3 === 0 ? 2 : null };
    });
    await store.writeAlerts(work({ incidents, notifications }), lease);
    const wanted = async (query: object) => idsOf(await store.incidents({ site: SITE, limit: 99, ...query }));
    assert.deepEqual(await wanted({}), [4, 3, 2, 1]);
    assert.deepEqual(await wanted({ open: true }), [3, 1]);
    assert.deepEqual(await wanted({ open: false, limit: 1 }), [4]);
    assert.deepEqual(await wanted({ before: 4, limit: 2 }), [3, 2]);
    assert.deepEqual(await wanted({ ids: [1, 4, 99] }), [4, 1]);
    assert.deepEqual(await wanted({ ids: [1, 4], open: true }), [1]);
    assert.deepEqual(await wanted({ ids: [] }), []);
    assert.deepEqual(await wanted({ site: 'cabin' }), []);
    const told = async (query: object) => idsOf(await store.notifications({ site: SITE, limit: 99, ...query }));
    assert.deepEqual(await told({}), [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    assert.deepEqual(await told({ limit: 3 }), [12, 11, 10]);
    assert.deepEqual(await told({ before: 4 }), [3, 2, 1]);
    assert.deepEqual(await told({ states: ['waiting'] }), [9, 5, 1]);
    assert.deepEqual(await told({ states: ['dead', 'waiting'], limit: 4 }), [11, 9, 7, 5]);
    assert.deepEqual(await told({ states: [] }), []);
    assert.deepEqual(await told({ channel: 'mail' }), [12, 11, 10, 9]);
    assert.deepEqual(await told({ channel: 'phone', states: ['folded'], before: 8 }), [4]);
    assert.deepEqual(await told({ incident: 2 }), [10, 7, 4, 1]);
    assert.deepEqual(await told({ incident: 2, states: ['delivered', 'folded'], channel: 'phone' }), [4]);
    assert.deepEqual(await told({ ids: [1, 12, 99] }), [12, 1]);
    assert.deepEqual(await told({ ids: [1, 12], states: ['dead'] }), []);
    assert.deepEqual(await told({ ids: [] }), []);
    assert.deepEqual(await told({ site: 'cabin' }), []);
    assert.deepEqual(await told({ channel: "phone' or 1=1 --" }), []);
  });

  tell('old alerts are dropped, but never what waits, is open, or is needed by what stays', async (scene) => {
    const { store, lease } = scene;
    await changes(scene, 4);
    const now = START + 400 * DAY;
    await store.writeAlerts(
      work({
        judged: 4,
        verdicts: [unasked(1, START), verdict({ seq: 2, at: START }), verdict({ seq: 3, at: now - DAY }), unasked(4, now)],
        incidents: [open(1), closed(2, START), closed(3, START), closed(4, now - DAY), closed(5, START)],
        notifications: [
          waiting(1, { incident: 2 }),
          ended(2, START, { incident: 3 }),
          ended(3, now - DAY, { incident: 5 }),
          ended(4, START, { incident: 4, state: 'dead' }),
          ended(5, START, { incident: 1, state: 'folded' }),
        ],
      }),
      lease,
    );
    const keep = { singles: 0, raw: 0 };
    assert.equal((await store.prune(keep, now, lease)).alerts, 0, 'nothing is dropped where nobody says after how long');
    assert.equal((await store.prune({ ...keep, alerts: 2 * DAY }, now, lease)).alerts, 6);
    assert.deepEqual(idsOf(await store.incidents({ site: SITE, limit: 9 })), [5, 4, 2, 1]);
    assert.deepEqual(idsOf(await store.notifications({ site: SITE, limit: 9 })), [3, 1]);
    const verdicts = await Promise.all([1, 2, 3, 4].map((seq) => store.verdictOf(seq)));
    assert.deepEqual(
      verdicts.map((one) => one?.seq),
      [undefined, undefined, 3, 4],
    );
    assert.equal((await store.prune({ ...keep, alerts: 2 * DAY }, now, lease)).alerts, 0);
    assert.deepEqual(await store.check(), []);
    await store.writeAlerts(work({ notifications: [ended(1, START)] }), lease);
    assert.equal((await store.prune({ ...keep, alerts: 0 }, now + DAY, lease)).alerts, 7);
    const memory = await store.alertMemory(SITE, now);
    assert.deepEqual([memory.judged, memory.lastIncident, memory.lastNotification], [4, 5, 5], 'no number is given twice');
    assert.deepEqual(idsOf(memory.incidents), [1]);
  });

  tell('thousands of old alerts are dropped', async ({ store, lease }) => {
    const rows = Array.from({ length: 1203 }, (_, n) => n + 1);
    await store.writeAlerts(
      work({
        verdicts: rows.map((seq) => unasked(seq, START)),
        incidents: rows.map((id) => closed(id, START)),
        notifications: rows.map((id) => ended(id, START, { incident: id })),
      }),
      lease,
    );
    assert.equal((await store.prune({ singles: 0, raw: 0, alerts: DAY }, START + 2 * DAY, lease)).alerts, 3 * 1203);
    assert.deepEqual(await store.notifications({ site: SITE, limit: 9 }), []);
    assert.equal(await store.verdictOf(1203), undefined);
  });

  tell('what cannot be is found when the store is checked', async (scene) => {
    const { store, lease } = scene;
    await changes(scene, 1);
    const rows = [waiting(1, { incident: 7 }), waiting(2, { endedAt: START }), ended(3, START, { endedAt: null })];
    await store.writeAlerts(work({ judged: 2, notifications: rows }), lease);
    assert.deepEqual((await store.check()).toSorted(), [
      '1 notifications belong to no incident',
      '2 notifications wait and have ended, or do neither',
      'changes are judged up to 2, and there are 1',
    ]);
  });
}
