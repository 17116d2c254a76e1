import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../src/core/index.ts';
import { openStore } from '../../src/store/index.ts';
import { HOUR, MINUTE } from '../make/device.ts';
import { alertHouse, NEWCOMERS, rule } from './alert-house.ts';
import { channel } from './recording-channels.ts';

test('what is under way when the daemon stops may end within a grace, and is kept as delivered', async () => {
  const { made, sinks } = await alertHouse();
  sinks.answers.set('phone', () => ({ takes: 1500 }));
  await made.clock.pass(1500);
  assert.equal(sinks.to('phone').length, 1);
  await made.end();
  const [row] = await made.store.notifications({ site: 'home', limit: 9 });
  assert.deepEqual([row?.state, sinks.closed], ['delivered', 1]);
  const next = await alertHouse({ store: made.store, clock: made.clock, sinks });
  await made.clock.pass(MINUTE);
  assert.equal(sinks.to('phone').length, 1, 'it is not told again');
  await next.made.end();
});

for (const way of ['hangs', 'deaf'] as const)
  test(`a channel that ${way === 'deaf' ? 'does not even hear that it is to stop' : 'hangs'} does not keep the daemon from stopping, and is told again with the same id`, async () => {
    const { made, sinks } = await alertHouse();
    sinks.answers.set('phone', () => way);
    await made.clock.pass(1500);
    await made.end();
    const [row] = await made.store.notifications({ site: 'home', limit: 9 });
    assert.deepEqual([row?.state, row?.attempts], ['waiting', 0], 'nobody knows what became of it');
    sinks.answers.delete('phone');
    const next = await alertHouse({ store: made.store, clock: made.clock, sinks });
    await made.clock.pass(MINUTE);
    const ids = sinks.idsTo('phone');
    assert.deepEqual([ids.length, new Set(ids).size], [2, 1]);
    await next.made.end();
  });

test('R22: a daemon stops also while nothing can be kept; what was delivered and could not be kept is told again with the same id', async () => {
  const memory = await openStore({ kind: 'memory' });
  let full = false;
  const store = {
    ...memory,
    writeAlerts: async (...words: Parameters<typeof memory.writeAlerts>) => {
      if (full) throw new Fault('unavailable', 'writing to store: the disk is full', 'free some space');
      return memory.writeAlerts(...words);
    },
  };
  const { made, sinks } = await alertHouse({ store });
  sinks.onReceived = () => void (full = true);
  await made.clock.pass(MINUTE);
  await made.end();
  full = false;
  sinks.onReceived = () => {};
  const next = await alertHouse({ store, clock: made.clock, sinks });
  await made.clock.pass(MINUTE);
  assert.deepEqual([sinks.idsTo('phone').length, new Set(sinks.idsTo('phone')).size], [2, 1]);
  assert.equal((await store.notifications({ site: 'home', limit: 9 }))[0]?.state, 'delivered');
  await next.made.end();
});

test('whoever loses the store to somebody else sends nothing more', async () => {
  const { made, sinks, set } = await alertHouse();
  await made.clock.pass(2000);
  const thief = { id: 'thief', pid: 1, host: 'elsewhere', startedAt: 0 };
  const [first] = sinks.idsTo('phone');
  await made.store.acquireLease(thief, made.clock.now(), HOUR, 'holder');
  const taken = await made.store.acquireLease(thief, made.clock.now() + HOUR, HOUR);
  assert.ok(taken.granted);
  set(1, 2);
  await made.clock.pass(10 * MINUTE);
  assert.deepEqual(sinks.idsTo('phone'), [first]);
  assert.ok(made.lost());
  await made.end();
});

test('R50: a rule that cannot be read any more is broken by itself; the others go on, and the verdict says so', async () => {
  const { made, sinks } = await alertHouse();
  const lease = await made.store.acquireLease({ id: 'x', pid: 1, host: 'x', startedAt: 0 }, made.clock.now() + HOUR, HOUR);
  assert.ok(lease.granted);
  await made.end();
  // As an older version may have kept it: with words that no filter has any more.
  await made.store.putAlertRule(
    'home',
    { ...rule({ name: 'old', on: ['device.appeared'], where: 'colour:red' }), source: 'user' },
    lease.lease,
  );
  await made.store.releaseLease({ id: 'x', pid: 1, host: 'x', startedAt: 0 });
  const next = await alertHouse({
    store: made.store,
    clock: made.clock,
    sinks,
    rules: [NEWCOMERS],
    channels: [channel('phone', { ceiling: 0 })],
  });
  next.set(1, 2);
  await made.clock.pass(2 * MINUTE);
  const [newest] = await made.store.changes({ kinds: ['device.appeared'], newestFirst: true, limit: 1 });
  const verdict = await next.made.keeper.verdictOf(newest?.seq ?? 0);
  assert.deepEqual(verdict?.rules.map(({ rule: name, verdict: is, reason }) => [name, is, reason]).toSorted(), [
    ['newcomers', 'tell', 'first'],
    ['old', 'quiet', 'broken'],
  ]);
  assert.ok(sinks.to('phone').some(({ message }) => message.alert?.lines[0]?.seq === newest?.seq));
  await next.made.end();
});
