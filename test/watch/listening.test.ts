import assert from 'node:assert/strict';
import { test } from 'node:test';
import { untrusted } from '../../src/core/index.ts';
import { HOUR, MINUTE, mac, name, seen } from '../make/device.ts';
import { heard, ScriptedListener } from './scripted-listener.ts';
import { declared, every, LAN, presence, type Stand, stand, told, watching } from './stand.ts';

const sweeps = watching(declared(LAN, every(MINUTE)));
let hosts = [seen('10.0.0.1', 1)];

/** A house that hears, its first sweep done. */
async function hearing(): Promise<Stand & { readonly listener: ScriptedListener }> {
  hosts = [seen('10.0.0.1', 1)];
  const listener = new ScriptedListener();
  const house = await stand({ config: sweeps, listener, script: () => ({ hosts }) });
  await house.clock.pass(3000);
  return { ...house, listener };
}

test('who announces itself is committed and told at once, with what it said before it had an address', async () => {
  const house = await hearing();
  const clue = { kind: 'dhcp.client', value: untrusted('01') } as const;
  house.listener.hear(heard(null, 7, { way: 'dhcp', names: [name('annas-phone', 'dhcp')], clues: [clue] }));
  await house.clock.pass(200);
  assert.deepEqual(await told(house), ['device.appeared 1']);
  house.listener.hear(heard('10.0.0.7', 7));
  await house.clock.pass(200);
  assert.deepEqual(await told(house), ['device.appeared 1', 'device.appeared 2']);
  const [scan] = await house.keeper.scans({ limit: 1 });
  assert.deepEqual([scan?.plan, scan?.subject, scan?.outcome, scan?.commands], ['listen', 'eth0', 'complete', [['listen', 'well']]]);
  const phone = house.keeper.findDevice('annas-phone');
  assert.deepEqual([phone.macs[0]?.mac, phone.clues, phone.presence], [mac(7), [clue], 'present']);
  await house.end();
});

test('frames of one arrival are one commit, and who is seen by sweeps makes none', async () => {
  const house = await hearing();
  house.listener.hear(heard('10.0.0.7', 7), heard('10.0.0.7', 7, { way: 'mdns' }), heard('10.0.0.8', 8), heard('10.0.0.1', 1));
  await house.clock.pass(200);
  for (let n = 0; n < 50; n++) house.listener.hear(heard('10.0.0.1', 1));
  await house.clock.pass(200);
  const plans = (await house.keeper.scans({ limit: 100 })).map(({ plan }) => plan);
  assert.equal(plans.filter((plan) => plan === 'listen').length, 1);
  await house.end();
});

test('law 2: hearing somebody makes nobody absent, and who is heard while sweeps miss it stays present', async () => {
  const house = await hearing();
  hosts = [];
  for (let n = 0; n < 300; n++) {
    await house.clock.pass(MINUTE);
    house.listener.hear(heard('10.0.0.1', 1, { at: house.clock.now() }));
  }
  assert.deepEqual(presence(house), ['1 present']);
  assert.deepEqual(await told(house), ['device.appeared 1']);
  await house.clock.pass(3 * HOUR);
  house.listener.hear(heard('10.0.0.1', 1));
  await house.clock.pass(200);
  assert.deepEqual(await told(house), ['device.appeared 1', 'device.left 1', 'device.returned 1']);
  await house.end();
});

test('only wires that hold something watched are listened to, from when it is watched until it is not', async () => {
  const listener = new ScriptedListener();
  const house = await stand({ config: watching(), listener, script: () => ({ hosts: [] }) });
  assert.deepEqual(listener.rounds, []);
  await house.keeper.watch({ target: '127.0.0.1', schedule: [] });
  assert.deepEqual(listener.rounds, []);
  await house.keeper.watch({ target: '10.0.0.0/28', schedule: [every(MINUTE)] });
  assert.deepEqual([listener.rounds, listener.listening], [['eth0'], true]);
  listener.hear(heard('10.0.0.99', 9), heard('10.0.0.3', 3));
  await house.clock.pass(200);
  assert.deepEqual(await told(house), ['device.appeared 1']);
  await house.keeper.unwatch('10.0.0.0/28');
  await house.clock.pass(200);
  assert.equal(listener.listening, false);
  await house.end();
});

test('R11: a wire that cannot be listened to is a trouble that people see, and is tried again', async () => {
  const house = await hearing();
  house.listener.break({ code: 'no-privilege', text: 'tcpdump may not capture' });
  await house.clock.pass(0);
  assert.deepEqual(house.keeper.status().troubles, [
    'cannot listen on eth0: tcpdump may not capture; newcomers are seen by the next sweep',
  ]);
  assert.equal(house.listener.listening, false);
  await house.clock.pass(MINUTE);
  assert.deepEqual([house.listener.listening, house.keeper.status().troubles], [true, []]);
  await house.end();
});

test('a device that was last heard at a link-local address leaves when sweeps miss it', async () => {
  const house = await hearing();
  hosts = [seen('10.0.0.1', 1), seen('10.0.0.2', 2)];
  await house.clock.pass(5 * MINUTE);
  house.listener.hear(heard('fe80::2', 2, { way: 'mdns', at: house.clock.now() }));
  await house.clock.pass(100);
  const known = house.keeper.findDevice('2');
  assert.deepEqual(
    known.addresses.map(({ address }) => address),
    ['10.0.0.2', 'fe80::2'],
  );
  house.prober.script = ({ order }) => ({ hosts: order.thorough ? [] : hosts.slice(0, 1) });
  await house.clock.pass(2 * HOUR);
  assert.equal((await told(house)).at(-1), 'device.left 2');
  await house.end();
});

test('a device that says two names in turn is told of once', async () => {
  const house = await hearing();
  for (let n = 0; n < 240; n++) {
    house.listener.hear(heard('10.0.0.1', 1, { way: 'mdns', names: [name(n % 2 === 0 ? 'tv' : 'cast', 'mdns')], at: house.clock.now() }));
    await house.clock.pass(1000);
  }
  assert.deepEqual(await told(house), ['device.appeared 1', 'identity.changed 1']);
  const listens = (await house.keeper.scans({ limit: 1000 })).filter(({ plan }) => plan === 'listen').length;
  assert.ok(listens <= 4, `${listens} commits`);
  await house.end();
});

const called = ({ keeper }: Pick<Stand, 'keeper'>): string[] => keeper.findDevice('1').names.map((one) => `${one.source} ${one.name}`);

test('a name that two sources say is no news each time', async () => {
  const house = await hearing();
  for (let n = 0; n < 60; n++) {
    const source = n % 2 === 0 ? 'mdns' : 'dhcp';
    house.listener.hear(heard('10.0.0.1', 1, { names: [name('tv', source)], at: house.clock.now() }));
    await house.clock.pass(1000);
  }
  assert.deepEqual(await told(house), ['device.appeared 1']);
  assert.deepEqual(called(house), ['dhcp tv']);
  const listens = (await house.keeper.scans({ limit: 1000 })).filter(({ plan }) => plan === 'listen').length;
  assert.equal(listens, 2);
  await house.end();
});

test('S7: another name and another address each second are believed for a while, and then only what sweeps and questions find', async () => {
  const house = await hearing();
  for (let n = 0; n < 300; n++) {
    const words = { names: [name(`name-${n}`, 'mdns')], at: house.clock.now() };
    house.listener.hear(heard('10.0.0.1', 1, words), heard(`10.0.0.${2 + (n % 250)}`, 1));
    await house.clock.pass(1000);
  }
  const kinds = await told(house);
  assert.ok(kinds.length <= 45, `${kinds.length} changes`);
  assert.ok(house.keeper.findDevice('1').addresses.length <= 34);
  await house.clock.pass(25 * HOUR);
  house.listener.hear(heard('10.0.0.1', 1, { names: [name('settled', 'mdns')], at: house.clock.now() }));
  await house.clock.pass(200);
  assert.deepEqual(called(house), ['mdns settled']);
  await house.end();
});

test('S7: many link-local addresses in turn are few commits', async () => {
  const house = await hearing();
  for (let n = 0; n < 600; n++) {
    house.listener.hear(heard(`fe80::${(1 + (n % 20)).toString(16)}`, 1, { at: house.clock.now() }));
    await house.clock.pass(1000);
  }
  const listens = (await house.keeper.scans({ limit: 1000 })).filter(({ plan }) => plan === 'listen').length;
  assert.ok(listens <= 20, `${listens} commits`);
  await house.end();
});

test('S9: a flood of strangers leaves the rest to the next sweep instead of growing', async () => {
  const house = await hearing();
  for (let n = 0; n < 6000; n++) house.listener.hear(heard(`10.0.0.${n % 250}`, 1000 + n));
  await house.clock.pass(200);
  assert.ok(house.keeper.roll().devices.length <= 4097);
  await house.end();
});

test('nothing is heard where the config says so', async () => {
  const listener = new ScriptedListener();
  const house = await stand({ config: { ...sweeps, listen: { enabled: false } }, listener, script: () => ({ hosts }) });
  await house.clock.pass(3000);
  assert.deepEqual(listener.rounds, []);
  await house.end();
});

test('R39: a phone with another made-up MAC each day and the same name is proposed to be one, and merged with nobody', async () => {
  const house = await hearing();
  for (let day = 0; day < 6; day++) {
    const phone = [name('annas-phone', 'dhcp')];
    house.listener.hear(heard('10.0.0.50', 100 + day, { way: 'dhcp', names: phone, at: house.clock.now() }));
    await house.clock.pass(HOUR);
    await house.clock.pass(23 * HOUR);
  }
  const proposals = house.keeper.proposals();
  assert.equal(proposals.length, 1);
  assert.deepEqual(proposals[0]?.absorb, [3, 4, 5, 6, 7]);
  assert.equal(house.keeper.roll().devices.length, 7);
  const kinds = await told(house);
  assert.equal(kinds.filter((kind) => kind.startsWith('merge.proposed')).length, 5);
  assert.equal(kinds.filter((kind) => kind.startsWith('device.merged')).length, 0);
  await house.end();
});

test('S7: an endless flood of strangers on the wire costs few commits, and news of known devices does not wait for it', async () => {
  const house = await hearing();
  for (let n = 0; n < 600; n++) {
    for (let k = 0; k < 20; k++) house.listener.hear(heard(`10.0.0.${100 + (k % 100)}`, 1000 + n * 20 + k, { at: house.clock.now() }));
    await house.clock.pass(1000);
  }
  const listens = (await house.keeper.scans({ limit: 10_000 })).filter(({ plan }) => plan === 'listen').length;
  assert.ok(listens < 60, `${listens} commits in ten minutes`);
  assert.ok(house.keeper.roll().devices.length < 45);
  house.listener.hear(heard('10.0.0.77', 1, { at: house.clock.now() }));
  await house.clock.pass(200);
  assert.ok(house.keeper.findDevice('1').addresses.some(({ address }) => address === '10.0.0.77'));
  await house.end();
});
