import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ChannelDraft, Fault, type RuleDraft } from '../../src/core/index.ts';
import { HOUR, MINUTE } from '../make/device.ts';
import { alertHouse, NEWCOMERS } from './alert-house.ts';
import { channel } from './recording-channels.ts';

test('rules that come with the program, of the config and of people stand side by side; of one name the config counts, then people', async () => {
  const { made } = await alertHouse({ alerts: { usual: true }, idle: true });
  const { keeper } = made;
  const usual = keeper.rules().filter(({ source }) => source === 'usual');
  assert.ok(usual.length >= 5);
  const names = usual.map(({ name }) => name);
  assert.deepEqual(names, names.toSorted());
  const [first] = usual;
  const quieter = await keeper.putRule({ ...(first as RuleDraft), enabled: false });
  assert.deepEqual([quieter.source, quieter.enabled], ['user', false]);
  const named = keeper.rules().filter(({ name }) => name === first?.name);
  assert.deepEqual(
    named.map(({ source, enabled }) => [source, enabled]),
    [['user', false]],
  );
  assert.deepEqual(keeper.rules().at(-1)?.name, first?.name, 'those of people come last');
  await assert.rejects(keeper.putRule({ name: 'newcomers', on: ['device.left'] }), { code: 'refused', message: /the config file sets it/ });
  await assert.rejects(keeper.dropRule('newcomers'), { code: 'refused', message: /the config file sets it/ });
  await assert.rejects(keeper.dropRule(names[1] as string), { code: 'refused', remedy: /disable/ });
  await assert.rejects(keeper.dropRule('nobody'), { code: 'not-found' });
  assert.deepEqual((await keeper.dropRule(first?.name as string)).name, first?.name);
  assert.ok(
    keeper.rules().some(({ name, source }) => name === first?.name && source === 'usual'),
    'the usual one is back',
  );
  await made.end();
});

test('a rule that can never work is refused with the part of it, the value, and a remedy; nothing is stored', async () => {
  const { made } = await alertHouse({ idle: true });
  const right: RuleDraft = { name: 'right', on: ['device.left'], to: ['phone'] };
  const wrong: [Partial<Record<keyof RuleDraft, unknown>>, RegExp][] = [
    [{ name: 'Not Right' }, /setting name of rule "Not Right"/],
    [{ name: '../../etc/passwd' }, /setting name/],
    [{ on: [] }, /setting on of rule "right": it names no kind/],
    [{ on: ['device.lost'] }, /no change is of kind "device.lost"/],
    [{ where: 'colour:iot' }, /setting where of rule "right": reading filter/],
    [{ to: ['fone'] }, /setting to of rule "right": there is no channel "fone"/],
    [{ to: [] }, /it names no channel/],
    [{ who: [''] }, /setting who/],
    [{ home: ['x'.repeat(135)] }, /setting home/],
    [{ remind: 1000 }, /setting remind of rule "right": 1000 ms/],
    [{ cooldown: -1 }, /setting cooldown/],
    [{ cooldown: Number.NaN }, /setting cooldown/],
    [{ cooldown: 8 * 86_400_000 }, /setting cooldown/],
    [{ escalate: { after: HOUR, to: ['nobody'] } }, /setting escalate.to/],
    [{ escalate: { after: 0, to: ['phone'] } }, /setting escalate.after/],
    [{ on: ['person.arrived'], where: 'tag:ok' }, /setting where of rule "right": person.arrived is about no device/],
    [
      { on: ['segment.lost', 'group.last-left'], drift: true },
      /setting drift of rule "right": segment.lost, group.last-left are about no device/,
    ],
    [{ on: ['vantage.blind'], who: ['anna'] }, /setting who of rule "right": vantage.blind is about nobody/],
    [{ urgency: 'loud' }, /setting urgency of rule "right": "loud" is none/],
  ];
  for (const [part, message] of wrong) {
    const draft = { ...right, ...part } as RuleDraft;
    await assert.rejects(made.keeper.putRule(draft), (fault) => {
      assert.ok(fault instanceof Fault && fault.code === 'bad-input' && message.test(fault.message) && fault.remedy, String(fault));
      return true;
    });
  }
  assert.deepEqual(await made.store.alertRules('home'), []);
  await made.keeper.putRule({ ...right, name: 'long', who: [`group:${'x'.repeat(128)}`] }); // as long as a label may be
  await made.keeper.dropRule('long');
  await assert.rejects(made.keeper.putRule({ ...right, to: ['phon'] }), { remedy: 'write phone' });
  await made.end();
});

test('S24: secrets of a channel are shown as stars, stay when given as stars, and come to the sink whole', async () => {
  const { made, sinks, set } = await alertHouse();
  const { keeper, clock } = made;
  const draft: ChannelDraft = { name: 'mail', kind: 'letter', options: { to: 'mail', password: 'canary-7781' }, ceiling: 0 };
  const put = await keeper.putChannel(draft);
  assert.deepEqual(put.setup.options, { to: 'mail', password: '***' });
  await keeper.putChannel({ ...draft, options: { to: 'letters', password: '***' } });
  const shown = JSON.stringify([await keeper.channels(), keeper.rules(), keeper.status(), made.log.lines]);
  assert.ok(!shown.includes('canary-7781'));
  set(1, 2);
  await clock.pass(2 * MINUTE);
  assert.ok(sinks.to('letters').length > 0, 'it is in force at once');
  assert.deepEqual(sinks.opened.at(-1), { to: 'letters', password: 'canary-7781' });
  await assert.rejects(keeper.putChannel({ ...draft, name: 'other', options: { to: 'x', password: '***' } }), {
    code: 'bad-input',
    message: /password/,
  });
  await assert.rejects(
    keeper.putChannel({ ...draft, kind: 'pager', options: { to: 'x', password: '***' } }),
    { code: 'bad-input' },
    'another kind has no such secret',
  );
  const dropped = await keeper.dropChannel('mail');
  assert.deepEqual(dropped.options, { to: 'letters', password: '***' });
  await made.end();
});

test('a channel that can never work is refused, one that others need is not dropped, and what waited for a dropped one is dead', async () => {
  const { made, sinks, set } = await alertHouse();
  const { keeper, clock } = made;
  const draft: ChannelDraft = { name: 'mail', kind: 'letter', options: { to: 'mail' }, ceiling: 0 };
  const wrong: [Partial<ChannelDraft>, RegExp][] = [
    [{ name: 'My Mail' }, /setting name/],
    [{ kind: 'leter' }, /no channel is of kind "leter"/],
    [{ options: {} }, /setting to of channel "mail": it is missing/],
    [{ options: { to: 'never' } }, /it can never work/],
    [{ ceiling: -1 }, /setting ceiling/],
    [{ ttl: 10 }, /setting ttl/],
    [{ fallback: 'nobody' }, /setting fallback of channel "mail": there is no channel "nobody"/],
    [{ fallback: 'mail' }, /would come back here/],
    [{ name: 'phone' }, /the config file sets it/],
  ];
  for (const [part, message] of wrong) await assert.rejects(keeper.putChannel({ ...draft, ...part }), { message });
  await keeper.putChannel(draft);
  await keeper.putRule({ name: 'leavers', on: ['device.left'], to: ['mail'] });
  await assert.rejects(keeper.dropChannel('mail'), { code: 'refused', message: /rule leavers tells it/ });
  await assert.rejects(keeper.dropChannel('phone'), { code: 'refused', message: /the config file sets it/ });
  await assert.rejects(keeper.dropChannel('nobody'), { code: 'not-found' });
  sinks.answers.set('mail', () => ({}));
  set(1, 2);
  await clock.pass(2 * MINUTE);
  await keeper.dropRule('leavers');
  await keeper.dropChannel('mail');
  await clock.pass(MINUTE);
  const left = await keeper.notifications({ channel: 'mail', limit: 9 });
  assert.ok(left.length > 0 && left.every(({ state }) => state === 'dead'), 'nothing waits for ever for what is gone');
  await made.end();
});

test('a channel is tested past every rule, and the answer says what was exchanged; one that hangs is cut off', async () => {
  const { made, sinks } = await alertHouse();
  const { keeper, clock } = made;
  await clock.pass(2000);
  const test = await keeper.testChannel('phone');
  assert.deepEqual([test.delivery.outcome, sinks.toldTo('phone').at(-1)], ['delivered', 'test: ']);
  sinks.answers.set('phone', () => 'hangs');
  const hanging = keeper.testChannel('phone');
  await clock.pass(25_000);
  assert.deepEqual((await hanging).delivery.outcome, 'refused');
  await assert.rejects(keeper.testChannel('nobody'), { code: 'not-found' });
  assert.deepEqual((await keeper.notifications({ limit: 9 })).length, 1, 'a test is no notification');
  await made.end();
});

test('silences that make no sense are refused', async () => {
  const { made } = await alertHouse({ idle: true });
  const draft = { kind: 'mute', rule: null, kinds: [], where: null, from: null, until: null, why: null, by: null } as const;
  const now = made.clock.now();
  await assert.rejects(made.keeper.mute({ ...draft, until: now - 1 }), { message: /that is over/ });
  await assert.rejects(made.keeper.mute({ ...draft, from: now + HOUR, until: now + MINUTE }), { message: /ends before it begins/ });
  await assert.rejects(made.keeper.mute({ ...draft, kind: 'maintenance' }), { message: /nobody says until when/ });
  await assert.rejects(made.keeper.mute({ ...draft, where: 'colour:red' }), { code: 'bad-input' });
  await assert.rejects(made.keeper.mute({ ...draft, rule: 'nobody' }), { code: 'not-found' });
  await assert.rejects(made.keeper.mute({ ...draft, until: 8.64e15 }), { code: 'bad-input' });
  await made.end();
});

test('a daemon does not start with a channel or rule of its config that can never work', async () => {
  await assert.rejects(alertHouse({ channels: [channel('phone', { kind: 'fax' })] }), { code: 'bad-input' });
  await assert.rejects(alertHouse({ rules: [{ ...NEWCOMERS, where: 'colour:red' }] }), { code: 'bad-input' });
});

test('a channel that cannot be opened for now keeps what waits for it, and says why', async () => {
  const { made, sinks } = await alertHouse();
  sinks.broken = new Fault('unavailable', 'opening the sink: its file of secrets is gone', 'put it back');
  const { keeper, clock } = made;
  await clock.pass(2000);
  const [standing] = await keeper.channels();
  assert.deepEqual([standing?.what, standing?.trouble, standing?.waiting], [null, sinks.broken.message, 1]);
  sinks.broken = null;
  await clock.pass(10 * MINUTE);
  assert.deepEqual(sinks.toldTo('phone'), ['opened: 1']);
  await made.end();
});
