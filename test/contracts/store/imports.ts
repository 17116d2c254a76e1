import assert from 'node:assert/strict';
import { type Imported, untrusted } from '../../../src/core/index.ts';
import type { Tell } from '../store.ts';
import { arrival, MINUTE, type Scene, SITE, START, type Story, sweep } from './scene.ts';

const YEAR = 365 * 24 * 60 * MINUTE;
const LONG_AGO = START - YEAR;

const file = (digest: string): Imported['files'][number] => ({
  format: 'arpwatch',
  name: untrusted('arp.dat'),
  digest,
  rows: 3,
  firstAt: LONG_AGO,
  lastAt: null,
});

/** What an import writes: plan "import", and what comes with it. */
function imported(more: Partial<Imported>, story: Story = {}): Story {
  const scan = { plan: 'import', target: null, subject: 'arp.dat', coverage: null } as const;
  return { ...story, scan, imported: { looks: [], aged: [], files: [], ...more } };
}

/** A device that was there for an hour, a year ago, and has its address since. */
const grown: Story = {
  created: [{ device: 1, firstSeen: LONG_AGO }],
  spans: [
    {
      device: 1,
      close: [],
      open: [
        { kind: 'presence', key: '', value: `away@${LONG_AGO}` },
        { kind: 'address', key: '192.0.2.1', value: '', from: LONG_AGO },
      ],
      past: [{ fact: { kind: 'presence', key: '', value: 'present' }, from: LONG_AGO, to: LONG_AGO + 60 * MINUTE }],
    },
  ],
  sightings: [{ device: 1, address: '192.0.2.1', at: LONG_AGO }],
};

export function importStories(tell: Tell): void {
  tell('what an import brings holds since long ago, and is no look of now', async ({ store, commit }) => {
    await commit(START, imported({ files: [file('a')] }, grown));
    const memory = await store.load(SITE);
    assert.deepEqual([memory.committedAt, memory.devices[0]?.presence, memory.devices[0]?.firstSeen], [null, 'away', LONG_AGO]);
    const at = async (moment: number) =>
      (await store.devicesAt(SITE, moment)).map(({ presence, addresses }) => [presence, addresses[0]?.address]);
    assert.deepEqual(await at(LONG_AGO - 1), []);
    assert.deepEqual(await at(LONG_AGO), [['present', '192.0.2.1']]);
    assert.deepEqual(await at(LONG_AGO + 2 * 60 * MINUTE), [['unknown', '192.0.2.1']]);
    assert.deepEqual(await store.check(), []);
  });

  tell('files that were taken in are remembered by their content, for each site', async ({ store, commit }) => {
    await commit(START, imported({ files: [file('a'), file('b')] }));
    await commit(START + MINUTE, { ...imported({ files: [file('c')] }), scan: { ...imported({}).scan, site: 'cabin' } });
    const told = await store.imports(SITE);
    assert.deepEqual(
      told.map(({ digest, at, rows, firstAt, lastAt, name, format }) => [digest, at, rows, firstAt, lastAt, name, format]),
      [
        ['a', START, 3, LONG_AGO, null, 'arp.dat', 'arpwatch'],
        ['b', START, 3, LONG_AGO, null, 'arp.dat', 'arpwatch'],
      ],
    );
    assert.equal((await store.scan(told[0]?.scan ?? 0))?.plan, 'import');
    assert.deepEqual(
      (await store.imports('cabin')).map(({ digest }) => digest),
      ['c'],
    );
  });

  tell('scans of others cover what they asked when they asked it', async ({ store, commit }) => {
    const { id: _i, run: _r, changes: _c, ...look } = sweep(LONG_AGO);
    await commit(START, imported({ looks: [{ ...look, plan: 'import', target: null }] }));
    assert.deepEqual(await store.lastLooks(SITE, LONG_AGO - MINUTE), []);
    assert.deepEqual(
      (await store.lastLooks(SITE, LONG_AGO)).map(({ plan, subject, coverage }) => [plan, subject, coverage]),
      [['import', look.subject, look.coverage]],
    );
    const kept = (await store.scans({ plan: 'import', limit: 5 })).find(({ finishedAt }) => finishedAt === LONG_AGO);
    assert.deepEqual([kept?.outcome, kept?.startedAt, kept?.up], ['complete', look.startedAt, look.up]);
    assert.equal((await store.load(SITE)).committedAt, null);
  });

  tell('a device turns out to be older than was known', async ({ store, commit }) => {
    await commit(START, arrival(1, START));
    await commit(START + MINUTE, imported({ aged: [{ device: 1, firstSeen: LONG_AGO }] }));
    assert.equal((await store.load(SITE)).devices[0]?.firstSeen, LONG_AGO);
    assert.equal((await store.load(SITE)).committedAt, START, 'the newest look stays what it was');
  });

  tell('an import that cannot be kept leaves nothing behind', async (scene: Scene) => {
    const { store, lease, prepare } = scene;
    const work = await prepare(START, imported({ files: [file('a')], looks: [] }, { ...grown, created: [] }));
    const torn = { ...work, spans: [...work.spans, { device: 1, close: [{ kind: 'os' as const, key: '' }], open: [] }] };
    await assert.rejects(store.commit(torn, lease));
    assert.deepEqual([await store.imports(SITE), (await store.load(SITE)).devices], [[], []]);
  });
}
