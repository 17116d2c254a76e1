import assert from 'node:assert/strict';
import { test } from 'node:test';
import { happeningOf, rule, terms } from '../../../test/make/alerts.ts';
import { AT } from '../../../test/make/device.ts';
import { ManualClock, settle } from '../../../test/watch/manual-clock.ts';
import { type Change, Fault, type Store } from '../../core/index.ts';
import type { Happening } from '../../rules/index.ts';
import { openStore } from '../../store/index.ts';
import { createTenancy } from '../lease.ts';
import { Clerk } from './clerk.ts';
import { Judging } from './judging.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const changesTo = (last: number): Change[] =>
  Array.from({ length: last }, (_, i) => ({ seq: i + 1, at: AT, scan: 1, kind: 'device.left', device: i + 1, before: null, after: null }));

interface Office {
  readonly judging: Judging;
  readonly clerk: Clerk;
  readonly store: Store;
  readonly clock: ManualClock;
  readonly troubles: (string | null)[];
  readonly stop: AbortController;
}

/** Judges changes that a test says, each of which the test makes a happening of. */
async function office(changes: readonly Change[], happen: (change: Change) => Happening, over: Partial<Store> = {}): Promise<Office> {
  const clock = new ManualClock(AT);
  const store = { ...(await openStore({ kind: 'memory' })), ...over };
  const tenancy = createTenancy({ store, clock, holder: { id: 'me', pid: 1, host: 'here', startedAt: AT }, isGone: () => false });
  const troubles: (string | null)[] = [];
  const clerk = new Clerk({ site: 'home', store, tenancy, clock, changed: () => {}, trouble: (text) => void troubles.push(text) });
  const stop = new AbortController();
  const asked = {
    changes: async ({ afterSeq = 0, limit }: { afterSeq?: number; limit: number }) =>
      changes.filter(({ seq }) => seq > afterSeq).slice(0, limit),
  };
  const happeningsOf = async (some: readonly Change[]) => some.map(happen);
  const judging = new Judging(
    { site: 'home', store: asked, clerk, log: silent, terms: () => terms({ rules: [rule()] }), happeningsOf },
    stop.signal,
  );
  return { judging, clerk, store, clock, troubles, stop };
}

const happens = (change: Change): Happening => happeningOf({ kind: 'device.left', of: change.seq }, change);

test('everything is judged in order and once, however often it is noted', async () => {
  const { judging, clerk, store } = await office(changesTo(1200), happens);
  for (let i = 0; i < 5; i++) judging.note();
  await judging.settled();
  await settle();
  assert.equal(clerk.judged, 1200);
  const verdicts = await Promise.all([1, 500, 501, 1200].map((seq) => store.verdictOf(seq)));
  assert.deepEqual(
    verdicts.map((verdict) => verdict?.seq),
    [1, 500, 501, 1200],
  );
});

test('R50: a change on which judging breaks is passed over with a verdict that says so, and those around it are judged', async () => {
  const breaking = new Set([3, 700]);
  const { judging, clerk, store } = await office(changesTo(900), (change) => {
    const happening = happens(change);
    if (!breaking.has(change.seq)) return happening;
    return {
      ...happening,
      get subject(): string {
        throw new TypeError('nobody thought of this');
      },
    };
  });
  judging.note();
  await judging.settled();
  assert.equal(clerk.judged, 900);
  for (const seq of [2, 3, 4, 699, 700, 701, 900]) {
    const verdict = await store.verdictOf(seq);
    assert.equal(
      verdict?.rules.some(({ reason }) => reason === 'broken'),
      breaking.has(seq),
      `change ${seq}`,
    );
  }
});

test('R22: what cannot be kept is tried again after a pause, and told as a trouble until it can', async () => {
  let full = true;
  const memory = await openStore({ kind: 'memory' });
  const { judging, clerk, clock, troubles, stop } = await office(changesTo(3), happens, {
    ...memory,
    writeAlerts: async (work, lease) => {
      if (full) throw new Fault('unavailable', 'writing to store: the disk is full', 'free some space');
      return memory.writeAlerts(work, lease);
    },
  });
  judging.note();
  await clock.pass(60_000);
  assert.equal(clerk.judged, 0);
  assert.match(troubles.at(-1) ?? '', /^cannot keep what is to be told: .*the disk is full$/);
  full = false;
  await clock.pass(30_000);
  assert.deepEqual([clerk.judged, troubles.at(-1)], [3, null]);
  stop.abort();
  await judging.settled();
  assert.equal(clock.sleepers, 0);
});

test('whoever lost the store to somebody else judges nothing more, and does not ask again and again', async () => {
  let asked = 0;
  const { judging, clerk, clock } = await office(changesTo(3), happens, {
    writeAlerts: async () => {
      asked++;
      throw new Fault('conflict', 'writing to store: somebody else has it', 'stop one of them');
    },
  });
  judging.note();
  await clock.pass(600_000);
  assert.deepEqual([asked, clerk.judged, clock.sleepers], [1, 0, 0]);
});

test('R50: a change that cannot be put into words is passed over, and those around it are judged', async () => {
  const { judging, clerk, store, troubles } = await office(changesTo(30), (change) => {
    if (change.seq === 7) throw new TypeError('nobody thought of this');
    return happens(change);
  });
  judging.note();
  await judging.settled();
  assert.equal(clerk.judged, 30);
  for (const seq of [6, 7, 8]) {
    const verdict = await store.verdictOf(seq);
    assert.equal(
      verdict?.rules.some(({ reason }) => reason === 'broken'),
      seq === 7,
      `change ${seq}`,
    );
  }
  assert.deepEqual(
    troubles.filter((text) => text !== null),
    [],
    'that is nothing the store could help with',
  );
});
