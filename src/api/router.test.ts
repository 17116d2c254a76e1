import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isDefinedError, ORPCError, safe } from '@orpc/client';
import { createRouterClient } from '@orpc/server';
import { asOwner } from '../../test/http/fake-access.ts';
import { fakeKeeper, PRINTER, RUN, roll, scan } from '../../test/http/fake-keeper.ts';
import { AT, device, MINUTE, seen } from '../../test/make/device.ts';
import type { RollcallClient } from '../contract/index.ts';
import type { ChangeQuery, Instant } from '../core/index.ts';
import { Fault } from '../core/index.ts';
import type { Keeper, ScanRequest, ScanResult, WatchRequest } from '../watch/index.ts';
import { createRouter } from './router.ts';

const inProcess = (keeper: Keeper, local = true): RollcallClient =>
  createRouterClient(createRouter(), { context: { ...asOwner(), keeper, local, now: () => AT } });

suite('in process', () => {
  test('a client of the router is a client of the contract, without any server', async () => {
    const client = inProcess(fakeKeeper({ scan: async () => ({ scan: scan(), run: RUN }) }));
    assert.equal((await client.roll.get()).devices[0]?.name, 'printer');
    assert.equal((await client.scans.get({ id: 31 })).run?.count, 2);
  });

  test('faults of the keeper reach it as typed refusals', async () => {
    const findDevice = (): never => {
      throw new Fault('not-found', 'finding device "x": none is called that');
    };
    const { error } = await safe(inProcess(fakeKeeper({ findDevice })).devices.get({ reference: 'x' }));
    assert.ok(isDefinedError(error) && error.code === 'not-found');
    assert.deepEqual([error.status, error.data], [404, { remedy: null }]);
  });

  test('input outside the contract is refused before the keeper is asked', async () => {
    const { error } = await safe(inProcess(fakeKeeper()).scans.start({ targets: ['x'.repeat(300)] }));
    assert.ok(isDefinedError(error) && error.code === 'bad-input');
    assert.match(error.message, /^reading targets\.0 "x{80}\.\.\.": /);
  });

  test('a failure that is no fault stays what it is', async () => {
    const doctor = (): never => {
      throw new TypeError('a bug');
    };
    const { error } = await safe(inProcess(fakeKeeper({ doctor })).doctor.get());
    assert.ok(error instanceof TypeError);
  });

  test('whoever is not on this machine gets no backup', async () => {
    const { error } = await safe(inProcess(fakeKeeper(), false).backup({ path: '/tmp/copy' }));
    assert.ok(error instanceof ORPCError && error.code === 'refused');
    const { error: relative } = await safe(inProcess(fakeKeeper()).backup({ path: 'copy.db' }));
    assert.ok(relative instanceof ORPCError && relative.code === 'bad-input');
  });

  test('leaving a live feed ends its subscription', async () => {
    const keeper = fakeKeeper();
    for await (const item of await inProcess(keeper).live()) if (item.kind === 'snapshot') break;
    assert.equal(keeper.subscribers, 0);
  });

  test('a scan that fails while nobody follows it brings nobody down', async () => {
    const done = Promise.reject<ScanResult>(new Fault('unavailable', 'storing scan 31: the disk is full'));
    const { scan: begun } = await inProcess(fakeKeeper({ startScan: async () => ({ scan: scan(), done }) })).scans.start({
      targets: ['10.0.0.1'],
    });
    assert.equal(begun.id, 31);
    await assert.rejects(done, Fault);
  });
});

suite('what the keeper is asked', () => {
  test('a moment counted back is counted from now', async () => {
    const asked: ChangeQuery[] = [];
    const client = inProcess(fakeKeeper({ changes: async (query) => (asked.push(query), []), findDevice: () => PRINTER }));
    await client.changes.list({ since: '1h', until: '30m', device: 'printer', kind: 'port.opened' });
    assert.deepEqual(asked, [
      { limit: 1000, newestFirst: false, since: AT - 60 * MINUTE, until: AT - 30 * MINUTE, device: 7, kinds: ['port.opened'] },
    ]);
  });

  test('the roll of a past moment', async () => {
    const asked: Instant[] = [];
    const client = inProcess(fakeKeeper({ rollAt: async (at) => (asked.push(at), roll([])) }));
    assert.deepEqual(await client.devices.list({ at: '2d' }), []);
    assert.deepEqual(asked, [AT - 2 * 24 * 60 * MINUTE]);
  });

  test('a scan by hand, with nothing but what was said', async () => {
    const asked: ScanRequest[] = [];
    const result = { scan: scan(), hosts: [], changes: [], warnings: [] };
    const startScan: Keeper['startScan'] = async (request) => (asked.push(request), { scan: scan(), done: Promise.resolve(result) });
    const client = inProcess(fakeKeeper({ startScan }));
    await client.scans.start({ targets: ['10.0.0.1'] });
    await client.scans.start({ targets: ['10.0.0.1'], plan: 'deep', ports: 'all', iface: 'eth0' });
    assert.deepEqual(asked, [
      { targets: ['10.0.0.1'], plan: 'ports' },
      { targets: ['10.0.0.1'], plan: 'deep', ports: 'all', iface: 'eth0' },
    ]);
  });

  test('a target with its schedule', async () => {
    const asked: WatchRequest[] = [];
    const client = inProcess(fakeKeeper({ watch: async (request) => (asked.push(request), assert.fail('enough')) }));
    const schedule = [
      { plan: 'sweep' as const, every: '5m' },
      { plan: 'ports' as const, at: '0 3 * * *', zone: 'Europe/Berlin' },
    ];
    await safe(client.targets.add({ target: '10.0.0.0/24', schedule, window: '1h', iface: 'eth0' }));
    assert.deepEqual(asked, [
      {
        target: '10.0.0.0/24',
        schedule: [
          { plan: 'sweep', cadence: { kind: 'every', every: 5 * MINUTE } },
          { plan: 'ports', cadence: { kind: 'at', cron: '0 3 * * *', zone: 'Europe/Berlin' } },
        ],
        window: 60 * MINUTE,
        iface: 'eth0',
      },
    ]);
    for (const every of ['0s', '5', 'often'])
      assert.ok((await safe(client.targets.add({ target: 'x', schedule: [{ plan: 'sweep', every }] }))).error, every);
    assert.equal(asked.length, 1);
  });
});

suite('rolls', () => {
  test('the same view is written once, a new one anew', async () => {
    let view = roll([PRINTER]);
    const client = inProcess(fakeKeeper({ roll: () => view }));
    const first = await client.roll.get();
    assert.equal(await client.roll.get(), first);
    view = roll([{ ...PRINTER, presence: 'away' }]);
    assert.deepEqual((await client.roll.get()).counts, { devices: 1, present: 0, away: 1, unknown: 0 });
  });

  test('an empty network has the same shape as a full one', async () => {
    const empty = await inProcess(fakeKeeper({ roll: () => roll([], { at: null, seq: 0 }) })).roll.get();
    assert.deepEqual(empty, { site: 'home', at: null, seq: 0, counts: { devices: 0, present: 0, away: 0, unknown: 0 }, devices: [] });
    const full = await inProcess(fakeKeeper({ roll: () => roll(Array.from({ length: 600 }, (_, i) => device({ id: i }))) })).roll.get();
    assert.deepEqual(Object.keys(full), Object.keys(empty));
    assert.deepEqual(
      full.devices.map(({ id }) => id),
      Array.from({ length: 600 }, (_, i) => i),
    );
  });

  test('a host nobody could name has no names, and says so with an empty list', async () => {
    const resultOf = async (): Promise<ScanResult> => ({
      scan: scan(),
      hosts: [seen('10.0.0.9', null, { timedOut: true })],
      changes: [],
      warnings: [],
    });
    for await (const item of await inProcess(fakeKeeper({ resultOf })).scans.follow({ id: 31 })) {
      assert.ok(item.kind === 'result');
      assert.deepEqual(item.result.hosts, [
        { address: '10.0.0.9', mac: null, vendor: null, names: [], ports: [], reason: 'syn-ack', timedOut: true },
      ]);
    }
  });
});
