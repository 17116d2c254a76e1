import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '../make/device.ts';
import { alertHouse, rule } from './alert-house.ts';
import { channel } from './recording-channels.ts';
import { silent } from './stand.ts';

/** Channels that are taken away while rules name them, or something waits for them. */

test('what waits for a channel that is dropped is told by its fallback', async () => {
  const { made, sinks, set } = await alertHouse({ rules: [], channels: [channel('phone', { usual: false, ceiling: 0 })] });
  const { keeper, clock } = made;
  await clock.pass(2000);
  await keeper.putChannel({ name: 'mail', kind: 'letter', options: { to: 'mail' }, fallback: 'phone' });
  await keeper.putRule({ name: 'newcomers', on: ['device.appeared'] });
  sinks.answers.set('mail', () => ({}));
  set(1, 2);
  await clock.pass(2 * MINUTE);
  await keeper.dropChannel('mail');
  await clock.pass(MINUTE);
  assert.deepEqual(
    sinks.toldTo('phone').map((told) => told.split(' ')[0]),
    ['fallback:'],
  );
  const [given] = await keeper.notifications({ channel: 'mail', limit: 9 });
  assert.deepEqual([given?.state, given?.because], ['dead', 'channel mail does not exist any more']);
  await made.end();
});

test('status says which rules tell channels that are gone from the config', async () => {
  const { made, set } = await alertHouse({ rules: [], channels: [channel('phone'), channel('siren')] });
  const { keeper, clock, watcher } = made;
  await clock.pass(2000);
  await keeper.putRule({ name: 'leavers', on: ['device.left'], to: ['siren'], escalate: { after: HOUR, to: ['siren', '*'] } });
  await keeper.putRule({ name: 'off', on: ['device.left'], to: ['siren'], enabled: false });
  assert.deepEqual(keeper.status().troubles, []);
  set(1, 2);
  await watcher.reload({ ...silent, self: { watch: false }, alerts: { ...silent.alerts, usual: false }, channels: [channel('phone')] });
  assert.deepEqual(keeper.status().troubles, ['rule leavers tells channel siren, which does not exist']);
  await keeper.dropRule('leavers');
  assert.deepEqual(keeper.status().troubles, []);
  await made.end();
});

test('a fallback that is gone from the config is said, too', async () => {
  const { made } = await alertHouse({ rules: [rule({ name: 'leavers', on: ['device.left'] })], channels: [channel('phone')] });
  const { keeper, clock, watcher } = made;
  await clock.pass(2000);
  await keeper.putChannel({ name: 'mail', kind: 'letter', options: { to: 'mail' }, fallback: 'phone' });
  await watcher.reload({ ...silent, self: { watch: false }, alerts: { ...silent.alerts, usual: false } });
  assert.deepEqual(keeper.status().troubles, ['channel mail has fallback phone, which does not exist']);
  await made.end();
});

test('what happened while a mute held is muted, also when it is judged after the mute is over', async () => {
  const rules = [rule({ name: 'edits', on: ['device.edited'] })];
  const first = await alertHouse({ rules });
  await first.made.clock.pass(2000);
  await first.made.end();
  const { store, clock } = first.made;
  const alone = await alertHouse({ rules, store, clock, idle: true });
  const draft = { kind: 'mute', rule: 'edits', kinds: [], where: null, from: null, why: 'moving', by: null } as const;
  const mute = await alone.made.keeper.mute({ ...draft, until: clock.now() + HOUR });
  await alone.made.keeper.editDevices([1], { owner: 'Anna' });
  await alone.made.watcher.stop();
  await clock.pass(2 * HOUR);
  const { made, sinks } = await alertHouse({ rules, store, clock });
  await clock.pass(MINUTE);
  const [edited] = await store.changes({ kinds: ['device.edited'], limit: 1 });
  const verdict = await made.keeper.verdictOf(edited?.seq ?? 0);
  assert.deepEqual([verdict?.rules[0]?.reason, sinks.received.length], ['muted', 0], `mute ${mute.id}`);
  await made.end();
});
