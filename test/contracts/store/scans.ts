import assert from 'node:assert/strict';
import type { ChangeQuery, Scan } from '../../../src/core/index.ts';
import type { Tell } from '../store.ts';
import { appeared, arrival, MINUTE, SITE, START, sweep } from './scene.ts';

export function scanStories(tell: Tell): void {
  tell('a scan is running from its beginning to its commit', async ({ store, lease, prepare }) => {
    const work = await prepare(START);
    const { id } = work.scan;
    const expected = { ...sweep(START, id), outcome: 'running', finishedAt: null, coverage: null };
    assert.deepEqual(await store.scan(id), expected);
    assert.equal(await store.runOf(id), undefined);
    await store.commit(work, lease);
    const { run, ...finished } = (await store.scan(id)) as Scan;
    const { run: _, ...wanted } = sweep(START, id);
    assert.deepEqual(finished, wanted);
    assert.deepEqual(await store.runOf(id), { id: run, firstAt: START - 2000, lastAt: START, count: 1 });
  });

  tell('coverage comes back as the same ranges, IPv6 and odd ones included', async ({ store, commit }) => {
    const coverage: Scan['coverage'] = {
      addresses: [
        { family: 4, first: 0xc0000203n, last: 0xc0000211n },
        { family: 6, first: 0x20010db8n << 96n, last: (0x20010db8n << 96n) + 0xffn },
        { family: 6, first: (0xfe80n << 112n) + 5n, last: (0xfe80n << 112n) + 5n },
      ],
      ports: {
        tcp: [
          [22, 22],
          [80, 90],
        ],
      },
      depth: 'versions',
      basis: 'inferred',
    };
    await commit(START, { scan: { coverage } });
    assert.deepEqual((await store.scans({ limit: 1 }))[0]?.coverage, coverage);
  });

  tell('law 3: like scans in a row make one run, an unlike one begins another', async ({ store, commit }) => {
    const blind = { outcome: 'failed', cause: { code: 'no-carrier', text: 'eth0 has no carrier' }, coverage: null } as const;
    for (const minute of [0, 1, 2]) await commit(START + minute * MINUTE);
    await commit(START + 3 * MINUTE, { scan: blind });
    await commit(START + 4 * MINUTE);
    const scans = await store.scans({ limit: 10 });
    const runs = await Promise.all(scans.map(({ id }) => store.runOf(id)));
    assert.deepEqual(
      runs.map((run) => run?.count),
      [1, 1, 3, 3, 3],
    );
    assert.deepEqual([runs[4]?.firstAt, runs[4]?.lastAt], [START - 2000, START + 2 * MINUTE]);
    assert.deepEqual([scans[1]?.outcome, scans[1]?.cause, scans[1]?.coverage], ['failed', blind.cause, null]);
    assert.equal(new Set(runs.map((run) => run?.id)).size, 3);
  });

  const unlike: Record<string, Partial<Scan>> = {
    target: { target: 2 },
    'no target': { target: null },
    subject: { subject: '198.51.100.0/24' },
    plan: { plan: 'ports' },
    site: { site: 'cabin' },
    vantage: { vantage: { iface: 'eth1', privileged: true } },
    tool: { tool: { name: 'nmap', version: '7.95' } },
    commands: { commands: [['nmap', '-sn', '-e', 'eth0']] },
    coverage: { coverage: null },
    cause: { cause: { code: 'host-timeouts', text: '2 hosts timed out' } },
  };
  for (const [what, scan] of Object.entries(unlike)) {
    tell(`scans that differ in ${what} are of different runs, but numbers seen do not matter`, async ({ store, commit }) => {
      await commit(START);
      await commit(START + 1, { scan });
      await commit(START + 2, { scan: { ...scan, up: 77, asked: 78, startedAt: START - 9000 } });
      const [third, second, first] = await store.scans({ limit: 3 });
      assert.notEqual(second?.run, first?.run);
      assert.equal(third?.run, second?.run);
    });
  }

  tell('scans are listed newest first, by target, in pages', async ({ store, commit }) => {
    for (const n of [1, 2, 3, 4, 5]) await commit(START + n, { scan: { target: n % 2 } });
    const odd = await store.scans({ target: 1, limit: 2 });
    assert.deepEqual(
      odd.map(({ finishedAt }) => finishedAt),
      [START + 5, START + 3],
    );
    const rest = await store.scans({ target: 1, limit: 2, before: odd[1]?.id ?? 0 });
    assert.deepEqual(
      rest.map(({ finishedAt }) => finishedAt),
      [START + 1],
    );
    assert.equal(await store.scan(4711), undefined);
    assert.equal(await store.runOf(4711), undefined);
    assert.equal(await store.rawOf(4711), undefined);
  });

  tell('scans are listed by plan, so that each plan of a target goes on by itself', async ({ store, commit }) => {
    await commit(START, { scan: { plan: 'ports' } });
    await commit(START + 1);
    const [newest] = await store.scans({ target: 1, plan: 'ports', limit: 1 });
    assert.deepEqual([newest?.plan, newest?.finishedAt], ['ports', START]);
    assert.deepEqual(await store.scans({ plan: 'deep', limit: 1 }), []);
  });

  tell('R16: scans left running by a dead process end as failed, and cover nothing', async ({ store, lease, commit, prepare }) => {
    await commit(START);
    const { scan } = await prepare(START + MINUTE);
    assert.equal(await store.closeInterrupted(START + 5 * MINUTE, lease), 1);
    const ended = await store.scan(scan.id);
    assert.deepEqual([ended?.outcome, ended?.cause?.code, ended?.coverage?.addresses], ['failed', 'daemon-died', []]);
    assert.equal(ended?.finishedAt, START + 5 * MINUTE);
    assert.notEqual(ended?.run, null);
    assert.equal(await store.closeInterrupted(START + 6 * MINUTE, lease), 0);
    assert.equal((await store.load(SITE)).committedAt, START);
  });

  tell('changes are found by number, time, device and kind, in either order', async ({ store, commit }) => {
    for (const n of [1, 2, 3, 4]) await commit(START + n * MINUTE, arrival(n, START));
    await commit(START + 5 * MINUTE, { changes: [appeared(2), { kind: 'vantage.blind', device: null, before: null, after: null }] });
    const found = async (query: Omit<ChangeQuery, 'limit'>, limit = 10) => (await store.changes({ ...query, limit })).map(({ seq }) => seq);
    assert.deepEqual(await found({ afterSeq: 2 }), [3, 4, 5, 6]);
    assert.deepEqual(await found({ afterSeq: 2 }, 2), [3, 4]);
    assert.deepEqual(await found({ newestFirst: true }, 2), [6, 5]);
    assert.deepEqual(await found({ since: START + 3 * MINUTE }), [3, 4, 5, 6]);
    assert.deepEqual(await found({ since: START + 3 * MINUTE, newestFirst: true }, 1), [6]);
    assert.deepEqual(await found({ until: START + 2 * MINUTE }), [1, 2]);
    assert.deepEqual(await found({ device: 2 }), [2, 5]);
    assert.deepEqual(await found({ device: [1, 2] }), [1, 2, 5]);
    assert.deepEqual(await found({ device: [4, 2], newestFirst: true }, 2), [5, 4]);
    assert.deepEqual(await found({ device: [] }), []);
    assert.deepEqual(await found({ kinds: ['vantage.blind', 'vantage.restored'] }), [6]);
    assert.deepEqual(await found({ kinds: [] }), []);
    assert.deepEqual(await found({ since: START + 60 * MINUTE }), []);
    assert.deepEqual(await found({ afterSeq: Number.MAX_SAFE_INTEGER }), []);
  });

  tell('R32: changes are found by time although the clock was set back in between', async ({ store, commit }) => {
    await commit(START + 9 * MINUTE, arrival(1, START));
    await commit(START + MINUTE, { changes: [appeared(1)] });
    await commit(START + 2 * MINUTE, { changes: [appeared(1)] });
    const since = await store.changes({ since: START + 2 * MINUTE, limit: 10 });
    assert.deepEqual(
      since.map(({ seq }) => seq),
      [1, 3],
    );
  });
}
