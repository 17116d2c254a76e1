import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Observation } from '../../src/core/index.ts';
import { HOUR, MINUTE, mac, seen } from '../make/device.ts';
import { CAFE, GATEWAY, HOME, laptop, news, sweeps } from './laptop.ts';
import { heard, ScriptedListener } from './scripted-listener.ts';
import type { Answer } from './scripted-prober.ts';
import { declared, every, LAN, presence, stand, told, watching } from './stand.ts';

test('R5: a laptop that is carried to a network of the same numbers tells it once: nobody leaves, nobody comes, and at home all is as before', async () => {
  const house = await laptop();
  const before = (await told(house)).length;
  house.at.answer = { hosts: CAFE };
  await house.clock.pass(5 * HOUR);
  assert.deepEqual(await news(house, before), ['vantage.blind']);
  assert.match(house.keeper.status().troubles.join(), /another network of the same numbers/);
  assert.equal(house.keeper.roll().devices.length, 13);
  house.at.answer = { hosts: HOME };
  await house.clock.pass(30 * MINUTE);
  assert.deepEqual(await news(house, before), ['vantage.blind', 'vantage.restored']);
  assert.ok(presence(house).every((line) => line.endsWith('present')));
  await house.end();
});

test('R5: strangers heard after the gateway was heard with a card nobody knows wait for the sweep, and are nobody in another network', async () => {
  const house = await laptop();
  const before = (await told(house)).length;
  house.at.answer = { hosts: CAFE };
  house.listener.hear(heard(GATEWAY, 500), heard('10.0.0.1', 501));
  await house.clock.pass(200);
  for (let n = 2; n < 10; n++) house.listener.hear(heard(`10.0.0.${n}`, 500 + n));
  await house.clock.pass(HOUR);
  for (let n = 2; n < 10; n++) house.listener.hear(heard(`10.0.0.${n}`, 500 + n));
  await house.clock.pass(HOUR);
  assert.deepEqual(await news(house, before), ['gateway.changed', 'vantage.blind']);
  assert.equal(house.keeper.roll().devices.length, 13);
  await house.end();
});

test('R5: strangers heard after the link was lost wait until a sweep has seen where we stand', async () => {
  const house = await laptop();
  const before = (await told(house)).length;
  house.at.answer = { outcome: 'failed', cause: { code: 'no-carrier', text: 'eth0 has no carrier' } };
  await house.clock.pass(2 * MINUTE);
  for (let n = 1; n < 10; n++) house.listener.hear(heard(`10.0.0.${n}`, 500 + n));
  await house.clock.pass(30_000);
  house.at.answer = { hosts: CAFE };
  await house.clock.pass(HOUR);
  assert.deepEqual(await news(house, before), ['vantage.blind', 'vantage.blind'], 'first why it saw nothing, then where it stands');
  assert.equal(house.keeper.roll().devices.length, 13);
  house.at.answer = { hosts: HOME };
  await house.clock.pass(2 * MINUTE);
  house.listener.hear(heard('10.0.0.99', 99, { at: house.clock.now() }));
  await house.clock.pass(MINUTE);
  assert.deepEqual((await news(house, before)).slice(2), ['vantage.restored', 'device.appeared 14']);
  await house.end();
});

test('a new router at home is told as that, and who is heard meanwhile arrives with the next sweep', async () => {
  const house = await laptop();
  const before = (await told(house)).length;
  house.at.answer = { hosts: [seen(GATEWAY, 77), ...HOME.slice(1), seen('10.0.0.99', 99)] };
  house.listener.hear(heard(GATEWAY, 77));
  await house.clock.pass(200);
  house.listener.hear(heard('10.0.0.99', 99));
  await house.clock.pass(2 * MINUTE);
  const changes = await news(house, before);
  assert.deepEqual([changes[0], changes.slice(1).sort()], ['gateway.changed', ['device.appeared 14', 'device.appeared 15']]);
  house.listener.hear(heard('10.0.0.98', 98));
  await house.clock.pass(200);
  assert.equal((await told(house)).at(-1), 'device.appeared 16', 'after the sweep newcomers are told at once again');
  await house.end();
});

test('R5: it outlives a restart, and forgetting the former gateway makes the new network ours', async () => {
  const house = await laptop();
  const before = (await told(house)).length;
  house.at.answer = { hosts: CAFE };
  await house.clock.pass(HOUR);
  await house.end();
  const listener = new ScriptedListener();
  const again = await stand({ config: sweeps, listener, store: house.store, clock: house.clock, script: () => house.at.answer });
  listener.hear(heard('10.0.0.5', 505));
  await again.clock.pass(HOUR);
  assert.deepEqual(await news(again, before), ['vantage.blind']);
  const gateway = again.keeper.findDevice(mac(1));
  assert.match(again.keeper.status().troubles.join(), new RegExp(`rollcall forget ${gateway.id}"`));
  await again.keeper.forgetDevices([gateway.id]);
  await again.clock.pass(10 * MINUTE);
  const after = await news(again, before);
  assert.ok(after.includes('vantage.restored'), after.join(', '));
  await again.end();
});

test('S7: somebody who pretends to be the gateway holds newcomers up for two minutes, not for ever', async () => {
  const house = await laptop();
  const ports = watching(declared(LAN, every(24 * HOUR, 'ports')));
  await house.end();
  const listener = new ScriptedListener();
  const again = await stand({ config: ports, listener, store: house.store, clock: house.clock, script: () => ({ hosts: HOME }) });
  await again.clock.pass(MINUTE);
  listener.hear(heard(GATEWAY, 666));
  await again.clock.pass(200);
  listener.hear(heard('10.0.0.98', 98));
  await again.clock.pass(MINUTE);
  assert.ok(!(await told(again)).includes('device.appeared 14'));
  await again.clock.pass(2 * MINUTE);
  listener.hear(heard(GATEWAY, 667), heard('10.0.0.98', 98));
  await again.clock.pass(MINUTE);
  assert.ok(again.keeper.roll().devices.some(({ macs }) => macs[0]?.mac === mac(98)));
  await again.end();
});

test('R5: whoever speaks first in a network makes us ask for its gateway: who speaks after that has not come', async () => {
  const house = await laptop();
  const before = (await told(house)).length;
  house.at.answer = { hosts: CAFE };
  house.prober.script = ({ addresses }) => (addresses === GATEWAY ? { hosts: [seen(GATEWAY, 500)], takes: 100 } : house.at.answer);
  house.listener.hear(heard('fe80::1', 501, { way: 'nd' }));
  await house.clock.pass(1000);
  for (let n = 2; n < 12; n++) house.listener.hear(heard(`10.0.0.${n}`, 500 + n));
  await house.clock.pass(30 * MINUTE);
  house.at.answer = { hosts: HOME };
  await house.clock.pass(30 * MINUTE);
  assert.deepEqual(
    (await news(house, before)).map((line) => line.split(' ')[0]),
    ['device.appeared', 'gateway.changed', 'vantage.blind', 'vantage.restored'],
  );
  await house.end();
});

test('R5: a directed look in another network calls nobody away', async () => {
  const house = await laptop();
  const before = (await told(house)).length;
  house.at.answer = { hosts: CAFE };
  await house.clock.pass(2 * MINUTE);
  house.prober.script = () => ({ hosts: [] });
  const { done } = await house.keeper.startScan({ targets: ['10.0.0.3'], plan: 'sweep' });
  await house.clock.pass(10 * MINUTE);
  await done;
  assert.deepEqual(await news(house, before), ['vantage.blind']);
  await house.end();
});

test('R5: a target that names its interface is judged like any other', async () => {
  const at = { answer: { hosts: HOME } as Answer };
  const named = watching({ ...declared(LAN, every(MINUTE)), iface: 'eth0' });
  const house = await stand({ config: named, script: () => at.answer });
  await house.clock.pass(HOUR);
  const before = (await told(house)).length;
  at.answer = { hosts: CAFE };
  await house.clock.pass(HOUR);
  assert.deepEqual(await news(house, before), ['vantage.blind']);
  await house.end();
});

test('R5: what is elsewhere is the wire: a target beside the one with the gateway is held with it', async () => {
  const halves = watching(declared('10.0.0.128/25', every(MINUTE)), declared('10.0.0.0/25', every(10 * MINUTE)));
  const home = [...HOME, ...Array.from({ length: 6 }, (_, i) => seen(`10.0.0.${200 + i}`, 200 + i))];
  const at = { hosts: home };
  const inHalf = (half: string): Observation[] =>
    at.hosts.filter(({ address }) => Number(address.split('.')[3]) >= 128 === half.startsWith('10.0.0.128'));
  const house = await stand({ config: halves, script: ({ addresses }) => ({ hosts: inHalf(addresses) }) });
  await house.clock.pass(3 * HOUR);
  const before = (await told(house)).length;
  at.hosts = [...CAFE, seen('10.0.0.200', 700)];
  await house.clock.pass(5 * HOUR);
  at.hosts = home;
  await house.clock.pass(HOUR);
  const kinds = new Set((await news(house, before)).map((line) => line.split(' ')[0]));
  assert.deepEqual([...kinds].sort(), ['vantage.blind', 'vantage.restored']);
  await house.end();
});

test('R5: whoever is heard before the first sweep after a night of sleep has not come', async () => {
  const house = await laptop();
  const before = (await told(house)).length;
  house.at.answer = { hosts: CAFE, takes: 5000 };
  house.clock.suspend(8 * HOUR);
  await house.clock.pass(1000);
  for (let n = 1; n < 12; n++) house.listener.hear(heard(`10.0.0.${n}`, 500 + n));
  await house.clock.pass(30 * MINUTE);
  house.at.answer = { hosts: HOME };
  await house.clock.pass(10 * MINUTE);
  assert.deepEqual(await news(house, before), ['vantage.blind', 'vantage.restored']);
  await house.end();
});

test('S7: a frame a minute that claims the gateway does not hold newcomers back for ever', async () => {
  const house = await laptop();
  for (let n = 0; n < 30; n++) {
    house.listener.hear(heard(GATEWAY, 600 + n), heard('10.0.0.98', 98));
    await house.clock.pass(MINUTE);
  }
  assert.ok(house.keeper.roll().devices.some(({ macs }) => macs[0]?.mac === mac(98)));
  await house.end();
});

test('R5: at home again the gateway we know is no change of gateway', async () => {
  const house = await laptop();
  const before = (await told(house)).length;
  house.at.answer = { hosts: CAFE };
  house.listener.hear(heard(GATEWAY, 500));
  await house.clock.pass(3 * HOUR);
  house.at.answer = { hosts: HOME };
  house.listener.hear(heard(GATEWAY, 1));
  await house.clock.pass(HOUR);
  assert.deepEqual(await news(house, before), ['gateway.changed', 'vantage.blind', 'vantage.restored']);
  await house.end();
});

test('R5: the former gateway that is merged into another device is not forgotten by it', async () => {
  const house = await laptop();
  const before = (await told(house)).length;
  house.at.answer = { hosts: CAFE };
  await house.clock.pass(HOUR);
  const [gateway, other] = [house.keeper.findDevice(mac(1)), house.keeper.findDevice(mac(2))];
  await house.keeper.mergeDevices({ keep: other.id, absorb: [gateway.id] });
  await house.clock.pass(HOUR);
  assert.deepEqual(
    (await news(house, before)).map((line) => line.split(' ')[0]),
    ['vantage.blind', 'device.merged'],
  );
  await house.end();
});
