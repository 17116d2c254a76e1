import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { slimItems } from '../../src/api/live-slim.ts';
import { liveItem } from '../../src/contract/index.ts';
import type { Change, ChangeQuery, Device } from '../../src/core/index.ts';
import type { FeedItem, Keeper, RollView } from '../../src/watch/index.ts';
import { AT, device, MINUTE, port } from '../make/device.ts';
import { type EventReader, readEvents } from './event-reader.ts';
import { change, fakeKeeper, PRINTER, roll, scan } from './fake-keeper.ts';
import { type OpenDoor, openDoor, TOKEN } from './open-door.ts';

const listen = (open: OpenDoor, headers: Record<string, string> = {}): Promise<EventReader> =>
  readEvents({ port: open.port, path: '/api/v1/live?slim=true', headers: { ...headers, authorization: `Bearer ${TOKEN}` } });

const PROGRESS = { done: 0.5, secondsLeft: 3, task: 'SYN Stealth Scan', hosts: 2 };
const RUNNING = { scan: scan({ outcome: 'running', finishedAt: null }), progress: PROGRESS };
const commit = (seq: number, fields: Partial<Extract<FeedItem, { kind: 'commit' }>> = {}): FeedItem => ({
  kind: 'commit',
  seq,
  scan: scan(),
  changes: [change(seq)],
  devices: [PRINTER],
  ...fields,
});

/** A keeper whose roll may be replaced, as commits do. */
function moving(first: readonly Device[], answers: Partial<Keeper> = {}) {
  let view: RollView = roll(first);
  const keeper = fakeKeeper({ running: () => [RUNNING], roll: () => view, ...answers });
  return { keeper, become: (devices: readonly Device[], seq = view.seq): void => void (view = roll(devices, { seq })) };
}

suite('live, slim', () => {
  test('a new reader gets rows, what runs and how far it is, then commits as rows', async () => {
    const nas = device({ id: 8, ports: [port(22), port(23, 'filtered')] });
    const { keeper } = moving([PRINTER, nas], {});
    await using open = await openDoor({ keeper });
    await using events = await listen(open);
    assert.deepEqual((await events.next()).data, { kind: 'version', version: '0.1.0', seq: 12 });
    const snapshot = await events.next();
    assert.deepEqual([snapshot.id, snapshot.data.kind], ['12', 'snapshot.slim']);
    const { kind: _, ...table } = snapshot.data;
    assert.deepEqual(table, await open.client.devices.rows());
    assert.deepEqual(table.rows[1]?.open, ['22/tcp']);
    const standing = await events.next();
    assert.deepEqual([standing.id, standing.data.groups, standing.data.running[0].progress], [undefined, [], PROGRESS]);
    keeper.publish(commit(13));
    const told = await events.next();
    assert.deepEqual([told.id, told.data.kind, told.data.rows.length, told.data.gone], ['13', 'commit.slim', 1, []]);
    for (const { data } of [snapshot, standing, told]) assert.deepEqual(liveItem.parse(data), data);
  });

  test('S5: what devices call themselves comes out as data, whatever it is', async () => {
    const evil = '</script><img src=x onerror=alert(1)>\n\ndata: {"kind":"snapshot.slim"}';
    const { keeper } = moving([device({ id: 7, alias: evil })]);
    await using open = await openDoor({ keeper });
    await using events = await listen(open);
    await events.next();
    assert.equal((await events.next()).data.rows[0].name, evil);
  });

  test('a device that is no more is told as gone: forgotten, or part of another', async () => {
    const part = { ...device({ id: 8 }), mergedInto: 7 };
    const { keeper, become } = moving([PRINTER, device({ id: 8 }), device({ id: 9 })]);
    await using open = await openDoor({ keeper });
    await using events = await listen(open);
    for (let i = 0; i < 3; i++) await events.next();
    become([PRINTER], 14);
    const changes = [change(13, { kind: 'device.merged' }), change(14, { kind: 'device.forgotten', device: 9 })];
    keeper.publish(commit(14, { changes, devices: [PRINTER, part] }));
    const { data } = await events.next();
    assert.deepEqual([data.rows.map(({ id }: { id: number }) => id), data.gone], [[7], [8, 9]]);
  });

  const memory = (changes: readonly Change[]): Partial<Keeper> => ({
    changes: async ({ afterSeq = 0, limit }: ChangeQuery) => changes.filter(({ seq }) => seq > afterSeq).slice(0, limit),
    scan: async (id) => ({ scan: scan({ id }), run: undefined }),
  });

  test('a reader that comes back gets what it missed as rows, and how everybody stands', async () => {
    const away = device({ id: 8, presence: 'away', lastSeen: AT - MINUTE });
    const { keeper } = moving([PRINTER, away], memory([change(11, { scan: 30 }), change(12)]));
    await using open = await openDoor({ keeper });
    await using events = await listen(open, { 'last-event-id': '10' });
    await events.next();
    const [first, second, standing] = [await events.next(), await events.next(), await events.next()];
    assert.deepEqual([first.id, second.id, first.data.rows[0].id], ['11', '12', 7]);
    assert.deepEqual(standing.data.groups, [
      { presence: 'present', lastSeen: new Date(AT).toISOString(), devices: [7] },
      { presence: 'away', lastSeen: new Date(AT - MINUTE).toISOString(), devices: [8] },
    ]);
    keeper.publish(commit(13));
    assert.equal((await events.next()).id, '13');
  });

  test('a reader that was away too long begins with a snapshot again', async () => {
    const keeper = fakeKeeper({ running: () => [], roll: () => roll([PRINTER], { seq: 5000 }) });
    await using open = await openDoor({ keeper });
    await using events = await listen(open, { 'last-event-id': '12' });
    await events.next();
    assert.deepEqual([(await events.next()).data.kind], ['snapshot.slim']);
  });

  test('presence that became otherwise without a change is told within a tick, and nothing else is', async () => {
    const { keeper, become } = moving([PRINTER, device({ id: 8 })]);
    const stop = new AbortController();
    const items = slimItems({ keeper, signal: stop.signal, tick: 5 });
    for (let i = 0; i < 3; i++) await items.next();
    become([PRINTER, device({ id: 8, presence: 'unknown' })]);
    const { value } = await items.next();
    assert.ok(value?.kind === 'standing');
    assert.deepEqual(
      value.groups.map(({ presence, devices }) => [presence, devices]),
      [['unknown', [8]]],
    );
    const next = items.next();
    keeper.publish(commit(13));
    assert.equal((await next).value?.kind, 'commit.slim');
    stop.abort();
    assert.ok((await items.next()).done);
    assert.equal(keeper.subscribers, 0);
  });
});
