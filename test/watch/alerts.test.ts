import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConfigTarget } from '../../src/config/index.ts';
import { Fault, type Target } from '../../src/core/index.ts';
import { openStore } from '../../src/store/index.ts';
import { HOUR, MINUTE } from '../make/device.ts';
import { alertHouse, NEWCOMERS, rule } from './alert-house.ts';
import { channel } from './recording-channels.ts';
import { silent } from './stand.ts';

test('what happens is committed, then judged, then told, each step kept before the next', async () => {
  const { made, sinks } = await alertHouse();
  const { store, clock } = made;
  const keptByThen: Promise<unknown[]>[] = [];
  sinks.onReceived = ({ message }) => {
    const [line] = message.alert?.lines ?? [];
    const seq = line?.seq ?? 0;
    const outbox = store.notifications({ site: 'home', limit: 1 });
    const kept = Promise.all([store.changes({ afterSeq: seq - 1, limit: 1 }), store.verdictOf(seq), outbox]);
    keptByThen.push(
      kept.then(([[change], verdict, [row]]) => [change?.kind, verdict?.rules[0]?.verdict, row?.key === message.id, row?.state]),
    );
  };
  await clock.pass(MINUTE);
  assert.deepEqual(await Promise.all(keptByThen), [['device.appeared', 'tell', true, 'waiting']]);
  const [row] = await made.keeper.notifications({ limit: 1 });
  assert.deepEqual([row?.state, row?.receipt, row?.attempts], ['delivered', 'thanks from phone', 1]);
  const verdict = await made.keeper.verdictOf(1);
  assert.deepEqual(
    verdict?.rules.map((one) => [one.rule, one.verdict, one.reason]),
    [['newcomers', 'tell', 'first']],
  );
  assert.ok(made.feed.some(({ kind }) => kind === 'incident.changed') && made.feed.some(({ kind }) => kind === 'notification.changed'));
  await made.end();
});

test('R20: a channel that hangs holds up neither another channel nor a scan, is told to stop, and is tried again', async () => {
  const channels = [channel('phone', { ceiling: 0 }), channel('deaf', { ceiling: 0 }), channel('slow', { ceiling: 0 })];
  const { made, sinks, set } = await alertHouse({ channels });
  const { clock, store } = made;
  sinks.answers.set('deaf', (_, nth) => (nth <= 4 ? 'deaf' : 'taken'));
  sinks.answers.set('slow', (_, nth) => (nth <= 4 ? 'hangs' : 'taken'));
  await clock.pass(5000);
  assert.deepEqual([sinks.toldTo('phone').length, sinks.toldTo('slow').length, sinks.toldTo('deaf').length], [1, 1, 1]);
  set(1, 2);
  const looks = made.prober.looks.length;
  await clock.pass(MINUTE);
  assert.ok(made.prober.looks.length > looks, 'scans go on');
  assert.deepEqual(sinks.toldTo('phone'), ['opened: 1', 'opened: 2']);
  assert.ok(made.keeper.status().troubles.some((text) => text.startsWith('cannot tell slow: it hung; delivery delayed by')));
  assert.ok(made.keeper.status().troubles.some((text) => text.startsWith('cannot tell deaf: nothing came back within 20 s')));
  await clock.pass(30 * MINUTE);
  for (const sink of ['slow', 'deaf']) {
    const ids = [...new Set(sinks.idsTo(sink))];
    assert.deepEqual(ids.length, 2, `${sink} got both in the end, in order`);
    assert.match(sinks.toldTo(sink).at(-1) ?? '', /^opened: 2/);
  }
  assert.deepEqual(made.keeper.status().troubles, []);
  assert.deepEqual((await store.notifications({ site: 'home', states: ['delivered'], limit: 9 })).length, 6);
  await made.end();
});

test('R19: without name service nothing is dropped, and how late it is can be seen', async () => {
  const { made, sinks } = await alertHouse();
  const { clock, keeper } = made;
  let up = false;
  sinks.answers.set('phone', () => (up ? 'taken' : { reason: 'looking up ntfy.example.org: no name server answers' }));
  await clock.pass(12 * MINUTE);
  const [trouble] = keeper.status().troubles;
  assert.match(trouble ?? '', /^cannot tell phone: looking up ntfy.example.org: no name server answers; delivery delayed by 1[12]m$/);
  const [standing] = await keeper.channels();
  assert.equal(standing?.trouble, 'looking up ntfy.example.org: no name server answers');
  assert.deepEqual([standing?.waiting, standing?.dead, standing?.deliveredAt], [1, 0, null]);
  assert.ok((standing?.againAt ?? 0) > clock.now());
  up = true;
  await clock.pass(HOUR);
  assert.deepEqual([keeper.status().troubles, new Set(sinks.idsTo('phone')).size], [[], 1]);
  await made.end();
});

test('R21: a message that a sink will never take is dead and can be seen, told by the fallback, and holds up nobody', async () => {
  const channels = [channel('phone', { ceiling: 0, fallback: 'letterbox' }), channel('letterbox', { ceiling: 0, usual: false })];
  const { made, sinks, set } = await alertHouse({ channels });
  const { clock, keeper } = made;
  sinks.answers.set('phone', (_, nth) => (nth === 1 ? { reason: "can't parse entities", what: 'message', again: false } : 'taken'));
  await clock.pass(2000);
  set(1, 2);
  await clock.pass(2 * MINUTE);
  assert.deepEqual(sinks.toldTo('phone'), ['opened: 1', 'opened: 2']);
  assert.deepEqual(sinks.toldTo('letterbox'), ['fallback: 1']);
  const dead = await keeper.notifications({ states: ['dead'], limit: 9 });
  assert.deepEqual(
    dead.map(({ because }) => because?.includes("can't parse entities")),
    [true],
  );
  assert.deepEqual(keeper.status().troubles, [], 'one message is no trouble of its channel');
  const standings = await keeper.channels();
  assert.deepEqual(
    standings.map(({ dead: count }) => count),
    [0, 1],
  );
  await keeper.resend(dead.map(({ id }) => id));
  await clock.pass(1000);
  assert.deepEqual(sinks.toldTo('phone').length, 3);
  await assert.rejects(keeper.resend(dead.map(({ id }) => id)), { code: 'refused' });
  await assert.rejects(keeper.resend([999]), { code: 'not-found' });
  await made.end();
});

test('R22: while the store cannot be written nothing is lost, one alert comes from memory, and it goes on by itself', async () => {
  const memory = await openStore({ kind: 'memory' });
  let full = false;
  const refuse = (): never => {
    throw new Fault('unavailable', 'writing to store: the disk is full', 'free some space');
  };
  const store = {
    ...memory,
    commit: (...words: Parameters<typeof memory.commit>) => (full ? refuse() : memory.commit(...words)),
    beginScan: (...words: Parameters<typeof memory.beginScan>) => (full ? refuse() : memory.beginScan(...words)),
    writeAlerts: (...words: Parameters<typeof memory.writeAlerts>) => (full ? refuse() : memory.writeAlerts(...words)),
  };
  const { made, sinks, set } = await alertHouse({ store });
  const { clock, keeper } = made;
  sinks.onReceived = () => void (full = true); // it is full right after the first message went out
  await clock.pass(2000);
  sinks.onReceived = () => {};
  assert.ok(keeper.status().troubles.some((text) => /^cannot keep what is to be told: .*the disk is full/.test(text)));
  set(1, 2);
  await clock.pass(30 * MINUTE);
  const urgent = sinks.received.filter(({ message }) => message.alert?.urgency === 'critical');
  assert.deepEqual(
    urgent.map(({ message }) => /cannot keep scans.*the disk is full/.test(message.subject)),
    [true],
  );
  assert.deepEqual(sinks.received.length, 2);
  full = false;
  await clock.pass(2 * MINUTE);
  assert.deepEqual(sinks.toldTo('phone'), ['opened: 1', 'opened: ', 'opened: 2'], 'what was sent before is not sent again');
  assert.deepEqual(keeper.status().troubles, []);
  await made.end();
});

test('a mute keeps quiet with its reason, until it is over', async () => {
  const { made, sinks, set } = await alertHouse();
  const { clock, keeper } = made;
  const muted = await keeper.mute({
    kind: 'mute',
    rule: null,
    kinds: ['device.appeared'],
    where: 'ip:10.0.0.2',
    from: null,
    until: clock.now() + HOUR,
    why: 'the electrician is here',
    by: 'anna',
  });
  await clock.pass(2000);
  set(1, 2);
  await clock.pass(MINUTE);
  assert.deepEqual(sinks.toldTo('phone'), ['opened: 1']);
  const quiet = await keeper.verdictOf(2);
  assert.deepEqual(
    quiet?.rules.map(({ reason }) => reason),
    ['muted'],
  );
  assert.match(quiet?.rules[0]?.text ?? '', /electrician/);
  assert.deepEqual(
    (await keeper.mutes({ all: false })).map(({ id }) => id),
    [muted.id],
  );
  await keeper.unmute(muted.id);
  await assert.rejects(keeper.unmute(muted.id), { code: 'refused' });
  await assert.rejects(keeper.unmute(99), { code: 'not-found' });
  assert.deepEqual([await keeper.mutes({ all: false }), (await keeper.mutes({ all: true })).length], [[], 1]);
  set(1, 2, 3);
  await clock.pass(MINUTE);
  assert.equal(sinks.toldTo('phone').length, 2);
  await made.end();
});

test('new rules, channels and terms are in force at once; a config of which one part cannot work is refused whole (R48)', async () => {
  const { made, sinks, set } = await alertHouse();
  const { clock, watcher, keeper } = made;
  await clock.pass(2000);
  const config = { ...silent, self: { watch: false }, targets: made.keeper.targets().map(({ target }) => declaredAs(target)) };
  const told = { ...config, alerts: { ...silent.alerts, usual: false } };
  const onlyLeavers = rule({ name: 'leavers', on: ['device.left'], to: ['mail'] });
  const mail = channel('mail', { ceiling: 0 });
  await watcher.reload({ ...told, rules: [onlyLeavers], channels: [mail] });
  assert.deepEqual(
    keeper.rules().map(({ name }) => name),
    ['leavers'],
  );
  assert.equal(sinks.closed, 1, 'the channel that is gone is closed');
  set(1, 2);
  await clock.pass(2 * MINUTE);
  set(2);
  await clock.pass(2 * HOUR);
  assert.deepEqual([sinks.to('phone').length, sinks.to('mail').length], [1, 1]);
  const broken: [RegExp, Partial<typeof silent>][] = [
    [
      /\[\[rule\]\] odd: setting where of rule "odd": reading filter/,
      { rules: [rule({ name: 'odd', on: ['device.left'], where: 'colour:red' })] },
    ],
    [/there is no channel "fax"/, { rules: [rule({ name: 'odd', on: ['device.left'], to: ['fax'] })] }],
    [/\[\[channel\]\] fax: setting kind of channel "fax": no channel is of kind "fax"/, { channels: [channel('fax', { kind: 'fax' })] }],
    [/setting to of channel "fax": it is missing/, { channels: [channel('fax', { options: {} })] }],
    [/it can never work/, { channels: [channel('fax', { options: { to: 'never' } })] }],
    [/there is no channel "nobody"/, { channels: [channel('fax', { fallback: 'nobody' })] }],
  ];
  for (const [message, part] of broken) await assert.rejects(watcher.reload({ ...told, rules: [NEWCOMERS], ...part }), { message });
  assert.deepEqual(
    keeper.rules().map(({ name }) => name),
    ['leavers'],
    'the old one stays in force',
  );
  await made.end();
});

const declaredAs = ({ spec, schedule }: Target): ConfigTarget => ({ spec, schedule, window: null, iface: null, canaries: [] });
