import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE, port, seen } from '../make/device.ts';
import { alertHouse, approving, host, rule } from './alert-house.ts';
import { channel } from './recording-channels.ts';
import { declared, every, LAN, watching } from './stand.ts';

test('why a change was told says what each rule made of it, and who heard of it when', async () => {
  const only = rule({ name: 'cameras', on: ['device.appeared'], where: 'type:camera' });
  const all = rule({ name: 'all', on: ['device.appeared'], to: ['phone'] });
  const { made, sinks } = await alertHouse({ rules: [only, all] });
  sinks.answers.set('phone', (_, nth) => (nth === 1 ? {} : 'taken'));
  await made.clock.pass(10 * MINUTE);
  const { steps } = await made.keeper.whyChange(1);
  const rules = steps.filter(({ kind }) => kind === 'rule').map(({ text }) => text);
  assert.match(rules[0] ?? '', /^rule all tells it: /);
  assert.match(rules[1] ?? '', /^rule cameras keeps quiet: .*type:camera/);
  assert.match(rules[2] ?? '', /^notification 1 \(opened\) to phone was delivered at attempt 2: thanks from phone$/);
  assert.equal(steps.at(-1)?.at, sinks.to('phone').at(-1)?.at);
  await made.end();
});

test('a rule with drift is told only what leaves a device or port otherwise than it was approved', async () => {
  let hosts = [seen('10.0.0.1', 1, { ports: [port(22)] }), host(2)];
  const config = watching(declared(LAN, every(HOUR, 'ports')));
  const drifting = rule({ name: 'drifting', on: ['port.opened', 'device.appeared'], drift: true });
  const channels = [channel('phone', { ceiling: 0 })];
  const { made, sinks } = await alertHouse({ rules: [drifting], channels, config, script: () => ({ hosts }) });
  const { clock, keeper } = made;
  await clock.pass(10 * MINUTE);
  assert.deepEqual(sinks.received, [], 'nothing was approved yet, so nothing differs from it');
  await keeper.approve(approving({ kind: 'target', target: null }));
  hosts = [seen('10.0.0.1', 1, { ports: [port(22), port(23)] }), host(2), host(3)];
  await clock.pass(2 * HOUR);
  const told = sinks.to('phone').flatMap(({ message }) => (message.alert?.lines ?? []).map(({ kind, device }) => `${kind} ${device?.id}`));
  assert.deepEqual([...new Set(told)].toSorted(), ['device.appeared 3', 'port.opened 1']);
  await made.end();
});

test('rules ask who is home, whose device it is, and how it stands to what was approved', async () => {
  const rules = [
    rule({ name: 'nobody-home', on: ['device.appeared'], away: ['anna'], to: ['phone'], resolved: false }),
    rule({ name: 'family', on: ['person.left'], who: ['ANNA'], to: ['mail'], resolved: false }),
    rule({ name: 'strangers', on: ['device.left'], where: '-approved:yes', to: ['siren'], resolved: false }),
  ];
  const channels = ['phone', 'mail', 'siren'].map((name) => channel(name, { ceiling: 0 }));
  const { made, sinks, set } = await alertHouse({ rules, channels, hosts: [1, 2, 3, 11, 12, 13, 14, 15] });
  const others = [1, 11, 12, 13, 14, 15];
  const { clock, keeper } = made;
  await clock.pass(HOUR);
  await keeper.editDevices([2], { owner: 'Anna', type: 'phone' });
  sinks.received.length = 0; // nobody was anna by then
  set(...others, 2, 3, 4);
  await clock.pass(2 * MINUTE);
  assert.deepEqual(sinks.received, [], 'anna is home');
  await keeper.approve(approving({ kind: 'named', devices: [3], unseen: [] }));
  set(...others, 4);
  await clock.pass(2 * HOUR);
  const lines = (sink: string) =>
    sinks.to(sink).flatMap(({ message }) => message.alert?.lines.map(({ kind, device, place }) => `${kind} ${device?.id ?? place}`) ?? []);
  assert.deepEqual(lines('mail'), ['person.left Anna']);
  assert.deepEqual([...new Set(lines('siren'))].toSorted(), ['device.left 2']);
  set(...others, 4, 5);
  await clock.pass(2 * MINUTE);
  assert.deepEqual(lines('phone'), ['device.appeared 10']);
  await made.end();
});

test('a device that was forgotten is told of as the change has it', async () => {
  const gone = rule({ name: 'gone', on: ['device.forgotten'], where: 'ip:10.0.0.0/24' });
  const { made, sinks } = await alertHouse({ rules: [gone], hosts: [1, 2] });
  await made.clock.pass(HOUR);
  await made.keeper.forgetDevices([2]);
  await made.clock.pass(MINUTE);
  const [line] = sinks.to('phone')[0]?.message.alert?.lines ?? [];
  assert.deepEqual([line?.kind, line?.device?.address, line?.device?.mac], ['device.forgotten', '10.0.0.2', '02:00:5e:00:00:02']);
  await made.end();
});
