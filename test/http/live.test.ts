import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { getEventMeta } from '@orpc/client';
import { liveItem } from '../../src/contract/index.ts';
import type { Change, ChangeQuery } from '../../src/core/index.ts';
import { Fault } from '../../src/core/index.ts';
import type { FeedItem, Keeper, ScanResult } from '../../src/watch/index.ts';
import { device, seen } from '../make/device.ts';
import { incident, notification } from '../make/stored-alerts.ts';
import { type EventReader, readEvents } from './event-reader.ts';
import { change, fakeKeeper, PRINTER, roll, scan } from './fake-keeper.ts';
import { type OpenDoor, openDoor, send, TOKEN } from './open-door.ts';

const listen = (open: OpenDoor, path: string, headers: Record<string, string> = {}): Promise<EventReader> =>
  readEvents({ port: open.port, path, headers: { ...headers, authorization: `Bearer ${TOKEN}` } });

const commit = (seq: number): FeedItem => ({ kind: 'commit', seq, scan: scan(), changes: [change(seq)], devices: [PRINTER] });

/** Waits for a condition, at most three seconds. */
async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 3000;
  while (!condition()) {
    assert.ok(performance.now() < deadline, `waited in vain for ${what}`);
    await pause(5);
  }
}

suite('live', () => {
  test('a new reader gets the version, a snapshot, then commits with ids and news without', async () => {
    const keeper = fakeKeeper();
    await using open = await openDoor({ keeper });
    await using events = await listen(open, '/api/v1/live');
    assert.match(events.headers['content-type'] ?? '', /^text\/event-stream/);
    assert.deepEqual((await events.next()).data, { kind: 'version', version: '0.1.0', seq: 12 });
    const snapshot = await events.next();
    assert.equal(snapshot.id, '12');
    assert.deepEqual(snapshot.data, { kind: 'snapshot', roll: await open.client.roll.get() });
    keeper.publish({ kind: 'scan.progress', scan: 31, done: 0.5, secondsLeft: 3, task: 'SYN scan', hosts: 1 });
    keeper.publish(commit(13));
    const news = await events.next();
    assert.deepEqual([news.id, news.data.kind], [undefined, 'scan.progress']);
    const told = await events.next();
    assert.equal(told.id, '13');
    assert.deepEqual(told.data.changes[0].device, { id: 7, name: 'printer' });
    for (const { data } of [snapshot, news, told]) assert.deepEqual(liveItem.parse(data), data);
  });

  test('incidents and notifications are news: told as they change, without a number', async () => {
    const keeper = fakeKeeper();
    await using open = await openDoor({ keeper });
    await using events = await listen(open, '/api/v1/live');
    await events.next();
    await events.next();
    keeper.publish({ kind: 'incident.changed', incident: incident() });
    keeper.publish({ kind: 'notification.changed', notification: notification() });
    const [first, second] = [await events.next(), await events.next()];
    assert.deepEqual([first.id, first.data.kind, first.data.incident.title], [undefined, 'incident.changed', 'new device: nas']);
    assert.deepEqual([second.data.notification.state, second.data.notification.handle], ['delivered', undefined]);
    for (const { data } of [first, second]) assert.deepEqual(liveItem.parse(data), data);
  });

  test('nothing is lost between the snapshot and what happens while it is written', async () => {
    const many = Array.from({ length: 3000 }, (_, i) => device({ id: i + 1 }));
    const keeper = fakeKeeper({ roll: () => roll(many) });
    await using open = await openDoor({ keeper });
    await using events = await listen(open, '/api/v1/live');
    await until(() => keeper.subscribers === 1, 'the subscription');
    keeper.publish(commit(13));
    await events.next();
    assert.equal((await events.next()).data.roll.devices.length, 3000);
    assert.equal((await events.next()).data.seq, 13);
  });

  const memory = (changes: readonly Change[]): Partial<Keeper> => ({
    changes: async ({ afterSeq = 0, limit }: ChangeQuery) => changes.filter(({ seq }) => seq > afterSeq).slice(0, limit),
    scan: async (id) => ({ scan: scan({ id }), run: undefined }),
  });

  test('a reader that comes back gets what it missed, scan by scan, instead of a snapshot', async () => {
    const keeper = fakeKeeper(memory([change(10, { scan: 30 }), change(11, { scan: 30 }), change(12, { scan: 31 })]));
    await using open = await openDoor({ keeper });
    await using events = await listen(open, '/api/v1/live', { 'last-event-id': '9' });
    assert.equal((await events.next()).data.kind, 'version');
    const first = await events.next();
    const second = await events.next();
    assert.deepEqual([first.id, first.data.scan.id, first.data.changes.length, first.data.devices.length], ['11', 30, 2, 1]);
    assert.deepEqual([second.id, second.data.scan.id], ['12', 31]);
    keeper.publish(commit(13));
    assert.equal((await events.next()).id, '13');
  });

  test('a reader that missed nothing goes on where it was', async () => {
    const keeper = fakeKeeper();
    await using open = await openDoor({ keeper });
    await using events = await listen(open, '/api/v1/live', { 'last-event-id': '12' });
    await events.next();
    await until(() => keeper.subscribers === 1, 'the subscription');
    keeper.publish(commit(13));
    assert.equal((await events.next()).id, '13');
  });

  const LOST: Record<string, readonly [string, Partial<Keeper>]> = {
    'an id from the future': ['13', {}],
    'an id that is no number': ['12; drop', {}],
    'an id whose changes are gone': ['9', memory([change(11), change(12)])],
    'an id of a forgotten scan': ['11', { ...memory([change(12)]), scan: async () => Promise.reject(new Fault('not-found', 'folded')) }],
    'an id too long ago': ['1', { roll: () => roll([PRINTER], { seq: 1002 }) }],
  };
  for (const [situation, [id, answers]] of Object.entries(LOST)) {
    test(`${situation} gets a snapshot again`, async () => {
      await using open = await openDoor({ keeper: fakeKeeper(answers) });
      await using events = await listen(open, '/api/v1/live', { 'last-event-id': id });
      await events.next();
      assert.equal((await events.next()).data.kind, 'snapshot');
      assert.deepEqual(open.failures, []);
    });
  }

  test('a hundred readers hear the same, and are forgotten when they leave', async () => {
    const keeper = fakeKeeper();
    await using open = await openDoor({ keeper });
    const readers = await Promise.all(Array.from({ length: 100 }, () => listen(open, '/api/v1/live')));
    await Promise.all(readers.map(async (reader) => [await reader.next(), await reader.next()]));
    assert.equal(keeper.subscribers, 100);
    keeper.publish(commit(13));
    const heard = await Promise.all(readers.map((reader) => reader.next()));
    assert.ok(heard.every(({ id }) => id === '13'));
    for (const reader of readers) await reader[Symbol.asyncDispose]();
    await until(() => keeper.subscribers === 0, 'all subscriptions to end');
  });

  test('asking only for the headers subscribes nobody', async () => {
    const keeper = fakeKeeper();
    await using open = await openDoor({ keeper });
    const { status, headers } = await open.ask('/api/v1/live', { method: 'HEAD' });
    assert.deepEqual([status, headers['content-type'], keeper.subscribers], [200, 'text/event-stream', 0]);
  });

  test('a reader that takes nothing loses news, and its commits end its feed instead of filling the memory', async () => {
    const keeper = fakeKeeper();
    await using open = await openDoor({ keeper });
    const incoming = await send({ host: '127.0.0.1', port: open.port }, '/api/v1/live', {});
    await until(() => keeper.subscribers === 1, 'the subscription');
    const devices = Array.from({ length: 200 }, (_, i) => device({ id: i + 1 }));
    for (let seq = 13; keeper.subscribers === 1 && seq < 5000; seq++) keeper.publish({ ...commit(seq), devices } as FeedItem);
    assert.equal(keeper.subscribers, 0);
    incoming.destroy();
  });

  test('quiet streams are kept alive by comments', async () => {
    await using open = await openDoor({ keeper: fakeKeeper(), keepAlive: 20 });
    await using events = await listen(open, '/api/v1/live');
    await events.next();
    await events.next();
    await until(() => events.comments >= 3, 'comments');
  });

  test('closing the door ends all streams within two seconds', async () => {
    const keeper = fakeKeeper();
    await using open = await openDoor({ keeper });
    const events = await listen(open, '/api/v1/live');
    await events.next();
    await events.next();
    const silent = await send({ host: '127.0.0.1', port: open.port }, '/api/v1/live', {});
    await until(() => keeper.subscribers === 2, 'both subscriptions');
    const begun = performance.now();
    await open.door.close();
    assert.ok(performance.now() - begun < 2000);
    assert.equal(keeper.subscribers, 0);
    await events.ended();
    silent.destroy();
  });

  test('over the socket a client reads the same items, with their ids', async () => {
    const keeper = fakeKeeper();
    await using open = await openDoor({ keeper });
    const items = await open.client.live();
    const kinds: (string | undefined)[] = [];
    for await (const item of items) {
      kinds.push(item.kind, getEventMeta(item)?.id);
      if (item.kind === 'snapshot') keeper.publish(commit(13));
      if (item.kind === 'commit') break;
    }
    assert.deepEqual(kinds, ['version', undefined, 'snapshot', '12', 'commit', '13']);
    await until(() => keeper.subscribers === 0, 'the subscription to end');
  });
});

suite('following a scan', () => {
  const RESULT: ScanResult = { scan: scan(), hosts: [seen('10.0.0.20', 7)], changes: [change(12)], warnings: [] };

  test('progress and hosts of this scan come first, then its result, then the end', async () => {
    const done = Promise.withResolvers<ScanResult>();
    const keeper = fakeKeeper({ resultOf: () => done.promise });
    await using open = await openDoor({ keeper });
    await using events = await listen(open, '/api/v1/scans/31/live');
    await until(() => keeper.subscribers === 1, 'the subscription');
    keeper.publish({ kind: 'scan.progress', scan: 30, done: 0.1, secondsLeft: null, task: 'another', hosts: 0 });
    keeper.publish({ kind: 'scan.progress', scan: 31, done: 0.5, secondsLeft: 3, task: 'SYN scan', hosts: 0 });
    keeper.publish({ kind: 'scan.host', scan: 31, observation: seen('10.0.0.20', 7) });
    assert.deepEqual((await events.next()).data, { kind: 'progress', scan: 31, done: 0.5, secondsLeft: 3, task: 'SYN scan', hosts: 0 });
    assert.equal((await events.next()).data.host.address, '10.0.0.20');
    done.resolve(RESULT);
    const last = (await events.next()).data;
    assert.deepEqual([last.kind, last.result.scan.id, last.result.changes[0].device.name], ['result', 31, 'printer']);
    await events.ended();
    assert.equal(keeper.subscribers, 0);
  });

  test('a finished scan gives its result at once, over the socket too', async () => {
    await using open = await openDoor({ keeper: fakeKeeper({ resultOf: async () => RESULT }) });
    const kinds: string[] = [];
    for await (const item of await open.client.scans.follow({ id: 31 })) kinds.push(item.kind);
    assert.deepEqual(kinds, ['result']);
  });

  test('a scan nobody began by hand is refused with the reason', async () => {
    await using open = await openDoor({
      keeper: fakeKeeper({ resultOf: () => undefined, scan: async () => ({ scan: scan(), run: undefined }) }),
    });
    const reply = await open.ask('/api/v1/scans/31/live');
    assert.equal(reply.status, 404);
    assert.match(reply.json.message, /^following scan 31: only scans begun by hand/);
  });

  test('a scan that breaks ends its stream with a refusal, not with silence', async () => {
    const resultOf = (): Promise<never> => Promise.reject(new Fault('unavailable', 'storing scan 31: the disk is full', 'make room'));
    await using open = await openDoor({ keeper: fakeKeeper({ resultOf }) });
    await using events = await listen(open, '/api/v1/scans/31/live');
    const last = await events.next();
    assert.equal(last.event, 'error');
    assert.deepEqual(last.data, { code: 'unavailable', message: 'storing scan 31: the disk is full', remedy: 'make room' });
    await events.ended();
  });
});
