import assert from 'node:assert/strict';
import { mock, suite, test } from 'node:test';
import type { AnyContractProcedure } from '@orpc/contract';
import { contract, type RollcallClient } from '../../src/contract/index.ts';
import { type Device, Fault, LOW_CONFIDENCE, type MergeProposal } from '../../src/core/index.ts';
import type { Keeper, Session, WhyStep } from '../../src/watch/index.ts';
import { AT, device, HOUR, MINUTE, mac, name } from '../make/device.ts';
import { change, fakeKeeper, PRINTER, roll, scan } from './fake-keeper.ts';
import { type Ask, openDoor } from './open-door.ts';

const PHONE: Device = device({ id: 8, owner: 'anna', type: 'phone', at: ['10.0.0.31'], macs: [{ mac: mac(8), vendor: null }] });
const TABLET: Device = device({ id: 9, owner: 'bert', names: [name('tablet')], at: ['10.0.0.32'] });
const GONE: Device = device({ id: 10, presence: 'away', at: ['10.0.0.33'] });
const ALL = roll([PRINTER, PHONE, TABLET, GONE]);

const STEP: WhyStep = {
  kind: 'scan',
  text: 'sweep of 10.0.0.0/24 ended complete',
  at: AT,
  until: null,
  lastSeen: null,
  scan: scan({ commands: [['nmap', '-sn', "it's"]] }),
  lines: [],
};
const PROPOSAL: MergeProposal = { keep: 8, absorb: [9], confidence: 0.6, reasons: ['both call themselves "x"'] };
const byReference = (reference: string): Device => {
  const found = ALL.devices.find(({ id }) => String(id) === reference);
  if (!found) throw new Fault('not-found', `finding device ${JSON.stringify(reference)}: none is called that`);
  return found;
};
const SINCE = new Map([
  [7, AT - HOUR],
  [8, AT - 2 * HOUR],
  [9, AT - 3 * HOUR],
  [10, AT - MINUTE],
]);
const SESSIONS: readonly Session[] = [
  { presence: 'away', from: AT - 4 * HOUR, to: AT - 3 * HOUR },
  { presence: 'present', from: AT - 3 * HOUR, to: null },
];

const KNOWN: Partial<Keeper> = {
  roll: () => ALL,
  findDevice: byReference,
  presenceSince: async () => SINCE,
  sessionsOf: async () => SESSIONS,
  whyChange: async (seq) => ({ change: change(seq), steps: [STEP], beside: [change(seq + 1)] }),
  whyDevice: async (of) => ({ device: of, steps: [STEP] }),
  proposals: () => [PROPOSAL, { ...PROPOSAL, keep: 99 }],
};

interface Case {
  readonly answers?: Partial<Keeper>;
  readonly rest: readonly [path: string, ask?: Ask];
  readonly call: (client: RollcallClient) => Promise<unknown>;
  readonly procedure: AnyContractProcedure;
}

const post = (body: object): Ask => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

const CASES: Record<string, Case> = {
  'presence.who': {
    rest: ['/api/v1/presence?presence=present&sort=longest'],
    call: (client) => client.presence.who({ presence: 'present', sort: 'longest' }),
    procedure: contract.presence.who,
  },
  'presence.timeline': {
    rest: ['/api/v1/timeline?device=7&device=8&since=2026-01-05T04:00:00Z&until=2026-01-05T08:00:00Z'],
    call: (client) => client.presence.timeline({ device: ['7', '8'], since: '2026-01-05T04:00:00Z', until: '2026-01-05T08:00:00Z' }),
    procedure: contract.presence.timeline,
  },
  'why.change': { rest: ['/api/v1/why/changes/12'], call: (client) => client.why.change({ seq: 12 }), procedure: contract.why.change },
  'why.device': {
    rest: ['/api/v1/why/devices/7?all=true'],
    call: (client) => client.why.device({ reference: '7', all: true }),
    procedure: contract.why.device,
  },
  'merges.proposals': { rest: ['/api/v1/merges'], call: (client) => client.merges.proposals(), procedure: contract.merges.proposals },
  'merges.merge': {
    answers: { mergeDevices: async ({ keep }) => byReference(String(keep)) },
    rest: ['/api/v1/merges', post({ keep: '8', absorb: ['9'] })],
    call: (client) => client.merges.merge({ keep: '8', absorb: ['9'] }),
    procedure: contract.merges.merge,
  },
  'merges.split': {
    answers: { splitDevice: async (id, macs) => (macs[0] === mac(8) ? [byReference(String(id)), TABLET] : assert.fail()) },
    rest: ['/api/v1/merges/split', post({ device: '8', macs: [mac(8)] })],
    call: (client) => client.merges.split({ device: '8', macs: [mac(8)] }),
    procedure: contract.merges.split,
  },
  'merges.undo': {
    answers: { undoMerge: async ({ device: of, part }) => [byReference(of), byReference(part ?? '9')] },
    rest: ['/api/v1/merges/undo', post({ device: '8' })],
    call: (client) => client.merges.undo({ device: '8' }),
    procedure: contract.merges.undo,
  },
  'merges.distinct': {
    answers: { declareDistinct: async (ids) => ids.map((id) => byReference(String(id))) },
    rest: ['/api/v1/merges/distinct', post({ devices: ['8', '9'] })],
    call: (client) => client.merges.distinct({ devices: ['8', '9'] }),
    procedure: contract.merges.distinct,
  },
  'devices.forget': {
    answers: { forgetDevices: async () => undefined },
    rest: ['/api/v1/devices/forget', post({ devices: ['8'] })],
    call: (client) => client.devices.forget({ devices: ['8'] }),
    procedure: contract.devices.forget,
  },
};

suite('who, when, why and which', () => {
  for (const [operation, { answers, rest, call, procedure }] of Object.entries(CASES)) {
    test(`${operation} answers the same over TCP and over the socket, in the shape of the contract`, async () => {
      await using open = await openDoor({ keeper: fakeKeeper({ ...KNOWN, ...answers }) });
      const reply = await open.ask(...rest);
      assert.equal(reply.status, 200, reply.text);
      assert.deepEqual(await call(open.client), reply.json);
      const checked = await procedure['~orpc'].outputSchema?.['~standard'].validate(reply.json);
      assert.deepEqual(checked, { value: reply.json }, 'a key too many or too few');
      assert.deepEqual(open.failures, []);
    });
  }

  test('people come first, with their devices; then what nobody owns; sorted within', async () => {
    await using open = await openDoor({ keeper: fakeKeeper(KNOWN) });
    const who = async (question: Parameters<RollcallClient['presence']['who']>[0]) =>
      (await open.client.presence.who(question)).map(({ id, owner, since }) => `${id} ${owner} ${since?.slice(11, 16)}`);
    assert.deepEqual(await who({}), ['8 anna 06:00', '9 bert 05:00', '7 null 07:00']);
    assert.deepEqual(await who({ presence: 'away' }), ['10 null 07:59']);
    const unowned = [PHONE, TABLET, PRINTER].map((one) => ({ ...one, labels: { ...one.labels, owner: null } }));
    await using flat = await openDoor({ keeper: fakeKeeper({ ...KNOWN, roll: () => roll(unowned) }) });
    const order = async (sort: 'longest' | 'recent' | 'name') => (await flat.client.presence.who({ sort })).map(({ id }) => id);
    assert.deepEqual(
      [await order('longest'), await order('recent'), await order('name')],
      [
        [9, 8, 7],
        [7, 8, 9],
        [7, 9, 8],
      ],
    );
  });

  test('a type that somebody said is no guess', async () => {
    await using open = await openDoor({ keeper: fakeKeeper(KNOWN) });
    const [phone] = await open.client.presence.who({});
    assert.deepEqual([phone?.type, phone?.guessed], ['phone', false]);
  });

  test('a timeline sums its sessions, and says what share of the known time it was here', async () => {
    await using open = await openDoor({ keeper: fakeKeeper(KNOWN) });
    const [told] = await open.client.presence.timeline({ device: '7', since: '2026-01-05T04:00:00Z', until: '2026-01-05T08:00:00Z' });
    assert.deepEqual(told?.seconds, { present: 3 * 3600, away: 3600, unknown: 0 });
    assert.equal(told?.share, 0.75);
    assert.equal(told?.sessions.at(-1)?.to, null);
    assert.equal(told?.until, '2026-01-05T08:00:00.000Z');
  });

  test('more sessions than anybody reads are cut, and the beginning says so', async () => {
    const many = Array.from({ length: 20_001 }, (_, i): Session => {
      return { presence: i % 2 === 0 ? 'present' : 'away', from: AT - (20_001 - i) * 1000, to: AT - (20_000 - i) * 1000 };
    });
    await using open = await openDoor({ keeper: fakeKeeper({ ...KNOWN, sessionsOf: async () => many }) });
    const [told] = await open.client.presence.timeline({ device: '7', since: '2025-01-05' });
    assert.deepEqual([told?.cut, told?.sessions.length, told?.since], [true, 20_000, told?.sessions[0]?.from]);
  });

  test('commands are told as a shell reads them, and only with their scan', async () => {
    await using open = await openDoor({ keeper: fakeKeeper(KNOWN) });
    const { steps, beside } = await open.client.why.change({ seq: 12 });
    assert.deepEqual(steps[0]?.commands, ["nmap -sn 'it'\\''s'"]);
    assert.equal(beside[0]?.device?.name, 'printer');
  });

  test('a proposal whose devices went meanwhile is not told; one on names alone is a guess', async () => {
    await using open = await openDoor({ keeper: fakeKeeper(KNOWN) });
    const proposals = await open.client.merges.proposals();
    assert.deepEqual(
      proposals.map(({ keep, absorb, guess }) => [keep.id, absorb.map(({ id }) => id), guess]),
      [[8, [9], PROPOSAL.confidence < LOW_CONFIDENCE]],
    );
  });

  test('each device is forgotten once, however often it is named; with one unknown among them none is', async () => {
    const forgetDevices = mock.fn(async () => undefined);
    await using open = await openDoor({ keeper: fakeKeeper({ ...KNOWN, forgetDevices }) });
    const forgotten = await open.client.devices.forget({ devices: ['8', '8'] });
    assert.deepEqual([forgotten.length, forgetDevices.mock.calls[0]?.arguments], [1, [[8]]]);
    assert.equal((await open.ask('/api/v1/devices/forget', post({ devices: ['8', 'toaster'] }))).status, 404);
    assert.equal(forgetDevices.mock.callCount(), 1);
  });

  const BAD: Record<string, readonly [path: string, message: RegExp, ask?: Ask]> = {
    'a timeline of nobody': ['/api/v1/timeline', /of no device/],
    'a timeline that ends before it begins': ['/api/v1/timeline?device=7&since=1d&until=2d', /that is its end, or after it/],
    'a timeline since no moment': ['/api/v1/timeline?device=7&since=x', /^reading moment "x"/],
    'a sort nobody knows': ['/api/v1/presence?sort=age', /^reading sort "age"/],
    'a change that is no number': ['/api/v1/why/changes/x', /^reading seq "x"/],
    'a merge with nobody': ['/api/v1/merges', /^reading absorb/, post({ keep: '8', absorb: [] })],
    'one device told apart': ['/api/v1/merges/distinct', /^reading devices/, post({ devices: ['8'] })],
  };
  for (const [situation, [path, message, ask]] of Object.entries(BAD)) {
    test(`${situation} is refused with its reason`, async () => {
      await using open = await openDoor({ keeper: fakeKeeper(KNOWN) });
      const reply = await open.ask(path, ask);
      assert.equal(reply.status, 400, reply.text);
      assert.match(reply.json.message, message);
      assert.deepEqual(open.failures, []);
    });
  }
});
