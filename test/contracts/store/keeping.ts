import assert from 'node:assert/strict';
import { Fault, NO_COVERAGE, orFault, parseTarget, type Target } from '../../../src/core/index.ts';
import type { Tell } from '../store.ts';
import { arrival, MINUTE, openPort, SITE, START, type Story } from './scene.ts';

const DAY = 24 * 60 * MINUTE;
const notFound = (thrown: unknown): boolean => thrown instanceof Fault && thrown.code === 'not-found' && thrown.remedy !== undefined;

const target = (text: string, site = SITE): Omit<Target, 'id'> => ({
  site,
  window: 5 * MINUTE,
  iface: 'eth0',
  source: 'user',
  createdAt: START,
  spec: orFault(parseTarget(text)),
  schedule: [
    {
      plan: 'sweep',
      cadence: {
        kind: 'every',
        every: MINUTE,
      },
    },
    {
      plan: 'ports',
      cadence: {
        kind: 'at',
        cron: '0 3 * * *',
        zone: 'Europe/Berlin',
      },
    },
  ],
});

export function keepingStories(tell: Tell): void {
  tell('targets are added, changed and removed, each site its own', async ({ store, lease }) => {
    const net = await store.addTarget(target('192.0.2.0/24'), lease);
    const nas = await store.addTarget(target('nas.example'), lease);
    const far = await store.addTarget(target('2001:db8::1-2001:db8::9', 'cabin'), lease);
    assert.equal(new Set([net.id, nas.id, far.id]).size, 3);
    assert.deepEqual(await store.targets(SITE), [net, nas]);
    assert.deepEqual(await store.targets('cabin'), [far]);
    const changed: Target = { ...nas, window: null, iface: null, schedule: [], source: 'config' };
    await store.updateTarget(changed, lease);
    await store.removeTarget(net.id, lease);
    assert.deepEqual(await store.targets(SITE), [changed]);
    await assert.rejects(store.updateTarget(net, lease), notFound);
    await assert.rejects(store.removeTarget(net.id, lease), notFound);
    assert.notEqual((await store.addTarget(target('192.0.2.0/24'), lease)).id, net.id);
  });

  tell('what people say of a device is kept with its history, and is no look at the network', async ({ store, commit }) => {
    const said = async () => {
      const [device] = (await store.load(SITE)).devices;
      return [device?.labels.alias, device?.labels.window, device?.labels.groups];
    };
    const word = { plan: 'edit', coverage: NO_COVERAGE } as const;
    const label = (key: string, value = '') => ({ kind: 'label', key, value }) as const;
    await commit(START, arrival(1, START));
    const named = [label('alias', 'printer'), label('window', String(MINUTE)), label('group:office')];
    await commit(START + MINUTE, { spans: [{ device: 1, close: [], open: named }], scan: word });
    assert.deepEqual(await said(), ['printer', MINUTE, ['office']]);
    const unnamed = [label('alias', 'laser')];
    await commit(START + 2 * MINUTE, { spans: [{ device: 1, close: [{ kind: 'label', key: 'alias' }], open: unnamed }], scan: word });
    assert.deepEqual(await said(), ['laser', MINUTE, ['office']]);
    const [then] = await store.devicesAt(SITE, START + MINUTE);
    assert.equal(then?.labels.alias, 'printer');
    assert.equal((await store.load(SITE)).committedAt, START);
    const history = (await store.spansOf(1)).filter(({ key }) => key === 'alias').map(({ value, to }) => [value, to]);
    assert.deepEqual(history, [
      ['printer', START + 2 * MINUTE],
      ['laser', null],
    ]);
  });

  tell('sites are apart, while numbers of devices and changes run through all of them', async ({ store, commit }) => {
    await commit(START, arrival(1, START));
    await commit(START + 1, { ...arrival(2, START), scan: { site: 'cabin' } });
    const [home, cabin] = [await store.load(SITE), await store.load('cabin')];
    assert.deepEqual([home.devices.map(({ id }) => id), cabin.devices.map(({ id }) => id)], [[1], [2]]);
    assert.deepEqual([home.lastDevice, home.lastSeq, home.committedAt], [2, 2, START]);
    assert.deepEqual([cabin.lastDevice, cabin.lastSeq, cabin.committedAt], [2, 2, START + 1]);
  });

  tell('law 3: old scans that made no difference fold into their run, the others stay', async ({ store, lease, commit, prepare }) => {
    const quiet: Story = { raw: new Uint8Array([1]) };
    await commit(START, { ...arrival(1, START), raw: new Uint8Array([1]) });
    await commit(START + 1, quiet);
    await commit(START + 2, { spans: [{ device: 1, close: [], open: [openPort(22)] }] });
    await commit(START + 3, quiet);
    const running = await prepare(START + 4);
    await commit(START + 3 * DAY, quiet);
    const retention = { singles: 2 * DAY, raw: 14 * DAY };
    assert.deepEqual(await store.prune(retention, START + 3 * DAY, lease), { scans: 2, raw: 2, alerts: 0 });
    const left = await store.scans({ limit: 10 });
    assert.deepEqual(
      left.map(({ finishedAt }) => finishedAt),
      [START + 3 * DAY, null, START + 2, START],
    );
    assert.equal((await store.runOf(left[0]?.id ?? 0))?.count, 5);
    assert.equal(left[1]?.id, running.scan.id);
    assert.deepEqual(await store.prune(retention, START + 3 * DAY, lease), { scans: 0, raw: 0, alerts: 0 });
    assert.deepEqual(await store.prune(retention, START + 15 * DAY, lease), { scans: 0, raw: 1, alerts: 0 });
    assert.equal((await store.scans({ limit: 1 }))[0]?.finishedAt, START + 3 * DAY, 'the schedule goes on from the newest');
    assert.equal(await store.rawOf(left[3]?.id ?? 0), undefined);
    assert.equal((await store.load(SITE)).committedAt, START + 3 * DAY);
    assert.deepEqual(await store.check(), []);
  });

  tell('numbers of folded scans are never given again', async ({ store, lease, commit, prepare }) => {
    await commit(START);
    await commit(START + 1);
    const [last, folded] = await store.scans({ limit: 2 });
    await store.prune({ singles: 0, raw: 0 }, START + DAY, lease);
    assert.equal(await store.scan(folded?.id ?? 0), undefined);
    assert.ok((await prepare(START + DAY)).scan.id > (last?.id ?? 0));
  });
}
