import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULTS } from '../../src/config/index.ts';
import { MINUTE, port, seen } from '../make/device.ts';
import { daily, declared, every, LAN, stand, watching } from './stand.ts';

const hosts = [seen('10.0.0.1', 1, { ports: [port(22), port(80)] }), seen('10.0.0.2', 2, { ports: [port(80)] })];

test('what a plan will cost follows from who is known there, and what it cost last stands beside it', async () => {
  const house = await stand({
    config: watching(declared(LAN, every(MINUTE), daily('0 3 * * *', 'UTC', 'ports'))),
    script: () => ({ hosts }),
  });
  await house.clock.pass(5 * MINUTE);
  const [status] = house.keeper.targets();
  const [sweep, ports] = status?.plans ?? [];
  assert.deepEqual(sweep?.cost.forecast.likely, { packets: 2 + 254 * 2, seconds: 2 });
  assert.deepEqual([ports?.cost.present, ports?.cost.addresses], [2, 256]);
  assert.equal(ports?.cost.forecast.likely.packets, 2 + 254 * 2 + 2 * 1000 + 3);
  assert.deepEqual(ports?.cost.measured, { took: 2000, packets: null });
  await house.end();
});

test('before anything is watched it can be asked what it would cost, within the scope', async () => {
  const house = await stand({ config: { self: { watch: false }, scan: { ...DEFAULTS.scan, rate: 100 } }, script: () => ({ hosts }) });
  const [sweep, ports] = house.keeper.forecast({ targets: [LAN], plans: ['sweep', 'ports'], ports: '1-10' });
  assert.equal(sweep?.plan, 'sweep');
  assert.equal(ports?.forecast.worst.packets, 256 + 256 * 10 * 2, 'every address may be a host');
  assert.ok((ports?.forecast.worst.seconds ?? 0) >= (256 * 20) / 100);
  assert.equal(house.prober.looks.length, 0);
  assert.throws(() => house.keeper.forecast({ targets: ['8.8.8.0/24'], plans: ['ports'] }), { code: 'refused' });
  assert.throws(() => house.keeper.forecast({ targets: ['0/0'], plans: ['ports'] }), { code: 'bad-input' });
  assert.equal(house.keeper.forecast({ targets: ['nas.lan'], plans: ['ports'] })[0]?.addresses, 1);
  await house.end();
});

test('the status says what limits scans', async () => {
  const house = await stand({ config: { self: { watch: false } }, script: () => ({ hosts }) });
  assert.match(house.keeper.status().limits?.[0] ?? '', /300 packets\/s to a network, 100 packets\/s to a host/);
  await house.end();
});
