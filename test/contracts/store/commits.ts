import assert from 'node:assert/strict';
import { Fault, NOTHING_LEARNED, type Service, untrusted } from '../../../src/core/index.ts';
import type { Tell } from '../store.ts';
import { appeared, arrival, at, awaySince, MINUTE, openPort, present, SITE, START, type Story } from './scene.ts';

const gone = async (promise: Promise<unknown>, code: string): Promise<void> =>
  assert.rejects(promise, (thrown) => thrown instanceof Fault && thrown.code === code);

const SSH = JSON.stringify(['open', 'ssh', 'OpenSSH', '9.2', '', '', 'probed']);

export function commitStories(tell: Tell): void {
  tell('a fresh store remembers nothing', async ({ store }) => {
    assert.deepEqual(await store.load(SITE), { devices: [], lastDevice: 0, lastSeq: 0, committedAt: null });
    assert.deepEqual(await store.changes({ limit: 10 }), []);
    assert.deepEqual(await store.scans({ limit: 10 }), []);
  });

  tell('when a port was asked what it serves is remembered while it is open, and no longer', async ({ store, commit }) => {
    const ports = async (): Promise<unknown> =>
      (await store.load(SITE)).devices[0]?.ports.map(({ port, checkedAt }) => [
        port,
        checkedAt === undefined ? null : (checkedAt - START) / MINUTE,
      ]);
    const open = (key: string) => ({ kind: 'port', key, value: 'open' }) as const;
    await commit(START, { ...arrival(1, START), spans: [{ device: 1, close: [], open: [present, open('tcp/22'), open('tcp/80')] }] });
    assert.deepEqual(await ports(), [
      [22, null],
      [80, null],
    ]);
    await commit(START + MINUTE, { checked: [{ device: 1, port: 'tcp/22' }] });
    await commit(START + 2 * MINUTE, {
      spans: [{ device: 1, close: [{ kind: 'port', key: 'tcp/80' }], open: [{ ...open('tcp/80'), value: SSH }] }],
      checked: [{ device: 1, port: 'tcp/80' }],
    });
    assert.deepEqual(await ports(), [
      [22, 1],
      [80, 2],
    ]);
    const shut = [
      { kind: 'port', key: 'tcp/22' },
      { kind: 'port', key: 'tcp/80' },
    ] as const;
    await commit(START + 3 * MINUTE, { spans: [{ device: 1, close: shut, open: [] }] });
    await commit(START + 4 * MINUTE, { spans: [{ device: 1, close: [], open: [open('tcp/22')] }] });
    assert.deepEqual(await ports(), [[22, null]]);
    assert.deepEqual(await store.check(), []);
  });

  tell('a committed device comes back as it went in', async ({ store, commit }) => {
    const service = JSON.stringify(['open', 'ssh', 'OpenSSH', '9.2', 'Debian', '', 'probed']);
    await commit(START, {
      ...arrival(7, START),
      spans: [
        {
          device: 7,
          close: [],
          open: [
            present,
            at('192.0.2.20'),
            at('192.0.2.7'),
            at('2001:db8::7'),
            { kind: 'mac', key: '02:00:5e:00:53:07', value: 'Example Corp' },
            { kind: 'mac', key: '02:00:5e:00:53:01', value: '' },
            { kind: 'name', key: 'aaa.example', value: 'dns' },
            { kind: 'name', key: 'zzz.example', value: 'dhcp' },
            { kind: 'port', key: 'tcp/22', value: service },
            { kind: 'port', key: 'tcp/9', value: 'filtered' },
            { kind: 'asked', key: 'tcp', value: '1-1000,8080' },
            { kind: 'os', key: '', value: 'Linux 6' },
          ],
        },
      ],
      sightings: ['192.0.2.7', '192.0.2.20', '2001:db8::7'].map((address) => ({ device: 7, address })),
    });
    const ssh: Service = {
      name: untrusted('ssh'),
      product: untrusted('OpenSSH'),
      version: untrusted('9.2'),
      extra: untrusted('Debian'),
      tunnel: untrusted(''),
      method: 'probed',
    };
    const { devices, lastDevice, lastSeq, committedAt } = await store.load(SITE);
    assert.deepEqual({ lastDevice, lastSeq, committedAt }, { lastDevice: 7, lastSeq: 1, committedAt: START });
    assert.deepEqual(devices, [
      {
        id: 7,
        site: SITE,
        firstSeen: START,
        lastSeen: START,
        presence: 'present',
        os: 'Linux 6',
        macs: [
          {
            mac: '02:00:5e:00:53:01',
            vendor: null,
          },
          {
            mac: '02:00:5e:00:53:07',
            vendor: 'Example Corp',
          },
        ],
        addresses: ['192.0.2.7', '192.0.2.20', '2001:db8::7'].map((address) => ({
          address,
          seenAt: START,
        })),
        names: [
          {
            name: 'zzz.example',
            source: 'dhcp',
            since: START,
          },
          {
            name: 'aaa.example',
            source: 'dns',
            since: START,
          },
        ],
        ports: [
          {
            protocol: 'tcp',
            port: 9,
            state: 'filtered',
            service: null,
          },
          {
            protocol: 'tcp',
            port: 22,
            state: 'open',
            service: ssh,
          },
        ],
        asked: {
          tcp: [
            [1, 1000],
            [8080, 8080],
          ],
        },
        ...NOTHING_LEARNED,
      },
    ]);
  });

  tell('R16: what was committed is still there after closing and opening again', async ({ store, commit }, { reopen }) => {
    if (!reopen) return;
    await commit(START, { ...arrival(1, START), raw: new Uint8Array([1, 2, 3]) });
    const before = await store.load(SITE);
    const again = await reopen();
    assert.deepEqual(await again.load(SITE), before);
    assert.equal((await again.scans({ limit: 5 })).length, 1);
  });

  tell('a sighting moves last seen without a new span', async ({ store, commit }) => {
    await commit(START, arrival(1, START));
    await commit(START + MINUTE, { sightings: [{ device: 1, address: '192.0.2.1' }] });
    const [device] = (await store.load(SITE)).devices;
    assert.equal(device?.lastSeen, START + MINUTE);
    assert.equal(device?.firstSeen, START);
    assert.equal((await store.spansOf(1)).length, 2);
    await commit(START + 2 * MINUTE, { sightings: [{ device: 1, address: '192.0.2.1', at: START + 90_000 }] });
    assert.equal((await store.load(SITE)).devices[0]?.lastSeen, START + 90_000, 'a sighting that is told later counts when it was');
  });

  tell('spans are closed and opened by the scans that saw it', async ({ store, commit }) => {
    const [first] = await commit(START, arrival(1, START));
    const moved = { device: 1, close: [{ kind: 'address', key: '192.0.2.1' }] as const, open: [at('192.0.2.99')] };
    const change = { kind: 'device.readdressed', device: 1, before: { at: '192.0.2.1' }, after: { at: '192.0.2.99' } } as const;
    const [second] = await commit(START + MINUTE, { spans: [moved], changes: [change] });
    const spans = (await store.spansOf(1)).filter(({ kind }) => kind === 'address');
    const address = { device: 1, kind: 'address', value: '' };
    assert.deepEqual(spans, [
      { ...address, key: '192.0.2.1', from: START, to: START + MINUTE, openedBy: first?.scan, closedBy: second?.scan },
      { ...address, key: '192.0.2.99', from: START + MINUTE, to: null, openedBy: second?.scan, closedBy: null },
    ]);
  });

  tell('changes are numbered without gaps, also across commits that made none', async ({ store, commit }) => {
    await commit(START, { ...arrival(1, START), changes: [appeared(1), appeared(1)] });
    await commit(START + 1);
    const [third] = await commit(START + 2, { changes: [{ kind: 'vantage.blind', device: null, before: null, after: { iface: 'eth0' } }] });
    assert.equal(third?.seq, 3);
    assert.equal(third?.at, START + 2);
    const all = await store.changes({ limit: 10 });
    assert.deepEqual(
      all.map(({ seq }) => seq),
      [1, 2, 3],
    );
    assert.deepEqual(all[2], third);
    assert.deepEqual(await store.check(), []);
  });

  const impossible: Record<string, Story> = {
    'opens a span twice': { spans: [{ device: 1, close: [], open: [present] }] },
    'closes a span that is not open': { spans: [{ device: 1, close: [{ kind: 'port', key: 'tcp/80' }], open: [] }] },
    'creates a device again': { created: [{ device: 1, firstSeen: START }] },
    'writes about a device nobody created': { spans: [{ device: 99, close: [], open: [present] }] },
    'sees a device nobody created': { sightings: [{ device: 99, address: '192.0.2.9' }] },
  };
  for (const [what, fault] of Object.entries(impossible)) {
    tell(`law 4: a commit that ${what} leaves nothing behind`, async ({ store, lease, commit, prepare }) => {
      await commit(START, arrival(1, START));
      const before = [await store.load(SITE), await store.changes({ limit: 10 }), await store.spansOf(1), await store.spansOf(2)];
      const good = arrival(2, START + MINUTE);
      const work = await prepare(START + MINUTE, {
        created: [...(good.created ?? []), ...(fault.created ?? [])],
        spans: [...(good.spans ?? []), { device: 1, close: [], open: [openPort(22)] }, ...(fault.spans ?? [])],
        sightings: [...(good.sightings ?? []), { device: 1, address: '192.0.2.1' }, ...(fault.sightings ?? [])],
        changes: [appeared(2)],
        raw: new Uint8Array([1]),
      });
      await assert.rejects(store.commit(work, lease));
      assert.deepEqual(
        [await store.load(SITE), await store.changes({ limit: 10 }), await store.spansOf(1), await store.spansOf(2)],
        before,
      );
      assert.equal((await store.scan(work.scan.id))?.outcome, 'running');
      assert.equal(await store.rawOf(work.scan.id), undefined);
      assert.equal((await commit(START + 2 * MINUTE, arrival(2, START)))[0]?.seq, 2);
    });
  }

  tell('R44: a scan is committed once', async ({ store, lease, prepare }) => {
    const work = await prepare(START, arrival(1, START));
    await store.commit(work, lease);
    await gone(store.commit({ ...work, created: [], spans: [] }, lease), 'conflict');
    await gone(store.commit({ ...work, created: [], spans: [], scan: { ...work.scan, id: 4711 } }, lease), 'conflict');
    assert.equal((await store.changes({ limit: 10 })).length, 1);
  });

  tell('a scan without an outcome is not committed', async ({ store, lease, prepare }) => {
    const work = await prepare(START);
    await gone(store.commit({ ...work, scan: { ...work.scan, outcome: 'running' } }, lease), 'bad-input');
  });

  tell('R32: a clock that was set back never turns a span round', async ({ store, commit }) => {
    await commit(START, arrival(1, START));
    await commit(START - 60 * MINUTE, {
      spans: [{ device: 1, close: [{ kind: 'presence', key: '' }], open: [awaySince(START)] }],
    });
    assert.deepEqual(await store.check(), []);
    const presence = (await store.spansOf(1)).filter(({ kind }) => kind === 'presence');
    assert.ok(presence.every(({ from, to }) => to === null || to >= from));
    assert.equal((await store.load(SITE)).devices[0]?.presence, 'away');
    assert.equal((await store.devicesAt(SITE, START + MINUTE))[0]?.presence, 'away');
  });

  tell('S5: hostile and big texts are kept as they are', async ({ store, commit }) => {
    const texts = [`'; drop table span; --`, '"$1 ?1 :x %s', '<script>\u2028</script>', 'ü'.repeat(5000), '\\u0000 {"a":1}', '雪😀'];
    const names = texts.map((key) => ({ kind: 'name' as const, key, value: 'dns' }));
    const after = Object.fromEntries(texts.map((text, index) => [text, { nested: [text, index, null, true] }]));
    const [change] = await commit(START, {
      created: [{ device: 1, firstSeen: START }],
      spans: [
        {
          device: 1,
          close: [],
          open: [
            present,
            ...names,
            { kind: 'os', key: '', value: 'x'.repeat(100_000) },
            { kind: 'label', key: 'alias', value: texts[1] ?? '' },
          ],
        },
      ],
      changes: [{ kind: 'identity.changed', device: 1, before: null, after }],
      scan: { subject: texts[0] ?? '', commands: [texts], cause: { code: 'killed', text: texts.join() } },
      raw: new Uint8Array(300_000).fill(255),
    });
    const [device] = (await store.load(SITE)).devices;
    assert.deepEqual(new Set(device?.names.map(({ name }) => String(name))), new Set(texts));
    assert.equal(device?.os?.length, 100_000);
    assert.equal(device?.labels.alias, texts[1]);
    assert.deepEqual((await store.changes({ limit: 1 }))[0]?.after, after);
    const scan = await store.scan(change?.scan ?? 0);
    assert.deepEqual([scan?.subject, scan?.commands, scan?.cause?.text], [texts[0], [texts], texts.join()]);
    assert.deepEqual(await store.rawOf(change?.scan ?? 0), new Uint8Array(300_000).fill(255));
    await commit(START + 1, { spans: [{ device: 1, close: names.map(({ kind, key }) => ({ kind, key })), open: [] }] });
    assert.deepEqual((await store.load(SITE)).devices[0]?.names, []);
  });
}
