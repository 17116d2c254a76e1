import assert from 'node:assert/strict';
import { coverageText, type Scan } from '../../../src/core/index.ts';
import { covering } from '../../make/device.ts';
import type { Tell } from '../store.ts';
import { arrival, MINUTE, openPort, type Scene, SITE, START, type Story } from './scene.ts';

const DAY = 24 * 60 * MINUTE;
const RETENTION = { singles: 2 * DAY, raw: 14 * DAY };

/** A scan that really asked these addresses. */
const asking = (block: string, scan: Partial<Scan> = {}): Story => ({ scan: { coverage: covering([block]), subject: block, ...scan } });
const blind: Story = { scan: { outcome: 'failed', cause: { code: 'no-carrier', text: 'eth0 has no carrier' }, coverage: null } };

/** What was asked last of each topic at a moment: "sweep 192.0.2.0/24". */
async function asked({ store }: Pick<Scene, 'store'>, at: number, site = SITE): Promise<string[]> {
  const looks = await store.lastLooks(site, at);
  return looks.map(({ plan, coverage }) => `${plan} ${coverageText(coverage).addresses.join()}`).sort();
}

export function lookStories(tell: Tell): void {
  tell('before its first scan has ended nothing was asked; from then on what it covered', async (scene) => {
    assert.deepEqual(await asked(scene, START), []);
    await scene.commit(START);
    assert.deepEqual(await asked(scene, START - 1), []);
    assert.deepEqual(await asked(scene, START), ['sweep 192.0.2.0/24']);
    assert.deepEqual(await asked(scene, START + 365 * DAY), ['sweep 192.0.2.0/24']);
    assert.deepEqual(await asked(scene, START, 'cabin'), []);
  });

  tell('what was asked last comes with its target, subject, plan, and ports', async ({ store, commit }) => {
    const coverage = covering(['192.0.2.0/28', '2001:db8::/64'], '22,80-90');
    await commit(START, { scan: { target: null, subject: 'by hand', plan: 'ports', coverage } });
    assert.deepEqual(await store.lastLooks(SITE, START), [{ target: null, subject: 'by hand', plan: 'ports', coverage }]);
  });

  tell('each subject and plan counts by itself, and of each the newest scan that had ended', async (scene) => {
    await scene.commit(START, asking('192.0.2.0/24', { subject: 'net' }));
    await scene.commit(START + MINUTE, asking('192.0.2.0/25', { subject: 'net' }));
    await scene.commit(START + 2 * MINUTE, asking('192.0.2.0/28', { subject: 'net', plan: 'ports' }));
    await scene.commit(START + 3 * MINUTE, asking('198.51.100.7', { target: null }));
    assert.deepEqual(await asked(scene, START + MINUTE - 1), ['sweep 192.0.2.0/24']);
    assert.deepEqual(await asked(scene, START + MINUTE), ['sweep 192.0.2.0/25']);
    assert.deepEqual(await asked(scene, START + DAY), ['ports 192.0.2.0/28', 'sweep 192.0.2.0/25', 'sweep 198.51.100.7']);
  });

  tell('laws 1 and 2: scans that failed or were stopped asked nothing, and leave what was asked before them', async (scene) => {
    await scene.commit(START, blind);
    assert.deepEqual(await asked(scene, START), []);
    await scene.commit(START + MINUTE, { scan: { outcome: 'partial', cause: { code: 'cut-off', text: 'it ended early' } } });
    for (let n = 2; n < 60; n++)
      await scene.commit(START + n * MINUTE, {
        ...blind,
        scan: { ...blind.scan, ...(n % 2 === 0 ? {} : { outcome: 'cancelled', coverage: covering(['192.0.2.0/24']) }) },
      });
    assert.deepEqual(await asked(scene, START + MINUTE - 1), []);
    assert.deepEqual(await asked(scene, START + DAY), ['sweep 192.0.2.0/24']);
  });

  tell('a scan that still runs, or died, asked nothing yet', async (scene) => {
    await scene.prepare(START);
    assert.deepEqual(await asked(scene, START + DAY), []);
    await scene.store.closeInterrupted(START + DAY, scene.lease);
    assert.deepEqual(await asked(scene, START + DAY), []);
  });

  tell('law 3: what was asked three months ago is still known when its scans were folded into their run', async (scene) => {
    const { store, lease, commit } = scene;
    await commit(START, arrival(1, START));
    for (let hour = 1; hour <= 30; hour++) await commit(START + DAY + hour * 60 * MINUTE, asking('192.0.2.0/25'));
    await commit(START + 4 * DAY, asking('192.0.2.0/28'));
    await commit(START + 90 * DAY, asking('192.0.2.0/30'));
    const moments = [START - 1, START, START + DAY, START + DAY + 60 * MINUTE, START + 2 * DAY, START + 60 * DAY, START + 90 * DAY];
    const before = await Promise.all(moments.map((moment) => asked(scene, moment)));
    assert.ok((await store.prune(RETENTION, START + 100 * DAY, lease)).scans > 25);
    assert.equal((await store.scans({ limit: 100 })).length, 4);
    assert.deepEqual(await Promise.all(moments.map((moment) => asked(scene, moment))), before);
    assert.deepEqual(before.map(String), [
      '',
      'sweep 192.0.2.0/24',
      'sweep 192.0.2.0/24',
      'sweep 192.0.2.0/24,sweep 192.0.2.0/25',
      'sweep 192.0.2.0/24,sweep 192.0.2.0/25',
      'sweep 192.0.2.0/24,sweep 192.0.2.0/25,sweep 192.0.2.0/28',
      'sweep 192.0.2.0/24,sweep 192.0.2.0/25,sweep 192.0.2.0/28,sweep 192.0.2.0/30',
    ]);
  });

  tell('baselines are kept in the order they were made, each target and site its own', async ({ store, lease }) => {
    const make = (target: string | null, at: number, more: { site?: string; by?: string; note?: string } = {}) =>
      store.addBaseline({ site: SITE, target, at, by: null, note: null, ...more }, lease);
    assert.deepEqual(await store.baselines({ site: SITE, limit: 9 }), []);
    const everything = await make(null, START + 5, { by: 'ada', note: `after "the move"; ü 雪` });
    const net = await make('192.0.2.0/24', START + 6);
    const cabin = await make(null, START + 7, { site: 'cabin' });
    const setBack = await make(null, START + 1);
    assert.deepEqual(everything, { id: everything.id, site: SITE, target: null, at: START + 5, by: 'ada', note: `after "the move"; ü 雪` });
    assert.deepEqual(await store.baselines({ site: SITE, limit: 9 }), [setBack, net, everything]);
    assert.deepEqual(await store.baselines({ site: SITE, target: null, limit: 1 }), [setBack]);
    assert.deepEqual(await store.baselines({ site: SITE, target: '192.0.2.0/24', limit: 9 }), [net]);
    assert.deepEqual(await store.baselines({ site: SITE, target: '192.0.2.0/25', limit: 9 }), []);
    assert.deepEqual(await store.baselines({ site: 'cabin', limit: 9 }), [cabin]);
  });

  tell('a baseline is what was believed at its moment, however much is pruned and changes after it', async ({ store, lease, commit }) => {
    await commit(START, arrival(1, START));
    await commit(START + MINUTE, { spans: [{ device: 1, close: [], open: [openPort(22)] }] });
    const { at } = await store.addBaseline({ site: SITE, target: null, at: START + MINUTE, by: null, note: null }, lease);
    const before = await store.devicesAt(SITE, at);
    await commit(START + 2 * MINUTE, { spans: [{ device: 1, close: [{ kind: 'port', key: 'tcp/22' }], open: [openPort(23)] }] });
    await commit(START + 3 * MINUTE, arrival(2, START + 3 * MINUTE));
    for (const day of [1, 2, 3]) await commit(START + day * DAY);
    await store.prune({ singles: 0, raw: 0 }, START + 400 * DAY, lease);
    assert.deepEqual(await store.devicesAt(SITE, at), before);
    assert.deepEqual(
      (await store.baselines({ site: SITE, limit: 9 })).map((baseline) => baseline.at),
      [at],
    );
    assert.deepEqual(await store.check(), []);
  });
}
