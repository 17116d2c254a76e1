import assert from 'node:assert/strict';
import { type AuditQuery, Fault } from '../../../src/core/index.ts';
import { DAY, entry, MINUTE, START, signIn, user } from '../../make/access.ts';
import type { Tell } from '../store.ts';
import { keeper, type Scene } from './scene.ts';

const HOSTILE = `'; delete from audit; -- ${'ü'.repeat(100)}\u202e`;

async function four({ store: { access }, lease }: Scene): Promise<void> {
  await access.addAudit(entry(), lease);
  await access.addAudit(entry({ at: START + 2 * MINUTE, who: 'bert', user: 2, operation: 'rules.drop' }), lease);
  await access.addAudit(entry({ at: START + MINUTE, operation: 'ruleset.put', outcome: 'failed' }), lease);
  await access.addAudit(entry({ who: null, user: null, proof: 'nothing', from: null, outcome: 'refused', named: HOSTILE }), lease);
}

const idsOf = async ({ store }: Scene, query: Partial<AuditQuery>): Promise<number[]> =>
  (await store.access.audit({ limit: 10, ...query })).map(({ id }) => id);

export function auditStories(tell: Tell): void {
  tell('the audit is kept whole, newest first, whatever the clock said', async (scene, { reopen }) => {
    await four(scene);
    const all = await scene.store.access.audit({ limit: 10 });
    assert.deepEqual(
      all.map(({ id, at }) => [id, at - START]),
      [
        [4, 0],
        [3, MINUTE],
        [2, 2 * MINUTE],
        [1, 0],
      ],
    );
    assert.deepEqual(all[3], { id: 1, ...entry() });
    const nobody = { who: null, user: null, proof: 'nothing', from: null, outcome: 'refused', named: HOSTILE } as const;
    assert.deepEqual(all[0], { ...entry(nobody), id: 4 });
    const again = await reopen?.();
    if (again) assert.deepEqual(await again.access.audit({ limit: 10 }), all);
  });

  tell('the audit is asked by who, by operation or its noun, since when, and page by page', async (scene) => {
    await four(scene);
    assert.deepEqual(await idsOf(scene, { who: 'anna' }), [3, 1]);
    assert.deepEqual(await idsOf(scene, { who: 'ANNA' }), []);
    assert.deepEqual(await idsOf(scene, { operation: 'rules.put' }), [4, 1]);
    assert.deepEqual(await idsOf(scene, { operation: 'rules.' }), [4, 2, 1]);
    assert.deepEqual(await idsOf(scene, { operation: 'rules' }), []);
    assert.deepEqual(await idsOf(scene, { operation: '%.' }), []);
    assert.deepEqual(await idsOf(scene, { since: START + MINUTE }), [3, 2]);
    assert.deepEqual(await idsOf(scene, { limit: 2 }), [4, 3]);
    assert.deepEqual(await idsOf(scene, { limit: 2, before: 3 }), [2, 1]);
    assert.deepEqual(await idsOf(scene, { before: 4, who: 'anna', since: START + 1 }), [3]);
  });

  tell('a user is asked for with all their tokens, a token alone', async (scene) => {
    for (const who of ['anna', 'anna/backup', 'annabel', 'owner/backup', 'anna/backup/2', null])
      await scene.store.access.addAudit(entry({ who }), scene.lease);
    assert.deepEqual(await idsOf(scene, { who: 'anna' }), [5, 2, 1]);
    assert.deepEqual(await idsOf(scene, { who: 'anna/backup' }), [2]);
    assert.deepEqual(await idsOf(scene, { who: 'owner' }), [4]);
    assert.deepEqual(await idsOf(scene, { who: 'nobody' }), []);
  });

  tell('what somebody did stays when they are gone', async ({ store: { access }, lease }) => {
    const anna = await access.addUser(user('anna'), lease);
    await access.addAudit(entry({ user: anna.id }), lease);
    await access.removeUser(anna.id, lease);
    assert.equal((await access.audit({ who: 'anna', limit: 1 }))[0]?.user, anna.id);
  });

  tell('old entries are dropped, however many, with sign-ins long over; numbers are not given again', async ({ store, lease }) => {
    const { access } = store;
    const { id } = await access.addUser(user('anna'), lease);
    await access.addSignIn(signIn(id, 'ran out', { until: START + MINUTE }), lease);
    await access.addSignIn(signIn(id, 'ended', { endedAt: START + MINUTE }), lease);
    const open = await access.addSignIn(signIn(id, 'open'), lease);
    for (let count = 0; count < 1010; count++) await access.addAudit(entry({ at: START + count }), lease);
    assert.equal(await access.prune(START + 1005, lease), 1005);
    assert.deepEqual(
      (await access.audit({ limit: 10 })).map(({ at }) => at - START),
      [1009, 1008, 1007, 1006, 1005],
    );
    assert.equal(await access.prune(START + DAY, lease), 7);
    assert.deepEqual([await access.audit({ limit: 10 }), await access.signIns(START)], [[], [open]]);
    assert.equal((await access.addAudit(entry(), lease)).id, 1011);
  });

  tell('who has lost the lease writes nothing into the audit', async ({ store, lease }) => {
    assert.ok((await store.acquireLease(keeper('second'), START, DAY, 'first')).granted);
    await assert.rejects(store.access.addAudit(entry(), lease), (thrown) => thrown instanceof Fault && thrown.code === 'conflict');
    assert.deepEqual(await store.access.audit({ limit: 10 }), []);
  });
}
