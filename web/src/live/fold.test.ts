import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ChangeJson, HostJson, LiveItem, RowJson, ScanJson, SlimCommitItem } from '../../../src/contract/index.ts';
import { fold } from './fold.ts';
import { type LiveState, NOTHING_YET } from './state.ts';

const AT = '2026-11-21T03:00:00.000Z';

const device = (id: number, presence: RowJson['presence'] = 'present'): RowJson => ({ id, name: `device-${id}`, presence }) as RowJson;

const change = (seq: number, kind: ChangeJson['kind'], id = 1): ChangeJson => ({
  seq,
  at: AT,
  kind,
  device: { id, name: null },
  before: null,
  after: null,
  scan: 1,
});

const commit = (seq: number, parts: Partial<SlimCommitItem> = {}): SlimCommitItem => ({
  kind: 'commit.slim',
  seq,
  scan: { id: seq } as ScanJson,
  changes: [],
  rows: [],
  gone: [],
  ...parts,
});

const snapshot = (seq: number, rows: readonly RowJson[]): LiveItem => ({
  kind: 'snapshot.slim',
  site: 'home',
  at: AT,
  seq,
  counts: { devices: 0, present: 0, away: 0, unknown: 0 },
  rows: [...rows],
});

const version: LiveItem = { kind: 'version', version: '1.0.0', seq: 4 };

describe('what the page knows', () => {
  test('begins with a snapshot, and counts who is here itself', () => {
    const state = fold(NOTHING_YET, [version, snapshot(4, [device(1), device(2, 'away'), device(3, 'unknown')])]);
    assert.deepEqual(
      [state.version, state.site, state.seq, state.counts],
      ['1.0.0', 'home', 4, { devices: 3, present: 1, away: 1, unknown: 1 }],
    );
  });

  test('follows commits: devices as they are now, changes newest first', () => {
    const begun = fold(NOTHING_YET, [snapshot(4, [device(1), device(2)])]);
    const state = fold(begun, [
      commit(5, { changes: [change(5, 'device.left')], rows: [device(1, 'away')] }),
      commit(7, { changes: [change(6, 'device.appeared', 3), change(7, 'port.opened', 3)], rows: [device(3)] }),
    ]);
    assert.deepEqual(
      [...state.devices.values()].map(({ id, presence }) => [id, presence]),
      [
        [1, 'away'],
        [2, 'present'],
        [3, 'present'],
      ],
    );
    assert.deepEqual(
      state.feed.map(({ seq }) => seq),
      [7, 6, 5],
    );
    assert.deepEqual(state.counts, { devices: 3, present: 2, away: 1, unknown: 0 });
    assert.equal(state.seq, 7);
  });

  test('tells no change twice when a stream comes back with what is known', () => {
    const told = commit(5, { changes: [change(5, 'device.left')], rows: [device(1, 'away')] });
    const once = fold(fold(NOTHING_YET, [snapshot(4, [device(1)])]), [told]);
    assert.deepEqual(fold(once, [told]).feed, once.feed);
    const older = fold(once, [commit(3, { rows: [device(1, 'present')] })]);
    assert.equal(older.devices.get(1)?.presence, 'away', 'an older commit changes nothing');
  });

  test('loses what was forgotten, and what became part of another', () => {
    const begun = fold(NOTHING_YET, [snapshot(4, [device(1), device(2), device(3)])]);
    const state = fold(begun, [
      commit(6, { changes: [change(5, 'device.forgotten', 1), change(6, 'device.merged', 2)], rows: [device(3)], gone: [1, 2] }),
    ]);
    assert.deepEqual([...state.devices.keys()], [3]);
  });

  test('keeps of the feed what one reads, however long the page is open', () => {
    const begun = fold(NOTHING_YET, [snapshot(0, [device(1)])]);
    const items = Array.from({ length: 5000 }, (_, i) => commit(i + 1, { changes: [change(i + 1, 'device.returned')], rows: [device(1)] }));
    const state = fold(begun, items);
    assert.deepEqual([state.feed.length, state.feed[0]?.seq], [200, 5000]);
  });

  test('follows scans from their start over their progress to their end', () => {
    const scan = { id: 9, plan: 'ports' } as ScanJson;
    const started = fold(NOTHING_YET, [{ kind: 'scan.started', scan }]);
    const half = fold(started, [{ kind: 'scan.progress', scan: 9, done: 0.5, secondsLeft: 12, task: 'SYN Stealth Scan', hosts: 3 }]);
    assert.deepEqual(half.running.get(9)?.progress, { done: 0.5, secondsLeft: 12, task: 'SYN Stealth Scan', hosts: 3 });
    assert.equal(fold(half, [commit(1, { scan })]).running.size, 0);
    const stranger = fold(half, [{ kind: 'scan.progress', scan: 10, done: 1, secondsLeft: 0, task: '', hosts: 0 }]);
    assert.equal(stranger, half, 'progress of a scan nobody told of');
  });

  test('forgets what was running when it has to begin anew', () => {
    const running = fold(NOTHING_YET, [{ kind: 'scan.started', scan: { id: 9 } as ScanJson }]);
    assert.equal(fold(running, [snapshot(4, [])]).running.size, 0);
  });

  test('hears who is otherwise without a change, and what is running already', () => {
    const begun = fold(NOTHING_YET, [snapshot(4, [device(1), device(2), device(3)])]);
    const running = [{ scan: { id: 9 } as ScanJson, progress: null }];
    const state = fold(begun, [{ kind: 'standing', groups: [{ presence: 'unknown', lastSeen: AT, devices: [1, 3, 99] }], running }]);
    assert.deepEqual(
      [...state.devices.values()].map(({ presence }) => presence),
      ['unknown', 'present', 'unknown'],
    );
    assert.deepEqual([state.counts.unknown, state.devices.get(1)?.lastSeen, [...state.running.keys()]], [2, AT, [9]]);
    assert.equal(begun.devices.get(1)?.presence, 'present');
  });

  test('does not mind what a newer daemon tells beyond it', () => {
    assert.equal(fold(NOTHING_YET, [{ kind: 'weather.changed' } as unknown as LiveItem]), NOTHING_YET);
  });

  test('leaves alone what it was given: who holds an older state may compare', () => {
    const begun = fold(NOTHING_YET, [snapshot(4, [device(1)])]);
    const before = new Map(begun.devices);
    fold(begun, [commit(5, { rows: [device(1, 'away'), device(2)] })]);
    assert.deepEqual(begun.devices, before);
  });
});

test('hosts are kept while their scan runs, the newest first and no more than can be looked at', () => {
  const host = (n: number): LiveItem => ({ kind: 'scan.host', scan: 3, host: { address: `10.0.0.${n}` } as HostJson });
  const addresses = (state: LiveState) => state.found.get(3)?.map(({ address }) => address);
  const found = fold(NOTHING_YET, [host(1), host(2)]);
  assert.deepEqual(addresses(found), ['10.0.0.2', '10.0.0.1']);
  const many = fold(
    found,
    Array.from({ length: 150 }, (_, i) => host(i)),
  );
  assert.equal(addresses(many)?.length, 100);
  assert.equal(addresses(fold(many, [commit(3)])), undefined, 'it ended');
});
