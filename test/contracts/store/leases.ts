import assert from 'node:assert/strict';
import { Fault, type Lease, type Store, type Target } from '../../../src/core/index.ts';
import type { Tell } from '../store.ts';
import { arrival, keeper, MINUTE, SITE, START, sweep } from './scene.ts';

const YEAR = 365 * 24 * 60 * MINUTE;

async function taken(store: Store, id: string, options: { now?: number; takeOver?: string } = {}): Promise<Lease> {
  const answer = await store.acquireLease(keeper(id), options.now ?? START, MINUTE, options.takeOver);
  if (!answer.granted) throw new Error(`the lease was not granted to ${id}`);
  return answer.lease;
}

export function leaseStories(tell: Tell): void {
  tell('R30: a second keeper is refused and told who holds the store', async ({ store }) => {
    const answer = await store.acquireLease(keeper('second'), START, MINUTE);
    assert.deepEqual(answer, { granted: false, holder: keeper('first'), until: START + YEAR });
  });

  tell('the same keeper keeps its lease and its fence', async ({ store, lease }) => {
    assert.deepEqual(await store.acquireLease(keeper('first'), START + 1, MINUTE), { granted: true, lease });
    assert.equal(await store.renewLease(keeper('first'), START + 2, MINUTE), true);
    const refused = await store.acquireLease(keeper('second'), START + 3, MINUTE);
    assert.equal(refused.granted ? null : refused.until, START + 2 + MINUTE);
  });

  tell('R30: who slept past the end of its lease can write no more once another has it', async ({ store, lease, prepare }) => {
    const work = await prepare(START, arrival(1, START));
    const second = await taken(store, 'second', { now: START + YEAR });
    assert.ok(second.fence > lease.fence);
    const { id: _, ...target } = TARGET;
    const attempts: Promise<unknown>[] = [
      store.commit(work, lease),
      store.beginScan(sweep(START), lease),
      store.addTarget(target, lease),
      store.updateTarget(TARGET, lease),
      store.removeTarget(1, lease),
      store.closeInterrupted(START, lease),
      store.prune({ singles: 0, raw: 0 }, START, lease),
    ];
    for (const attempt of await Promise.allSettled(attempts)) {
      assert.ok(attempt.status === 'rejected' && attempt.reason instanceof Fault && attempt.reason.code === 'conflict');
    }
    assert.equal(await store.renewLease(keeper('first'), START, MINUTE), false);
    assert.deepEqual((await store.load(SITE)).devices, []);
    await store.commit(work, second);
    assert.equal((await store.load(SITE)).devices.length, 1);
  });

  tell('a lease that has not ended is taken over only from a holder known to be dead', async ({ store, lease }) => {
    assert.equal((await store.acquireLease(keeper('second'), START, MINUTE, 'somebody-else')).granted, false);
    const second = await taken(store, 'second', { takeOver: 'first' });
    assert.equal(second.fence, lease.fence + 1);
    assert.equal((await store.acquireLease(keeper('first'), START, MINUTE)).granted, false);
  });

  tell('a lease given back is free, and writes nothing any more', async ({ store, lease }) => {
    await store.releaseLease(keeper('second'));
    assert.equal(await store.renewLease(keeper('first'), START, MINUTE), true);
    await store.releaseLease(keeper('first'));
    await assert.rejects(store.beginScan(sweep(START), lease), (thrown) => thrown instanceof Fault && thrown.code === 'conflict');
    assert.equal(await store.renewLease(keeper('first'), START, MINUTE), false);
    assert.ok((await taken(store, 'second')).fence > lease.fence);
  });

  tell('of many keepers that ask at once, one gets the lease', async ({ store }) => {
    await store.releaseLease(keeper('first'));
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((id) => store.acquireLease(keeper(id), START, MINUTE)));
    assert.equal(answers.filter(({ granted }) => granted).length, 1);
  });
}

const TARGET: Target = {
  id: 1,
  site: SITE,
  window: null,
  iface: null,
  source: 'user',
  createdAt: START,
  schedule: [],
  spec: {
    kind: 'hostname',
    text: 'nas.example',
    hostname: 'nas.example',
  },
};
