import assert from 'node:assert/strict';
import { mock, suite, test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import { isDefinedError, safe } from '@orpc/client';
import { contract } from '../../src/contract/index.ts';
import { Fault, type PlanSchedule } from '../../src/core/index.ts';
import type { Cost, IngestRequest } from '../../src/watch/index.ts';
import { AT, MINUTE, seen } from '../make/device.ts';
import { ALERT_CASES } from './alert-cases.ts';
import { APPROVAL_CASES } from './approval-cases.ts';
import { ASKING_CASES } from './asking-cases.ts';
import { change, fakeKeeper, PRINTER, RUN, roll, scan, TARGET } from './fake-keeper.ts';
import { followUpCases } from './follow-up-cases.ts';
import { type Ask, openDoor } from './open-door.ts';
import { type Case, json } from './operation-case.ts';

const SWEEP: PlanSchedule = { plan: 'sweep', cadence: { kind: 'every', every: 5 * MINUTE } };
const RESULT = { scan: scan(), hosts: [seen('10.0.0.20', 7)], changes: [change(12)], warnings: ['slow'] };
const [likely, worst] = [
  { packets: 60, seconds: 3 },
  { packets: 508, seconds: 3 },
];
const COST: Cost = { plan: 'sweep', addresses: 254, present: 60, forecast: { likely, worst }, measured: { took: 2900, packets: 61 } };
const SPAN = { device: 7, kind: 'port', key: 'tcp/22', value: 'open', from: AT, to: null, openedBy: 31, closedBy: null } as const;
const NETWORK = { iface: 'eth0', block: '10.0.0.0/24', range: { family: 4, first: 1n, last: 2n }, loopback: false, watched: true } as const;

const CASES: Record<string, Case> = {
  'roll.get': { answers: {}, rest: ['/api/v1/roll'], call: (client) => client.roll.get(), procedure: contract.roll.get },
  'devices.list': { answers: {}, rest: ['/api/v1/devices'], call: (client) => client.devices.list(), procedure: contract.devices.list },
  'devices.get': {
    answers: { findDevice: () => PRINTER, spansOf: async () => [SPAN], changes: async () => [change(12)] },
    rest: ['/api/v1/devices/printer'],
    call: (client) => client.devices.get({ reference: 'printer' }),
    procedure: contract.devices.get,
  },
  'devices.edit': {
    answers: {
      findDevice: () => PRINTER,
      editDevices: async (_, { alias = null, window = null }) => [{ ...PRINTER, labels: { ...PRINTER.labels, alias, window } }],
    },
    rest: ['/api/v1/devices/7', json('PATCH', { name: 'laser', window: '1h30m' })],
    call: (client) => client.devices.edit({ reference: '7', name: 'laser', window: '1h30m' }),
    procedure: contract.devices.edit,
  },
  'changes.list': {
    answers: { changes: async () => [change(12), change(13, { device: null, kind: 'vantage.blind', after: null })] },
    rest: ['/api/v1/changes?since=1d&kind=port.opened&limit=10'],
    call: (client) => client.changes.list({ since: '1d', kind: ['port.opened'], limit: 10 }),
    procedure: contract.changes.list,
  },
  'scans.list': {
    answers: { scans: async () => [scan()] },
    rest: ['/api/v1/scans?target=3&before=40&limit=5'],
    call: (client) => client.scans.list({ target: 3, before: 40, limit: 5 }),
    procedure: contract.scans.list,
  },
  'scans.get': {
    answers: { scan: async () => ({ scan: scan(), run: RUN }) },
    rest: ['/api/v1/scans/31'],
    call: (client) => client.scans.get({ id: 31 }),
    procedure: contract.scans.get,
  },
  'scans.start': {
    answers: {
      startScan: async () => ({ scan: scan({ outcome: 'running', finishedAt: null, run: null }), done: Promise.resolve(RESULT) }),
    },
    rest: ['/api/v1/scans', json('POST', { targets: ['10.0.0.0/24'], plan: 'sweep' })],
    call: (client) => client.scans.start({ targets: ['10.0.0.0/24'], plan: 'sweep' }),
    procedure: contract.scans.start,
  },
  'scans.cancel': {
    answers: { cancelScan: async () => undefined, scan: async () => ({ scan: scan({ outcome: 'cancelled' }), run: undefined }) },
    rest: ['/api/v1/scans/31/cancel', { method: 'POST' }],
    call: (client) => client.scans.cancel({ id: 31 }),
    procedure: contract.scans.cancel,
  },
  'targets.list': {
    answers: {
      targets: () => [
        {
          target: TARGET,
          blind: false,
          plans: [{ ...SWEEP, nextAt: AT, lastScan: scan(), running: null, cost: COST, putOff: null, skipped: 0 }],
        },
      ],
    },
    rest: ['/api/v1/targets'],
    call: (client) => client.targets.list(),
    procedure: contract.targets.list,
  },
  'targets.forecast': {
    answers: { forecast: () => [COST] },
    rest: ['/api/v1/targets/forecast', json('POST', { targets: ['10.0.0.0/24'], plans: ['sweep'] })],
    call: (client) => client.targets.forecast({ targets: ['10.0.0.0/24'], plans: ['sweep'] }),
    procedure: contract.targets.forecast,
  },
  'targets.add': {
    answers: { watch: async () => TARGET },
    rest: ['/api/v1/targets', json('POST', { target: '10.0.0.0/24', schedule: [{ plan: 'sweep', every: '5m' }], window: '45m' })],
    call: (client) => client.targets.add({ target: '10.0.0.0/24', schedule: [{ plan: 'sweep', every: '5m' }], window: '45m' }),
    procedure: contract.targets.add,
  },
  'targets.remove': {
    answers: { unwatch: async (reference) => (reference === '10.0.0.0/24' ? TARGET : assert.fail(reference)) },
    rest: ['/api/v1/targets/10.0.0.0%2F24', { method: 'DELETE' }],
    call: (client) => client.targets.remove({ reference: '10.0.0.0/24' }),
    procedure: contract.targets.remove,
  },
  ...followUpCases,
  'networks.list': {
    answers: { networks: () => [NETWORK] },
    rest: ['/api/v1/networks'],
    call: (client) => client.networks.list(),
    procedure: contract.networks.list,
  },
  ...APPROVAL_CASES,
  ...ASKING_CASES,
  ...ALERT_CASES,
  'status.get': { answers: {}, rest: ['/api/v1/status'], call: (client) => client.status.get(), procedure: contract.status.get },
  'doctor.get': {
    answers: { doctor: async () => [{ level: 'limited', topic: 'privilege', text: 'no raw packets', remedy: 'run as root' }] },
    rest: ['/api/v1/doctor'],
    call: (client) => client.doctor.get(),
    procedure: contract.doctor.get,
  },
};

suite('operations', () => {
  for (const [name, { answers, rest, call, procedure }] of Object.entries(CASES)) {
    test(`${name} answers the same over TCP and over the socket, in the shape of the contract`, async () => {
      await using open = await openDoor({ keeper: fakeKeeper(answers) });
      const reply = await open.ask(...rest);
      assert.equal(reply.status, 200, reply.text);
      assert.deepEqual(await call(open.client), reply.json);
      const checked = await procedure['~orpc'].outputSchema?.['~standard'].validate(reply.json);
      assert.deepEqual(checked, { value: reply.json }, 'a key too many or too few');
      assert.deepEqual(open.failures, []);
    });
  }

  test('references with slashes, colons and blanks reach the keeper as they were meant', async () => {
    const asked: string[] = [];
    const unwatch = async (reference: string) => (asked.push(reference), TARGET);
    const findDevice = (reference: string) => (asked.push(reference), PRINTER);
    await using open = await openDoor({ keeper: fakeKeeper({ unwatch, findDevice, spansOf: async () => [], changes: async () => [] }) });
    for (const path of ['10.0.0.0/24', '10.0.0.0%2F24', 'fd00::%2F64']) await open.ask(`/api/v1/targets/${path}`, { method: 'DELETE' });
    for (const path of ['fe80::1', '02:00:5e:00:53:01', 'living%20room', '%3Cb%3E', 'a%2Fb']) await open.ask(`/api/v1/devices/${path}`);
    assert.deepEqual(asked, ['10.0.0.0/24', '10.0.0.0/24', 'fd00::/64', 'fe80::1', '02:00:5e:00:53:01', 'living room', '<b>', 'a/b']);
  });

  test('GET / is the roll', async () => {
    await using open = await openDoor({ keeper: fakeKeeper() });
    const { json: body, headers } = await open.ask('/', { headers: { accept: 'text/html' } });
    assert.equal(headers['content-type'], 'application/json');
    assert.deepEqual(body, await open.client.roll.get());
    assert.deepEqual(body.counts, { devices: 1, present: 1, away: 0, unknown: 0 });
    assert.equal(body.devices[0]?.name, 'printer');
    assert.equal(body.at, '2026-01-05T08:00:00.000Z');
  });

  test('devices are listed as of a past moment, and by presence', async () => {
    const rollAt = mock.fn(async () => roll([PRINTER, { ...PRINTER, id: 8, presence: 'away' }]));
    await using open = await openDoor({ keeper: fakeKeeper({ rollAt }) });
    const { json: body } = await open.ask('/api/v1/devices?at=2026-01-04T08:00:00Z&presence=away');
    assert.deepEqual(
      body.map(({ id }: { id: number }) => id),
      [8],
    );
    assert.deepEqual(rollAt.mock.calls[0]?.arguments, [AT - 24 * 60 * MINUTE]);
  });

  test('without a beginning the newest changes are meant, and come in order', async () => {
    const changes = mock.fn(async () => [change(13), change(12)]);
    await using open = await openDoor({ keeper: fakeKeeper({ changes }) });
    const { json: body } = await open.ask('/api/v1/changes?limit=2');
    assert.deepEqual(
      body.map(({ seq }: { seq: number }) => seq),
      [12, 13],
    );
    assert.deepEqual(changes.mock.calls[0]?.arguments, [{ limit: 2, newestFirst: true }]);
  });

  test('null takes a name away, and what is left out stays', async () => {
    const editDevices = mock.fn(async () => [PRINTER]);
    await using open = await openDoor({ keeper: fakeKeeper({ editDevices, findDevice: () => PRINTER }) });
    await open.client.devices.edit({ reference: '7', name: null });
    assert.deepEqual(editDevices.mock.calls[0]?.arguments, [[7], { alias: null }]);
  });

  test('the output of a tool comes as a download, unpacked', async () => {
    const rawOf = async (): Promise<Uint8Array> => zstdCompressSync(Buffer.from('<?xml version="1.0"?><nmaprun/>'));
    await using open = await openDoor({ keeper: fakeKeeper({ rawOf }) });
    const reply = await open.ask('/api/v1/scans/31/raw');
    assert.equal(reply.text, '<?xml version="1.0"?><nmaprun/>');
    assert.equal(reply.headers['content-disposition'], 'attachment; filename="scan-31.xml"');
    const file = await open.client.scans.raw({ id: 31 });
    assert.equal(await file.text(), reply.text);
    assert.equal(file.name, 'scan-31.xml');
  });

  test('a report is taken in over TCP and over the socket', async () => {
    const taken: object[] = [];
    const ingest = async ({ bytes, ...request }: IngestRequest): Promise<typeof RESULT> => {
      taken.push({ ...request, text: Buffer.concat(await Array.fromAsync(bytes)).toString() });
      return RESULT;
    };
    await using open = await openDoor({ keeper: fakeKeeper({ ingest }) });
    const file = new File(['<nmaprun/>'], 'scan.xml');
    const result = await open.client.ingest({ file, covers: ['10.0.0.0/24'], at: '2026-01-05T08:00:00Z' });
    const form = new Response(multipart({ name: 'evening', covers: '10.0.0.0/24' }, file));
    const headers = { 'content-type': form.headers.get('content-type') ?? '' };
    const reply = await open.ask('/api/v1/ingest', { method: 'POST', headers, body: await form.bytes() });
    assert.deepEqual(reply.json, result);
    assert.deepEqual(taken, [
      { name: 'scan.xml', covers: ['10.0.0.0/24'], at: AT, text: '<nmaprun/>' },
      { name: 'evening', covers: ['10.0.0.0/24'], text: '<nmaprun/>' },
    ]);
  });

  test('a backup is made for the owner of the socket only; over TCP there is no such thing', async () => {
    const backup = mock.fn(async () => undefined);
    await using open = await openDoor({ keeper: fakeKeeper({ backup }) });
    assert.deepEqual(await open.client.backup({ path: '/var/backup/rollcall.db' }), { path: '/var/backup/rollcall.db' });
    const ask = json('POST', { path: '/etc/passwd' });
    assert.equal((await open.ask('/api/v1/backup', ask)).status, 404);
    assert.equal((await open.ask('/rpc/backup', json('POST', { json: { path: '/etc/passwd' } }))).status, 404);
    assert.equal(backup.mock.callCount(), 1);
  });
});

function multipart(fields: Record<string, string>, file: File): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file);
  return form;
}

suite('refusals', () => {
  const FAULTS = { 'bad-input': 400, refused: 403, 'not-found': 404, conflict: 409, unavailable: 503 } as const;
  for (const [code, status] of Object.entries(FAULTS) as [keyof typeof FAULTS, number][]) {
    test(`a fault "${code}" of the keeper is ${status}, with message and remedy`, async () => {
      const findDevice = (): never => {
        throw new Fault(code, 'finding device "x": none is called that', 'list them');
      };
      await using open = await openDoor({ keeper: fakeKeeper({ findDevice }) });
      const reply = await open.ask('/api/v1/devices/x');
      assert.equal(reply.status, status);
      assert.deepEqual(reply.json, { code, message: 'finding device "x": none is called that', remedy: 'list them' });
      const { error } = await safe(open.client.devices.get({ reference: 'x' }));
      assert.ok(isDefinedError(error) && error.code === code && error.data.remedy === 'list them', String(error));
      assert.deepEqual(open.failures, []);
    });
  }

  const BAD: Record<string, readonly [path: string, message: RegExp, ask?: Ask]> = {
    'a limit that is no number': ['/api/v1/scans?limit=x', /^reading limit "x": /],
    'a limit beyond reason': ['/api/v1/changes?limit=10001', /^reading limit "10001": /],
    'an unknown key': ['/api/v1/changes?sinse=1d', /unrecognized key/],
    'an unknown kind': ['/api/v1/changes?kind=port.broken', /^reading kind "port.broken": /],
    'a moment that is none': ['/api/v1/changes?since=yesterday', /^reading moment "yesterday": it is neither/],
    'a scan that is no number': ['/api/v1/scans/abc', /^reading id "abc": /],
    'a window without unit': ['/api/v1/devices/7', /^reading window "90": it is not a length of time/, json('PATCH', { window: '90' })],
    'no target at all': ['/api/v1/scans', /^reading targets: /, json('POST', { targets: [] })],
    'a plan nobody has': ['/api/v1/scans', /^reading plan "-oX": /, json('POST', { targets: ['10.0.0.1'], plan: '-oX' })],
    'a schedule with two cadences': [
      '/api/v1/targets',
      /it needs either every, or at/,
      json('POST', { target: '10.0.0.1', schedule: [{ plan: 'sweep', every: '5m', at: '0 3 * * *' }] }),
    ],
    'a body that is no JSON': ['/api/v1/scans', /malformed/, { ...json('POST', {}), body: '{"targets": [' }],
    'a report that is no file': ['/api/v1/ingest', /^reading file /, json('POST', { file: 'x' })],
  };
  for (const [situation, [path, message, ask]] of Object.entries(BAD)) {
    test(`${situation} is named, and the keeper is not asked`, async () => {
      await using open = await openDoor({ keeper: fakeKeeper({ findDevice: () => PRINTER }) });
      const reply = await open.ask(path, ask);
      assert.equal(reply.status, 400, reply.text);
      assert.equal(reply.json.code, 'bad-input');
      assert.match(reply.json.message, message);
      assert.deepEqual(open.failures, []);
    });
  }
});
