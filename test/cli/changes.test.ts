import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHANGE_KINDS } from '../../src/core/index.ts';
import { rollcall } from './fake-world.ts';
import { change, device, scan, status, stream } from './make.ts';

/** Kinds that bring their own sentence, and those about somebody with a name. */
const TOLD = [
  'vantage.changed',
  'device.merged',
  'device.split',
  'device.flapping',
  'device.stable',
  'merge.proposed',
  'address.conflict',
  'gateway.changed',
  'segment.lost',
  'segment.restored',
  'storm.began',
  'storm.ended',
  'approval.expired',
  'device.harmed',
  'device.released',
  'approval.expired',
] as const;
const NAMED = ['person.arrived', 'person.left', 'group.first-arrived', 'group.last-left'] as const;

const IMPORTED = {
  subject: 'arp.dat',
  newDevices: 2,
  knownDevices: 3,
  sessions: 9,
  firstAt: '2024-01-01T08:00:00.000Z',
  lastAt: '2024-03-01T08:00:00.000Z',
};

test('changes are listed in order, each in the words of its kind', async () => {
  const port = { protocol: 'tcp', port: 22, service: { name: 'ssh', product: 'OpenSSH', version: '9.1' } };
  const vantage = { target: '192.0.2.0/28', cause: { code: 'no-carrier', text: 'eth0 has no carrier' } };
  const changes = [
    change({
      seq: 1,
      kind: 'device.appeared',
      before: null,
      after: { addresses: ['192.0.2.9'], macs: ['02:00:5e:00:53:09'], vendor: null, randomizedMac: true },
    }),
    change({
      seq: 2,
      kind: 'device.left',
      before: { presence: 'present', lastSeen: '2026-11-21T02:00:00.000Z' },
      after: { presence: 'away' },
    }),
    change({ seq: 3, kind: 'device.returned', before: {}, after: { addresses: ['192.0.2.9', '192.0.2.10'] } }),
    change({ seq: 4, kind: 'device.readdressed', before: { addresses: ['192.0.2.9'] }, after: { addresses: ['192.0.2.10'] } }),
    change({ seq: 5, kind: 'identity.changed', before: { names: ['a'], macs: ['m'] }, after: { names: [], macs: ['n'] } }),
    change({ seq: 6 }),
    change({ seq: 7, kind: 'port.closed', before: port, after: { protocol: 'tcp', port: 22, state: 'closed', service: null } }),
    change({ seq: 8, kind: 'port.filtered', before: port, after: { protocol: 'tcp', port: 22, state: 'filtered', service: null } }),
    change({ seq: 9, kind: 'service.changed', before: port, after: { ...port, service: { ...port.service, version: '9.2' } } }),
    change({
      seq: 9,
      kind: 'service.changed',
      before: { ...port, page: { title: 'Hi' } },
      after: { ...port, page: { title: 'Ho', server: 'x' } },
    }),
    change({ seq: 9, kind: 'service.changed', before: port, after: { ...port, inTurn: true } }),
    change({ seq: 9, kind: 'service.key-changed', after: { ...port, severity: 'high', text: 'shows another SSH host key' } }),
    change({ seq: 9, kind: 'certificate.renewed', after: { ...port, text: 'renewed its certificate' } }),
    change({ seq: 9, kind: 'certificate.expiring', before: null, after: { ...port, text: 'certificate of a expires soon' } }),
    change({ seq: 10, kind: 'vantage.blind', device: null, before: null, after: vantage }),
    change({ seq: 11, kind: 'vantage.restored', device: null, before: null, after: { ...vantage, cause: null } }),
    change({
      seq: 12,
      kind: 'device.edited',
      before: { alias: null, groups: [] },
      after: { alias: 'printer', groups: ['office', 'paper'] },
    }),
    change({ seq: 13, kind: 'device.described', after: { type: 'printer', vendor: 'Brother', openPortNumbers: [80, 631] } }),
    change({ seq: 14, kind: 'device.forgotten', before: { addresses: ['192.0.2.9'], macs: ['m'] }, after: null }),
    ...TOLD.map((kind, i) => change({ seq: 15 + i, kind, before: null, after: { text: `it is a case of ${kind}` } })),
    ...NAMED.map((kind, i) => change({ seq: 50 + i, kind, device: null, before: null, after: { name: 'anna' } })),
    change({
      seq: 60,
      kind: 'person.arrived',
      device: null,
      before: { is: 'away', since: '2026-11-20T08:00:00.000Z' },
      after: { name: 'anna', text: 'came home with phone (#7)' },
    }),
    change({ seq: 61, kind: 'history.imported', device: null, before: null, after: IMPORTED }),
    change({
      seq: 62,
      kind: 'history.imported',
      device: null,
      before: null,
      after: { ...IMPORTED, newDevices: 1, firstAt: null, lastAt: null },
    }),
  ];
  assert.deepEqual(new Set(changes.map(({ kind }) => kind)), new Set(CHANGE_KINDS));
  const { code, out } = await rollcall(['changes'], { answers: { 'changes.list': () => changes } });
  assert.equal(code, 0);
  const lines = out.trimEnd().split('\n');
  const what = lines.map((line) => line.slice(lines[0]?.indexOf('WHAT')));
  assert.deepEqual(what, [
    'WHAT',
    'at 192.0.2.9, 02:00:5e:00:53:09, made-up MAC',
    'last seen 2026-11-21 02:00:00',
    'at 192.0.2.9 192.0.2.10',
    'addresses 192.0.2.9 -> 192.0.2.10',
    'names a -> none; macs m -> n',
    '22/tcp ssh OpenSSH 9.2',
    '22/tcp ssh OpenSSH 9.1',
    '22/tcp ssh OpenSSH 9.1',
    '22/tcp ssh OpenSSH 9.1 -> ssh OpenSSH 9.2',
    '22/tcp page "Hi" -> "Ho" by x',
    '22/tcp ssh OpenSSH 9.1 -> ssh OpenSSH 9.1; it answers in turn, as several servers do; quiet for 30 days',
    '! 22/tcp shows another SSH host key',
    '22/tcp renewed its certificate',
    '22/tcp certificate of a expires soon',
    '192.0.2.0/28: eth0 has no carrier',
    '192.0.2.0/28',
    'name none -> printer; groups +office, +paper',
    'printer, Brother, 80 631',
    '192.0.2.9, m',
    ...TOLD.map((kind) => `it is a case of ${kind}`),
    ...NAMED.map(() => 'anna'),
    'anna came home with phone (#7); was away since 2026-11-20 08:00:00',
    'arp.dat, 2 new devices, 3 known, 9 sessions, 2024-01-01 08:00:00 to 2024-03-01 08:00:00',
    'arp.dat, 1 new device, 3 known, 9 sessions',
  ]);
});

test('the JSON of changes is {seq, at, kind, device, before, after, scan}', async () => {
  const ran = await rollcall(['changes', '--json'], { answers: { 'changes.list': () => [change()] } });
  assert.deepEqual(ran.json(), [change()]);
  assert.deepEqual(Object.keys(ran.json()[0]), ['seq', 'at', 'kind', 'device', 'before', 'after', 'scan']);
});

test('without a moment the newest are asked for; options narrow them', async () => {
  const answers = { 'changes.list': () => [] };
  const asked = async (...argv: string[]): Promise<unknown> => (await rollcall(['changes', ...argv], { answers })).calls[0]?.input;
  assert.deepEqual(await asked(), { limit: 100 });
  assert.deepEqual(await asked('--limit', '5', '--device', 'printer'), { limit: 5, device: 'printer' });
  assert.deepEqual(await asked('--kind', 'port.opened', 'port.closed'), { limit: 100, kind: ['port.opened', 'port.closed'] });
  assert.deepEqual(await asked('--since', '1d'), { since: '2026-11-20T12:00:00.000Z', limit: 10_000 });
});

test('changes of devices that fit, and of whole families, are asked for as such; a filter that a shell took apart is refused', async () => {
  const answers = { 'changes.list': () => [] };
  const { calls } = await rollcall(['changes', '--filter', 'group:iot -tag:ok', '--family', 'ports', 'came'], { answers });
  assert.deepEqual(calls[0]?.input, { limit: 100, family: ['ports', 'came'], filter: 'group:iot -tag:ok' });
  assert.match((await rollcall(['changes', '--filter', 'owner:Anna B'], { answers })).err, /--filter/);
  assert.match((await rollcall(['changes', '--family', 'noise'], { answers })).err, /new, came, left/);
  assert.match((await rollcall(['changes', '--follow', '--filter', 'a'], { answers, daemon: true })).err, /cannot be used with/);
});

test('nothing changed is said, and is fine', async () => {
  const { code, out, err } = await rollcall(['changes', '--since', '1h'], { answers: { 'changes.list': () => [] } });
  assert.deepEqual([code, out, err], [0, '', 'nothing changed\n']);
});

test('since a moment means all of it, page by page', async () => {
  const all = Array.from({ length: 10_003 }, (_, i) => change({ seq: i + 1 }));
  const ran = await rollcall(['changes', '--since', '7d', '--json'], {
    answers: { 'changes.list': ({ afterSeq = 0, limit }) => all.filter(({ seq }) => seq > afterSeq).slice(0, limit) },
  });
  assert.equal(ran.json().length, 10_003);
  assert.deepEqual(
    ran.calls.map(({ input }) => input.afterSeq),
    [undefined, 10_000],
  );
});

test('a kind that does not exist is refused with those that do', async () => {
  const { code, err } = await rollcall(['changes', '--kind', 'device.exploded']);
  assert.equal(code, 2);
  assert.match(err, /"device\.exploded" is invalid\. Allowed choices are device\.appeared, /);
});

test('a count that is none is refused', async () => {
  for (const limit of ['0', '-1', '1e3', 'all', '99999999']) {
    const { code, err } = await rollcall(['changes', '--limit', limit]);
    assert.equal(code, 2);
    assert.match(err, /reading --limit ".*": it is not a count\n  remedy: write a number from 1 to 10000/);
  }
});

const commit = (...changes: ReturnType<typeof change>[]) => ({
  kind: 'commit',
  seq: changes.at(-1)?.seq,
  scan: scan(),
  changes,
  devices: [],
});

test('following goes on after the list, with no change twice and none left out over a gap', async () => {
  const live = [
    { kind: 'version', version: '9.9.9', seq: 3 },
    commit(change({ seq: 2 }), change({ seq: 3 })),
    { kind: 'scan.started', scan: scan() },
    { kind: 'snapshot', roll: { site: 'home', at: null, seq: 5, counts: { devices: 0, present: 0, away: 0, unknown: 0 }, devices: [] } },
    commit(change({ seq: 5 }), change({ seq: 6 })),
  ];
  let resumedFrom: string | undefined;
  const ran = await rollcall(['changes', '--follow', '--json'], {
    daemon: true,
    answers: {
      'changes.list': ({ afterSeq }) =>
        afterSeq === 3 ? [change({ seq: 4 }), change({ seq: 5 })] : [change({ seq: 1 }), change({ seq: 2 })],
      live(_, { lastEventId }) {
        resumedFrom = lastEventId;
        return stream(...live);
      },
    },
  });
  const lines = ran.out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    lines.map(({ seq, fault }) => seq ?? fault.message),
    [1, 2, 3, 4, 5, 6, 'following changes: the daemon has ended'],
  );
  assert.equal(resumedFrom, '2');
});

test('following ends with a fault when the daemon ends', async () => {
  const { code, err } = await rollcall(['changes', '--follow'], {
    daemon: true,
    answers: { 'changes.list': () => [], 'status.get': () => status(), live: () => stream() },
  });
  assert.equal(code, 2);
  assert.match(err, /following changes: the daemon has ended\n  remedy: start it with "rollcall start"/);
});

test('following shows only what was asked for', async () => {
  const live = [commit(change({ seq: 13 }), change({ seq: 14, kind: 'port.closed' }), change({ seq: 15, device: { id: 8, name: null } }))];
  const merges = [7, 8].map((into) =>
    change({ seq: 9 + into, kind: 'device.merged', device: { id: 9, name: null }, after: { into, text: 'x' } }),
  );
  const { out } = await rollcall(['changes', '--follow', '--kind', 'port.opened', 'device.merged', '--device', 'printer'], {
    daemon: true,
    answers: {
      'changes.list': () => [],
      'devices.get': () => ({ device: device(), spans: [], changes: [] }),
      'status.get': () => status(),
      live: () => stream(...live, commit(...merges)),
    },
  });
  const what = 'port.opened  printer (#7)  22/tcp ssh OpenSSH 9.2';
  assert.equal(out, `13  2026-11-21 03:00:00  ${what}\n16  2026-11-21 03:00:00  device.merged  #9  x\n`);
});

test('Ctrl-C ends following with 130', async () => {
  let press = (): void => {};
  const { code, err } = await rollcall(['changes', '--follow'], {
    daemon: true,
    interrupts: (pressed) => {
      press = pressed;
    },
    answers: {
      'changes.list': () => [change()],
      async *live(_, { signal }) {
        press();
        signal?.throwIfAborted();
        yield { kind: 'version', version: '', seq: 0 };
      },
    },
  });
  assert.deepEqual([code, err], [130, '']);
});

test('following needs a daemon', async () => {
  const { code, err, calls } = await rollcall(['changes', '--follow']);
  assert.equal(code, 2);
  assert.match(err, /following changes: no daemon runs/);
  assert.deepEqual(calls, []);
});
