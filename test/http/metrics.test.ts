import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { suite, test } from 'node:test';
import { CHANGE_KINDS, type Device, Fault } from '../../src/core/index.ts';
import { createMetrics, type Metrics } from '../../src/http/index.ts';
import type { Keeper, TargetStatus } from '../../src/watch/index.ts';
import { AT, device, MINUTE } from '../make/device.ts';
import { needs, toolPath } from '../needs.ts';
import { change, type FakeKeeper, fakeKeeper, roll, scan, TARGET } from './fake-keeper.ts';
import { openDoor } from './open-door.ts';
import { seriesOf } from './series.ts';

/** A target of which the newest sweep ended so. */
const standing = (lastScan: TargetStatus['plans'][number]['lastScan'], blind = false): TargetStatus => ({
  target: TARGET,
  blind,
  plans: [
    {
      plan: 'sweep',
      cadence: { kind: 'every', every: MINUTE },
      nextAt: null,
      lastScan,
      running: null,
      skipped: 0,
      putOff: null,
      get cost(): never {
        throw new Error('a forecast of ten thousand devices has no place in a reading');
      },
    },
  ],
});

const NO_BASELINE = new Fault('not-found', 'judging drift of home: there is no baseline yet');

const keeperWith = (answers: Partial<Keeper> = {}): FakeKeeper =>
  fakeKeeper({
    targets: () => [standing(scan({ plan: 'sweep' }))],
    drift: async () => Promise.reject(NO_BASELINE),
    scans: async () => [],
    incidents: async () => [],
    notifications: async () => [],
    ...answers,
  });

const read = async (metrics: Metrics): Promise<Map<string, number>> => seriesOf(await metrics.text());

suite('what Prometheus reads', () => {
  test('devices by presence, and by what they are', async () => {
    const devices = [device({ id: 1 }), device({ id: 2, presence: 'away' }), device({ id: 3 })];
    const typed = { ...(devices[2] as Device), labels: { ...(devices[2] as Device).labels, type: 'printer' as const } };
    const series = await read(createMetrics({ keeper: keeperWith({ roll: () => roll([...devices.slice(0, 2), typed]) }) }));
    assert.equal(series.get('rollcall_devices{presence="present"}'), 2);
    assert.equal(series.get('rollcall_devices{presence="away"}'), 1);
    assert.equal(series.get('rollcall_devices{presence="unknown"}'), 0);
    assert.equal(series.get('rollcall_devices_present{type="printer"}'), 1);
    assert.equal(series.get('rollcall_devices_present{type="unknown"}'), 1);
  });

  test('of many devices no reading waits until it is guessed what each is', async () => {
    const many = Array.from({ length: 2000 }, (_, i) => device({ id: i + 1 }));
    const metrics = createMetrics({ keeper: keeperWith({ roll: () => roll(many) }) });
    const counts = async (): Promise<(number | undefined)[]> => {
      const series = await read(metrics);
      return [series.get('rollcall_devices{presence="present"}'), series.get('rollcall_devices_present{type="unknown"}')];
    };
    assert.deepEqual(await counts(), [2000, 0]);
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(await counts(), [2000, 2000]);
  });

  test('changes and scans are counted from the start on, each once; words of people are no scans', async () => {
    const keeper = keeperWith();
    const metrics = createMetrics({ keeper });
    const before = await read(metrics);
    for (const kind of CHANGE_KINDS) assert.equal(before.get(`rollcall_changes_total{kind="${kind}"}`), 0);
    assert.equal(before.get('rollcall_scans_total{plan="ports",outcome="complete"}'), 0);
    const commit = { kind: 'commit' as const, devices: [], seq: 14 };
    keeper.publish({ ...commit, scan: scan(), changes: [change(13), change(14)] });
    keeper.publish({ ...commit, scan: scan({ outcome: 'failed', finishedAt: AT + 500 }), changes: [] });
    keeper.publish({ ...commit, scan: scan({ plan: 'edit' }), changes: [change(15, { kind: 'device.edited' })] });
    const after = await read(metrics);
    assert.equal(after.get('rollcall_changes_total{kind="port.opened"}'), 2);
    assert.equal(after.get('rollcall_changes_total{kind="device.edited"}'), 1);
    assert.equal(after.get('rollcall_scans_total{plan="ports",outcome="complete"}'), 1);
    assert.equal(after.get('rollcall_scans_total{plan="ports",outcome="failed"}'), 1);
    assert.equal(after.get('rollcall_scan_duration_seconds_sum{plan="ports",outcome="complete"}'), 60);
    assert.equal(after.get('rollcall_scan_duration_seconds_bucket{le="0.5",plan="ports",outcome="failed"}'), 1);
    assert.ok(![...after.keys()].some((name) => name.includes('"edit"')));
    assert.deepEqual(await read(metrics).then((again) => again.get('rollcall_changes_total{kind="port.opened"}')), 2);
  });

  test('no counter ever falls while the process lives', async () => {
    const keeper = keeperWith();
    const metrics = createMetrics({ keeper });
    let before = await read(metrics);
    for (let i = 1; i <= 5; i++) {
      keeper.publish({ kind: 'commit', scan: scan({ id: i }), changes: [change(i)], devices: [], seq: i });
      const after = await read(metrics);
      for (const [name, value] of before) if (/_(?:total|count|sum|bucket)\b/.test(name)) assert.ok((after.get(name) ?? -1) >= value, name);
      before = after;
    }
  });

  test('when a target was seen last outlives scans that fail, also those before this process', async () => {
    const failed = scan({ plan: 'sweep', outcome: 'failed', startedAt: AT + MINUTE, finishedAt: AT + 2 * MINUTE });
    let asked = 0;
    const keeper = keeperWith({
      targets: () => [standing(failed, true)],
      scans: async () => {
        asked++;
        return [failed, scan({ plan: 'sweep', finishedAt: AT + 5000 })];
      },
    });
    const metrics = createMetrics({ keeper });
    const name = 'rollcall_target_last_success_timestamp_seconds{target="10.0.0.0/24",plan="sweep"}';
    const first = await read(metrics);
    assert.deepEqual([first.get(name), first.get('rollcall_target_blind{target="10.0.0.0/24"}')], [AT / 1000 + 5, 1]);
    await read(metrics);
    assert.equal(asked, 1);
    keeper.publish({ kind: 'commit', scan: scan({ plan: 'sweep', finishedAt: AT + 9000 }), changes: [], devices: [], seq: 1 });
    keeper.publish({ kind: 'commit', scan: failed, changes: [], devices: [], seq: 1 });
    assert.equal((await read(metrics)).get(name), AT / 1000 + 9);
  });

  test('drift is judged beside readings, never in one', async () => {
    const item = { kind: 'service.unapproved' } as Awaited<ReturnType<Keeper['drift']>>['items'][number];
    const judging = Promise.withResolvers<Awaited<ReturnType<Keeper['drift']>>>();
    let asked = 0;
    const drift = (): typeof judging.promise => {
      asked++;
      return judging.promise;
    };
    const metrics = createMetrics({ keeper: keeperWith({ drift }) });
    const kinds = (series: Map<string, number>): string[] => [...series.keys()].filter((name) => name.startsWith('rollcall_drift_items'));
    assert.deepEqual(kinds(await read(metrics)), []);
    assert.deepEqual(kinds(await read(metrics)), []);
    judging.resolve({ subject: 'home', at: AT, begun: true, devices: 3, asApproved: 2, items: [item, item], unknown: [] });
    await judging.promise;
    const series = await read(metrics);
    assert.equal(series.get('rollcall_drift_items{kind="service.unapproved"}'), 2);
    assert.equal(series.get('rollcall_drift_items{kind="device.missing"}'), 0);
    assert.deepEqual([series.get('rollcall_drift_judged_timestamp_seconds'), asked], [AT / 1000, 1]);
  });

  test('the process and the store; who asks at the same time gets the same text', async () => {
    let asked = 0;
    const storeSize = async (): Promise<number> => ++asked * 4096;
    const metrics = createMetrics({ keeper: keeperWith(), storeSize });
    const [one, other] = await Promise.all([metrics.text(), metrics.text()]);
    assert.equal(one, other);
    const series = seriesOf(one);
    assert.equal(series.get('rollcall_store_size_bytes'), 4096);
    assert.equal(series.get(`rollcall_build_info{version="0.1.0",node="${process.version}"}`), 1);
    assert.equal(series.get('rollcall_listener_frames_total'), 10);
    assert.equal(series.get('rollcall_listener_interfaces'), 1);
    assert.ok((series.get('process_cpu_seconds_total') ?? 0) > 0);
    assert.ok((series.get('process_resident_memory_bytes') ?? 0) > 1e7);
    assert.ok(Math.abs((series.get('process_start_time_seconds') ?? 0) - Date.now() / 1000) < 600);
    assert.equal(seriesOf(await metrics.text()).get('rollcall_store_size_bytes'), 8192);
  });

  test('Law 1: what cannot be asked now is told, and spoils nothing else', async () => {
    let fails = true;
    const incidents = async (): Promise<[]> => (fails ? Promise.reject(new Error('no database')) : []);
    const metrics = createMetrics({ keeper: keeperWith({ incidents }) });
    const before = await read(metrics);
    assert.equal(before.get('rollcall_collector_success{collector="alerts"}'), 0);
    assert.equal(before.get('rollcall_collector_success{collector="network"}'), 1);
    assert.equal(before.get('rollcall_devices{presence="present"}'), 1);
    fails = false;
    assert.equal((await read(metrics)).get('rollcall_collector_success{collector="alerts"}'), 1);
  });

  test('S5: nothing from the network is in it, and a target is quoted', async () => {
    const evil = 'x"}\nrollcall_devices{presence="present"} 99\n\\';
    const devices = [{ ...device({ id: 1, alias: evil }), names: [] }];
    const target = { ...TARGET, spec: { kind: 'hostname' as const, text: evil, hostname: evil } };
    const keeper = keeperWith({ roll: () => roll(devices), targets: () => [{ ...standing(scan({ plan: 'sweep' })), target }] });
    const text = await createMetrics({ keeper }).text();
    assert.equal(text.split('rollcall_devices{presence="present"} ').length - 1, 1);
    assert.ok(text.includes('rollcall_target_blind{target="x\\"}\\nrollcall_devices{presence=\\"present\\"} 99\\n\\\\"} 0'));
  });
});

suite('the path of Prometheus', () => {
  test('asks for the token, takes GET and HEAD, and is on the socket, too', async () => {
    const keeper = keeperWith();
    await using open = await openDoor({ keeper, metrics: createMetrics({ keeper }) });
    assert.equal((await open.ask('/metrics', { bare: true })).status, 401);
    assert.equal((await open.ask('/metrics', { headers: { host: 'evil.example' } })).status, 421);
    const reply = await open.ask('/metrics');
    assert.equal(reply.status, 200);
    assert.equal(reply.headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8');
    assert.equal(reply.headers['x-content-type-options'], 'nosniff');
    assert.match(reply.text, /^rollcall_build_info\{/m);
    const head = await open.ask('/metrics', { method: 'HEAD' });
    assert.deepEqual([head.status, head.text], [200, '']);
    const post = await open.ask('/metrics', { method: 'POST' });
    assert.deepEqual([post.status, post.headers.allow], [405, 'GET, HEAD']);
    assert.deepEqual(open.failures, []);
  });

  test('counts no further once the door is closed', async () => {
    const keeper = keeperWith();
    const open = await openDoor({ keeper, metrics: createMetrics({ keeper }) });
    assert.equal(keeper.subscribers, 1);
    await open[Symbol.asyncDispose]();
    assert.equal(keeper.subscribers, 0);
  });

  test('is as Prometheus wants it', needs('promtool'), async () => {
    const keeper = keeperWith({
      drift: async () => ({ subject: 'home', at: AT, begun: true, devices: 1, asApproved: 1, items: [], unknown: [] }),
    });
    const metrics = createMetrics({ keeper, storeSize: async () => 4096 });
    keeper.publish({ kind: 'commit', scan: scan(), changes: [change(13)], devices: [], seq: 13 });
    await metrics.text();
    const said = execFileSync(toolPath('promtool') as string, ['check', 'metrics'], { input: await metrics.text(), encoding: 'utf8' });
    assert.equal(said, '');
  });
});
