import assert from 'node:assert/strict';
import { test } from 'node:test';
import { covering, mac, seen } from '../../../test/make/device.ts';
import {
  type Address,
  type AddressRange,
  type Network,
  NO_COVERAGE,
  type Observation,
  orFault,
  type Prober,
  readGuard,
  type ScanReport,
} from '../../core/index.ts';
import { type GuardParts, judgeStanding } from './vantage-guard.ts';

const CARD = mac(1);
const LAN = covering(['10.0.0.0/24']).addresses as [AddressRange];
const network = (iface: string, block: string, loopback = false): Network => ({
  iface,
  block,
  range: covering([block]).addresses[0] as AddressRange,
  loopback,
});
const { signal } = new AbortController();

interface World {
  readonly gateways?: readonly Address[];
  readonly answers?: readonly Observation[];
  readonly parts?: Partial<GuardParts>;
}

/** A machine in 10.0.0.0/24 behind 10.0.0.254, and all that was asked. */
function machine({
  gateways = ['10.0.0.254'],
  answers = [seen('10.0.0.254', 1)],
  parts = {},
}: World = {}): GuardParts & { readonly asked: AddressRange[][] } {
  const asked: AddressRange[][] = [];
  const prober: Prober = {
    name: 'script',
    look: async ({ addresses }) => {
      asked.push([...addresses]);
      return { ...EMPTY, observations: answers };
    },
  };
  return {
    prober,
    asked,
    networks: () => [network('eth0', '10.0.0.0/24'), network('lo', '127.0.0.0/8', true)],
    gateways: () => gateways,
    ifaceOf: ({ first }) => (first >> 8n === 0x0a0000n ? 'eth0' : null),
    publicAddress: async () => ({ ok: true, value: '203.0.113.7' }),
    ...parts,
  };
}

const EMPTY: ScanReport = {
  startedAt: 0,
  finishedAt: 0,
  outcome: 'complete',
  cause: null,
  coverage: NO_COVERAGE,
  vantage: { iface: 'eth0', privileged: true },
  tool: { name: 'script', version: '1' },
  commands: [],
  observations: [],
  asked: 1,
  warnings: [],
  raw: null,
};

const judged = async (guard: Parameters<typeof readGuard>[0], world: World = {}, addresses: readonly AddressRange[] = LAN) => {
  const parts = machine(world);
  const cause = await judgeStanding(orFault(readGuard(guard)), { addresses, iface: null }, { ...parts, signal });
  return { code: cause?.code ?? null, text: cause?.text ?? '', asked: parts.asked.length };
};

test('S3.6: only the gateway is asked, once when it answers from its card', async () => {
  assert.deepEqual(await judged({ gateway: CARD }), { code: null, text: '', asked: 1 });
  const elsewhere = await judged({ gateway: '02:00:5e:00:53:99' });
  assert.equal(elsewhere.code, 'wrong-vantage');
  assert.match(elsewhere.text, /expects a gateway that answers from 02:00:5e:00:53:99, and found 10\.0\.0\.254 at 02:00:5e:00:00:01/i);
});

test('a gateway that is silent, or that nobody knows, proves nothing; a lost reply is asked for again', async () => {
  const silent = await judged({ gateway: CARD }, { answers: [] });
  assert.deepEqual([silent.code, silent.asked], ['vantage-unproven', 2]);
  assert.match((await judged({ gateway: CARD }, { gateways: [] })).text, /this machine has no gateway/);
  const broken: Prober = { name: 'broken', look: () => Promise.reject(new Error('no')) };
  assert.equal((await judged({ gateway: CARD }, { parts: { prober: broken } })).code, 'vantage-unproven');
});

test('without raw packets the kernel says from which card the gateway answered', async () => {
  const answers = [seen('10.0.0.254')];
  assert.equal((await judged({ gateway: CARD }, { answers })).code, 'vantage-unproven');
  assert.equal((await judged({ gateway: CARD }, { answers, parts: { cardAt: async () => CARD } })).code, null);
});

test('whoever answers besides the gateway says nothing of it', async () => {
  const stranger = await judged({ gateway: CARD }, { answers: [seen('10.0.0.9', 1), seen('10.0.0.254', 7)] });
  assert.equal(stranger.code, 'wrong-vantage');
});

test('this machine itself may be looked at from anywhere', async () => {
  const own = covering(['127.0.0.1']).addresses;
  assert.deepEqual(await judged({ gateway: CARD, network: '192.168.9.0/24', public: '203.0.113.1' }, {}, own), {
    code: null,
    text: '',
    asked: 0,
  });
});

test('the cheapest is judged first: a network we are not in asks nobody', async () => {
  const wrong = await judged({ network: '10.0.1.0/24', gateway: CARD });
  assert.deepEqual([wrong.code, wrong.asked], ['wrong-vantage', 0]);
  assert.match(wrong.text, /found 10\.0\.0\.0\/24 \(eth0\): nothing was sent/);
  assert.equal((await judged({ network: '10.0.0.0/24' })).code, null);
});

test('the public address must be the expected one, however it is written', async () => {
  assert.equal((await judged({ public: '203.0.113.7' })).code, null);
  assert.equal((await judged({ public: '203.0.113.8' })).code, 'wrong-vantage');
  const unsaid: Partial<GuardParts> = {
    publicAddress: async () => ({ ok: false, reason: 'the page that says it did not answer in time', remedy: '' }),
  };
  const unproven = await judged({ public: '203.0.113.7' }, { parts: unsaid });
  assert.deepEqual([unproven.code, /did not answer in time/.test(unproven.text)], ['vantage-unproven', true]);
});
