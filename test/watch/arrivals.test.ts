import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE, port, seen } from '../make/device.ts';
import { heard, ScriptedListener } from './scripted-listener.ts';
import { daily, declared, every, LAN, type Stand, stand, told, watching } from './stand.ts';

const router = seen('10.0.0.1', 1);
const newcomer = seen('10.0.0.7', 7);
const NIGHTLY = daily('0 3 * * *', 'UTC', 'ports');
const described = async ({ store }: Pick<Stand, 'store'>) => store.changes({ kinds: ['device.described'], limit: 100 });

test('whoever is new to a known network is looked at once, by its ports where the target asks for ports', async () => {
  let hosts = [router];
  const listener = new ScriptedListener();
  const house = await stand({
    config: watching(declared(LAN, every(MINUTE), NIGHTLY)),
    listener,
    script: ({ plan, addresses }) => {
      if (plan === 'sweep') return { hosts };
      return { hosts: addresses.startsWith('10.0.0.7') ? [{ ...newcomer, ports: [port(22), port(80, 'closed')] }] : [router] };
    },
  });
  await house.clock.pass(30_000);
  assert.deepEqual(house.prober.asked, ['sweep 10.0.0.0/24', 'ports 10.0.0.1']);
  assert.deepEqual(await described(house), []);
  hosts = [router, newcomer];
  listener.hear(heard('10.0.0.7', 7));
  await house.clock.pass(5000);
  const asked = ['sweep 10.0.0.254', 'ports 10.0.0.7', 'services 10.0.0.7:22'];
  assert.deepEqual(house.prober.asked.slice(2), asked, 'whose network it is, who came, and what it serves');
  assert.equal(house.prober.looks[3]?.order.plan.versions, false);
  const [change] = await described(house);
  const [appeared] = await house.store.changes({ kinds: ['device.appeared'], device: change?.device ?? 0, limit: 1 });
  assert.deepEqual(
    [change?.after?.['arrival'], change?.after?.['openPortNumbers'], change?.after?.['addresses']],
    [appeared?.seq, [22], ['10.0.0.7']],
  );
  await house.clock.pass(HOUR);
  assert.equal((await described(house)).length, 1);
  await house.end();
});

test('a newcomer heard by IPv6 first is looked at as soon as it shows an address that is watched', async () => {
  const listener = new ScriptedListener();
  const house = await stand({ config: watching(declared(LAN, every(HOUR))), listener, script: () => ({ hosts: [router] }) });
  await house.clock.pass(30_000);
  listener.hear(heard('fe80::7', 7, { way: 'nd' }));
  await house.clock.pass(5000);
  assert.deepEqual(await described(house), []);
  listener.hear(heard('10.0.0.7', 7));
  await house.clock.pass(5000);
  assert.deepEqual(house.prober.asked, ['sweep 10.0.0.0/24', 'sweep 10.0.0.254', 'sweep 10.0.0.7']);
  assert.equal((await described(house)).length, 1);
  await house.end();
});

test('a network seen for the first time has arrived as a whole: nobody in it is greeted', async () => {
  const house = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ hosts: [router, newcomer] }) });
  await house.clock.pass(5 * MINUTE);
  assert.deepEqual(await told(house), ['device.appeared 1', 'device.appeared 2']);
  assert.deepEqual(await described(house), []);
  await house.end();
});

test('whoever is heard while a network is swept for the first time was there before: nobody in it is greeted', async () => {
  const listener = new ScriptedListener();
  const house = await stand({ config: watching(declared(LAN, every(MINUTE))), listener, script: () => ({ hosts: [router, newcomer] }) });
  listener.hear(heard('10.0.0.7', 7, { at: house.clock.now() }));
  await house.clock.pass(5 * MINUTE);
  assert.deepEqual((await told(house)).toSorted(), ['device.appeared 1', 'device.appeared 2']);
  assert.deepEqual(await described(house), []);
  await house.end();
});

test('where a target asks no ports, a newcomer is still asked who it is', async () => {
  let hosts = [router];
  const house = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ hosts }) });
  await house.clock.pass(30_000);
  hosts = [router, newcomer];
  await house.clock.pass(MINUTE);
  assert.ok(house.prober.asked.includes('sweep 10.0.0.7'));
  assert.equal((await described(house)).length, 1);
  await house.end();
});

test('newcomers of one moment are looked at together, and a crowd is left to the plans of its network', async () => {
  let hosts = [router];
  const house = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ hosts }) });
  await house.clock.pass(30_000);
  hosts = [router, seen('10.0.0.7', 7), seen('10.0.0.8', 8)];
  await house.clock.pass(MINUTE);
  assert.deepEqual(
    house.prober.asked.filter((asked) => !asked.endsWith('/24')),
    ['sweep 10.0.0.7-10.0.0.8'],
  );
  hosts = [...hosts, ...Array.from({ length: 17 }, (_, n) => seen(`10.0.0.${100 + n}`, 100 + n))];
  await house.clock.pass(MINUTE);
  assert.equal((await described(house)).length, 2);
  await house.end();
});

test('a failed look at a newcomer describes what is known of it, and disturbs nobody', async () => {
  let hosts = [router];
  const house = await stand({
    config: watching(declared(LAN, every(MINUTE))),
    script: ({ addresses }) => (addresses === '10.0.0.7' ? { throws: new Error('nmap broke') } : { hosts }),
  });
  await house.clock.pass(30_000);
  hosts = [router, newcomer];
  await house.clock.pass(MINUTE);
  assert.deepEqual(await told(house), ['device.appeared 1', 'device.appeared 2']);
  assert.equal((await described(house))[0]?.device, 2);
  await house.end();
});
