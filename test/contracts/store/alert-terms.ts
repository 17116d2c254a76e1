import assert from 'node:assert/strict';
import { Fault, type Mute } from '../../../src/core/index.ts';
import { channel, mute, notification, rule, verdict } from '../../make/stored-alerts.ts';
import type { Tell } from '../store.ts';
import { MINUTE, SITE, START } from './scene.ts';

const DAY = 86_400_000;

const notFound = (thrown: unknown): boolean => thrown instanceof Fault && thrown.code === 'not-found' && thrown.remedy !== undefined;
const lostLease = (thrown: unknown): boolean => thrown instanceof Fault && thrown.code === 'conflict';

const HOSTILE = `'"; -- \u0000\u202e${'ü'.repeat(300)}`;

const draft = (more: Partial<Mute> = {}): Omit<Mute, 'id'> => {
  const { id: _, ...rest } = mute({ from: START, until: START + MINUTE, madeAt: START, ...more });
  return rest;
};

export function alertTermStories(tell: Tell): void {
  tell('rules that people make are kept whole, by name, each site its own', async ({ store, lease }, { reopen }) => {
    assert.deepEqual(await store.alertRules(SITE), []);
    const [late, b, first] = [
      rule({ name: 'z' }),
      rule({ name: 'b-1', where: HOSTILE, who: [HOSTILE], escalate: { after: MINUTE, to: ['phone', '*'] }, remind: MINUTE }),
      rule({ name: '0', during: [{ text: '08:00-09:00', days: [1], from: 480, to: 540 }] }),
    ];
    for (const one of [late, b, first]) await store.putAlertRule(SITE, one, lease);
    await store.putAlertRule('cabin', rule({ name: 'z', enabled: false }), lease);
    assert.deepEqual(await store.alertRules(SITE), [first, b, late]);
    const other = rule({ name: 'z', urgency: 'critical' });
    await store.putAlertRule(SITE, other, lease);
    await store.dropAlertRule(SITE, 'b-1', lease);
    await assert.rejects(store.dropAlertRule(SITE, 'b-1', lease), notFound);
    await assert.rejects(store.dropAlertRule('elsewhere', 'z', lease), notFound);
    assert.deepEqual(await store.alertRules(SITE), [first, other]);
    const again = await reopen?.();
    if (again) {
      assert.deepEqual(await again.alertRules(SITE), [first, other]);
      assert.deepEqual(await again.alertRules('cabin'), [rule({ name: 'z', enabled: false })]);
    }
  });

  tell('channels are kept whole with their secrets, each site its own', async ({ store, lease }, { reopen }) => {
    const [phone, mail] = [
      channel({ options: { token: HOSTILE, deep: [1, { a: null }] }, fallback: 'mail' }),
      channel({ name: 'mail', kind: 'email' }),
    ];
    await store.putAlertChannel(SITE, phone, lease);
    await store.putAlertChannel(SITE, mail, lease);
    await store.putAlertChannel('cabin', mail, lease);
    assert.deepEqual(await store.alertChannels(SITE), [mail, phone]);
    const quieter = { ...phone, quiet: [], ceiling: 0 };
    await store.putAlertChannel(SITE, quieter, lease);
    await store.dropAlertChannel(SITE, 'mail', lease);
    await assert.rejects(store.dropAlertChannel(SITE, 'mail', lease), notFound);
    assert.deepEqual(await store.alertChannels(SITE), [quieter]);
    assert.deepEqual(await store.alertChannels('cabin'), [mail]);
    const again = await reopen?.();
    if (again) assert.deepEqual(await again.alertChannels(SITE), [quieter]);
  });

  tell('a mute holds until its end, or until a person ends it; all are remembered', async ({ store, lease }, { reopen }) => {
    const brief = await store.addMute(draft({ why: HOSTILE }), lease);
    const endless = await store.addMute(draft({ until: null, rule: null, kinds: [], where: null }), lease);
    const upkeep = await store.addMute(draft({ kind: 'maintenance', from: START + 5 * MINUTE, until: START + 9 * MINUTE }), lease);
    await store.addMute(draft({ site: 'cabin' }), lease);
    assert.deepEqual(brief, { ...draft({ why: HOSTILE }), id: brief.id });
    assert.equal(new Set([brief.id, endless.id, upkeep.id]).size, 3);
    assert.deepEqual(await store.mutes(SITE, START), [brief, endless, upkeep], 'also what is yet to come');
    assert.deepEqual(await store.mutes(SITE, START + MINUTE - 1), [brief, endless, upkeep]);
    assert.deepEqual(await store.mutes(SITE, START + MINUTE), [endless, upkeep]);
    await store.endMute(endless.id, START + 2 * MINUTE, lease);
    await store.endMute(endless.id, START + 3 * MINUTE, lease);
    const over = { ...endless, endedAt: START + 2 * MINUTE };
    assert.deepEqual(await store.mutes(SITE, START + 2 * MINUTE - 1), [over, upkeep]);
    assert.deepEqual(await store.mutes(SITE, START + 2 * MINUTE), [upkeep]);
    assert.deepEqual(await store.mutes(SITE, 'all'), [brief, over, upkeep]);
    await assert.rejects(store.endMute(99, START, lease), notFound);
    const again = await reopen?.();
    if (again) assert.deepEqual(await again.mutes(SITE, 'all'), [brief, over, upkeep]);
  });

  tell('mutes that have been over for long are dropped, and no number of theirs is given again', async ({ store, lease }) => {
    const keep = { singles: 0, raw: 0, alerts: DAY };
    const brief = await store.addMute(draft(), lease);
    const endless = await store.addMute(draft({ until: null }), lease);
    const ended = await store.addMute(draft({ until: START + 90 * DAY }), lease);
    const far = await store.addMute(draft({ until: START + 90 * DAY, site: 'cabin' }), lease);
    await store.endMute(ended.id, START + MINUTE, lease);
    const over = { ...ended, endedAt: START + MINUTE };
    assert.equal((await store.prune(keep, START + DAY + MINUTE, lease)).alerts, 0, 'not yet');
    assert.deepEqual(await store.mutes(SITE, 'all'), [brief, endless, over]);
    assert.equal((await store.prune(keep, START + DAY + MINUTE + 1, lease)).alerts, 2);
    assert.deepEqual(await store.mutes(SITE, 'all'), [endless]);
    assert.deepEqual(await store.mutes('cabin', 'all'), [far]);
    const crowd = [];
    for (let i = 0; i < 12; i++) crowd.push(await store.addMute(draft(), lease));
    assert.ok(Math.min(...crowd.map(({ id }) => id)) > far.id);
    assert.equal((await store.prune(keep, START + 5 * DAY, lease)).alerts, 12);
    assert.ok((await store.addMute(draft(), lease)).id > (crowd.at(-1)?.id ?? Infinity));
  });

  tell('R30: nobody writes about alerts without the lease', async ({ store, lease }) => {
    const lost = { fence: lease.fence - 1 };
    const kept = await store.addMute(draft(), lease);
    await store.putAlertRule(SITE, rule(), lease);
    await store.putAlertChannel(SITE, channel(), lease);
    const step = { site: SITE, judged: 1, verdicts: [verdict()], incidents: [], notifications: [notification({ incident: null })] };
    for (const write of [
      () => store.writeAlerts(step, lost),
      () => store.putAlertRule(SITE, rule({ name: 'other' }), lost),
      () => store.dropAlertRule(SITE, rule().name, lost),
      () => store.putAlertChannel(SITE, channel({ name: 'other' }), lost),
      () => store.dropAlertChannel(SITE, channel().name, lost),
      () => store.addMute(draft(), lost),
      () => store.endMute(kept.id, START, lost),
    ])
      await assert.rejects(write(), lostLease);
    const { judged, notifications } = await store.alertMemory(SITE, START);
    assert.deepEqual([judged, notifications], [0, []]);
    assert.equal(await store.verdictOf(verdict().seq), undefined);
    assert.deepEqual([await store.alertRules(SITE), await store.alertChannels(SITE)], [[rule()], [channel()]]);
    assert.deepEqual(await store.mutes(SITE, 'all'), [kept]);
  });
}
