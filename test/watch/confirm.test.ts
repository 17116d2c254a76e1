import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countAddresses, MOST_THOROUGH } from '../../src/core/index.ts';
import { covering, HOUR, MINUTE, seen } from '../make/device.ts';
import type { Script } from './scripted-prober.ts';
import { declared, every, LAN, presence, silent, stand, told, watching } from './stand.ts';

const both = [seen('10.0.0.1', 1), seen('10.0.0.2', 2)];
const config = watching(declared(LAN, every(MINUTE)));

/** Sweeps miss the second host from some moment on; a direct question is answered as told. */
async function missing(direct: Script) {
  let hosts = both;
  const house = await stand({ config, script: (look, nth) => (look.order.thorough ? direct(look, nth) : { hosts }) });
  await house.clock.pass(5 * MINUTE);
  hosts = both.slice(0, 1);
  await house.clock.pass(HOUR);
  return { house, questions: house.prober.looks.filter(({ order }) => order.thorough) };
}

test('before a device has left it is asked directly, and only it', async () => {
  const { house, questions } = await missing(() => ({ hosts: [] }));
  assert.deepEqual(await told(house), ['device.appeared 1', 'device.appeared 2', 'device.left 2']);
  assert.deepEqual(
    questions.map(({ addresses }) => addresses),
    ['10.0.0.2'],
  );
  const [left] = await house.store.changes({ kinds: ['device.left'], limit: 1 });
  assert.equal(left?.after?.['confirmed'], true);
  await house.end();
});

test('whoever answers the direct question has not left', async () => {
  const { house, questions } = await missing(() => ({ hosts: both.slice(1) }));
  assert.deepEqual(presence(house), ['1 present', '2 present']);
  assert.deepEqual(await told(house), ['device.appeared 1', 'device.appeared 2']);
  assert.ok(questions.length >= 1);
  await house.end();
});

test('law 1: when the direct question cannot be asked, nobody is called away', async () => {
  for (const broken of [
    { throws: new Error('arp-scan broke') },
    { outcome: 'failed', cause: { code: 'no-carrier', text: 'eth0 has no carrier' } },
  ] as const) {
    const { house, questions } = await missing(() => broken);
    assert.deepEqual(await told(house), ['device.appeared 1', 'device.appeared 2']);
    assert.ok(questions.length > 1, 'it is asked again at each sweep');
    await house.end();
  }
});

test('who becomes overdue while others are asked is asked, too, before it leaves', async () => {
  const asked = new Set<string>();
  let hosts = [1, 2, 3].map((n) => seen(`10.0.0.${n}`, n));
  const house = await stand({
    config: { ...config, presence: { ...silent.presence, tolerance: 'fixed', window: 5 * MINUTE } },
    script: ({ order, addresses }) => {
      if (!order.thorough) return { hosts };
      for (const one of addresses.split(',')) asked.add(one);
      return { hosts: [], takes: 19_000 };
    },
  });
  await house.clock.pass(5 * MINUTE);
  const { store, clock } = house;
  const lastSeen = (): number => house.keeper.roll().devices[1]?.lastSeen ?? 0;
  while (clock.now() - lastSeen() > 3000) await clock.pass(1000);
  hosts = hosts.slice(0, 1);
  // The third is seen a little later than the second by another scan, so that it is overdue just after the second.
  hosts = [...hosts, seen('10.0.0.3', 3)];
  const { done } = await house.keeper.startScan({ targets: ['10.0.0.3'], plan: 'sweep' });
  await clock.pass(5000);
  await done;
  hosts = hosts.slice(0, 1);
  await clock.pass(HOUR);
  const left = await store.changes({ kinds: ['device.left'], limit: 10 });
  assert.deepEqual(
    left.map(({ device, after }) => [device, after?.['confirmed']]),
    [
      [2, true],
      [3, true],
    ],
  );
  assert.deepEqual([...asked].sort(), ['10.0.0.2', '10.0.0.3']);
  await house.end();
});

test('of many that would leave at once, so many as can be asked do so at each scan, and all are asked', async () => {
  const office = '10.0.0.0/22';
  const all = Array.from({ length: 900 }, (_, n) => seen(`10.0.${n >> 8}.${n & 255}`, n + 1));
  let hosts = all;
  const house = await stand({
    config: { ...watching(declared(office, every(MINUTE))), presence: { ...silent.presence, tolerance: 'fixed', window: 10 * MINUTE } },
    script: ({ order }) => ({ hosts: order.thorough ? [] : hosts }),
  });
  await house.clock.pass(HOUR);
  hosts = all.slice(400);
  await house.clock.pass(HOUR);
  const left = await house.store.changes({ kinds: ['device.left'], limit: 1000 });
  assert.equal(left.length, 400);
  assert.ok(left.every(({ after }) => after?.['confirmed'] === true));
  assert.ok(house.prober.looks.every(({ order }) => !order.thorough || countAddresses(order.addresses) <= MOST_THOROUGH));
  await house.end();
});

test('one that answered at hundreds of addresses holds nobody else up, and leaves itself', async () => {
  const office = '10.0.0.0/22';
  const all = [1, 2, 3, 4].map((n) => seen(`10.0.0.${n}`, n));
  const many = Array.from({ length: 300 }, (_, n) => seen(`10.0.${1 + (n >> 8)}.${n & 255}`, 9));
  const others = Array.from({ length: 400 }, (_, n) => seen(`10.0.${2 + (n >> 8)}.${n & 255}`, 100 + n));
  let hosts = [...all, ...many, ...others];
  const house = await stand({
    config: { ...watching(declared(office, every(MINUTE))), presence: { ...silent.presence, tolerance: 'fixed', window: 10 * MINUTE } },
    script: ({ order }) => ({ hosts: order.thorough ? [] : hosts }),
  });
  await house.clock.pass(HOUR);
  hosts = [...all.slice(0, 2), ...others];
  await house.clock.pass(HOUR);
  const left = await house.store.changes({ kinds: ['device.left'], limit: 10 });
  assert.equal(left.length, 3);
  assert.ok(house.prober.looks.every(({ order }) => !order.thorough || countAddresses(order.addresses) <= MOST_THOROUGH));
  await house.end();
});

test('law 2: whom the direct question did not reach after all has not left either', async () => {
  const { house } = await missing(() => ({ hosts: [], coverage: covering(['10.0.0.99']) }));
  assert.deepEqual(await told(house), ['device.appeared 1', 'device.appeared 2']);
  await house.end();
});
