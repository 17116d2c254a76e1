import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '../make/device.ts';
import { type AlertHouse, alertHouse, approving, rule } from './alert-house.ts';
import { channel } from './recording-channels.ts';
import { silent } from './stand.ts';

const LOST = rule({ name: 'lost', on: ['device.left'], group: 'rule', remind: 30 * MINUTE, escalate: { after: HOUR, to: ['boss'] } });
const channels = [channel('phone', { ceiling: 0 }), channel('boss', { ceiling: 0, usual: false })];
const presence = { ...silent.presence, tolerance: 'fixed', window: 2 * MINUTE } as const;

const asked = ({ sinks }: AlertHouse, kind: string): string[] =>
  sinks.received
    .filter(({ message: { alert } }) => alert?.kind === kind)
    .map(({ message: { alert } }) => (alert?.lines ?? []).map(({ device }) => device?.id).join(' '));

test('a mute of a type of devices, made after they left, holds back reminders and escalations of these, and of others none', async () => {
  const house = await alertHouse({ rules: [LOST], channels, hosts: [1, 2, 3, 4, 5, 6, 7, 8], config: { presence } });
  const { made, sinks, set } = house;
  await made.clock.pass(HOUR);
  await made.keeper.editDevices([8], { tags: { add: ['lab'] } });
  await made.keeper.editDevices([7], { tags: { add: ['lab'] }, importance: 'high' });
  set(1, 2, 3, 4, 5, 6);
  await made.clock.pass(20 * MINUTE);
  assert.equal(sinks.to('phone').length > 0, true);
  const until = made.clock.now() + 5 * HOUR;
  const draft = { kind: 'mute', rule: null, kinds: [], from: null, why: 'they are broken', by: null } as const;
  const mute = await made.keeper.mute({ ...draft, where: 'tag:lab', until });
  await made.clock.pass(2.5 * HOUR);
  assert.deepEqual([asked(house, 'reminder'), asked(house, 'escalation')], [[], []]);
  set(1, 2, 3, 4, 5);
  await made.clock.pass(40 * MINUTE);
  assert.ok(
    asked(house, 'reminder').every((one) => one === '6'),
    asked(house, 'reminder').join(', '),
  );
  await made.keeper.unmute(mute.id);
  await made.clock.pass(HOUR);
  assert.equal(asked(house, 'reminder').at(-1), '7 8 6');
  await made.end();
});

test('a filter of what was approved is asked of what is approved now', async () => {
  const house = await alertHouse({ rules: [LOST], channels, hosts: [1, 2, 3, 4, 5, 6, 7, 8], config: { presence } });
  const { made, set } = house;
  await made.clock.pass(HOUR);
  set(1, 2, 3, 4, 5, 6, 7);
  await made.clock.pass(20 * MINUTE);
  const draft = { kind: 'maintenance', rule: null, kinds: [], from: null, why: null, by: null } as const;
  await made.keeper.mute({ ...draft, where: '-approved:yes', until: made.clock.now() + 5 * HOUR });
  await made.clock.pass(HOUR);
  assert.deepEqual(asked(house, 'reminder'), []);
  await made.keeper.approve(approving({ kind: 'named', devices: [8], unseen: [] }));
  await made.clock.pass(HOUR);
  assert.ok(asked(house, 'reminder').length > 0);
  await made.end();
});
