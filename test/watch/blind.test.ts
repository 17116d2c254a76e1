import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_COVERAGE, type Store } from '../../src/core/index.ts';
import { openStore } from '../../src/store/index.ts';
import { covering, HOUR, MINUTE, port, seen } from '../make/device.ts';
import type { Answer } from './scripted-prober.ts';
import { declared, every, LAN, presence, stand, told, watching } from './stand.ts';

const all = [seen('10.0.0.1', 1), seen('10.0.0.2', 2)];
const config = watching(declared(LAN, every(MINUTE)));
const cause = { code: 'no-carrier', text: 'eth0 has no carrier' } as const;
const blind: Answer = { outcome: 'failed', cause };
const ARRIVALS = ['device.appeared 1', 'device.appeared 2'];

test('R2: however long we are blind nobody leaves, and it is told once, also across a restart', async () => {
  let answer: Answer = { hosts: all };
  const first = await stand({ config, script: () => answer });
  await first.clock.pass(10 * MINUTE);
  answer = blind;
  await first.clock.pass(2 * HOUR);
  assert.deepEqual(await told(first), [...ARRIVALS, 'vantage.blind']);
  assert.equal(first.keeper.targets()[0]?.blind, true);
  assert.deepEqual(first.keeper.status().troubles, [`cannot see ${LAN}: eth0 has no carrier`]);
  assert.deepEqual(presence(first), ['1 unknown', '2 unknown']);
  await first.end();

  const second = await stand({ config, store: first.store, clock: first.clock, script: () => answer });
  assert.deepEqual(second.keeper.status().troubles, [`cannot see ${LAN}: eth0 has no carrier`]);
  await second.clock.pass(2 * HOUR);
  assert.deepEqual(await told(second), [...ARRIVALS, 'vantage.blind']);
  answer = { hosts: all };
  await second.clock.pass(2 * MINUTE);
  assert.deepEqual(await told(second), [...ARRIVALS, 'vantage.blind', 'vantage.restored']);
  assert.deepEqual([second.keeper.targets()[0]?.blind, second.keeper.status().troubles], [false, []]);
  assert.deepEqual(presence(second), ['1 present', '2 present']);
  await second.end();
});

test('R2: who sleeps when we see again has not left: hours of blindness are no absence', async () => {
  let answer: Answer = { hosts: all };
  const house = await stand({ config, script: () => answer });
  await house.clock.pass(10 * MINUTE);
  answer = blind;
  await house.clock.pass(3 * HOUR);
  answer = { hosts: all.slice(0, 1) };
  await house.clock.pass(40 * MINUTE);
  assert.deepEqual(await told(house), [...ARRIVALS, 'vantage.blind', 'vantage.restored']);
  await house.clock.pass(10 * MINUTE);
  assert.deepEqual(await told(house), [...ARRIVALS, 'vantage.blind', 'vantage.restored', 'device.left 2']);
  await house.end();
});

test('R2: a scan by hand of a network we could not see for hours is as careful', async () => {
  let answer: Answer = { hosts: all };
  const house = await stand({ config, script: () => answer });
  await house.clock.pass(10 * MINUTE);
  answer = blind;
  await house.clock.pass(3 * HOUR);
  answer = { hosts: [] };
  const { done } = await house.keeper.startScan({ targets: [LAN], plan: 'sweep' });
  await house.clock.pass(5000);
  assert.deepEqual((await done).changes, []);
  await house.end();
});

test('an interface that fails every third time still lets people leave', async () => {
  let hosts = all;
  const house = await stand({ config, script: (_, nth) => (nth % 3 === 0 ? blind : { hosts }) });
  await house.clock.pass(10 * MINUTE);
  hosts = all.slice(0, 1);
  await house.clock.pass(50 * MINUTE);
  assert.ok((await told(house)).includes('device.left 2'));
  await house.end();
});

test('two plans of a target that fail together tell of it once', async () => {
  const both = watching(declared(LAN, every(HOUR), every(HOUR, 'ports')));
  let answer: Answer = { hosts: all };
  const house = await stand({ config: both, script: () => answer });
  await house.clock.pass(10_000);
  answer = { ...blind, takes: 5000 };
  house.clock.suspend(3 * HOUR);
  await house.clock.pass(MINUTE);
  assert.equal(house.prober.looks.length, 4);
  assert.deepEqual(await told(house), [...ARRIVALS, 'vantage.blind']);
  await house.end();
});

test('law 2: what a failed scan claims to have seen or covered changes nothing, a cancelled one makes nobody absent', async () => {
  let answer: Answer = { hosts: [seen('10.0.0.1', 1, { ports: [port(22)] })], coverage: covering([LAN], '1-1000') };
  const house = await stand({ config: watching({ ...declared(LAN, every(MINUTE)), window: 1000 }), script: () => answer });
  await house.clock.pass(10_000);
  answer = { outcome: 'failed', cause, hosts: [seen('10.0.0.9', 9)], coverage: covering([LAN], '1-1000') };
  await house.clock.pass(2 * MINUTE);
  assert.deepEqual(await told(house), ['device.appeared 1', 'vantage.blind']);
  answer = {
    outcome: 'cancelled',
    cause: { code: 'stopped', text: 'stopped' },
    hosts: [seen('10.0.0.8', 8)],
    coverage: covering([LAN], '1-1000'),
  };
  await house.clock.pass(2 * MINUTE);
  assert.deepEqual(await told(house), ['device.appeared 1', 'vantage.blind', 'device.appeared 2']);
  assert.equal(house.keeper.findDevice('1').ports.length, 1);
  await house.end();
});

test('a cancelled scan says nothing about our eyes, and neither do hosts that were slow', async () => {
  const slow = { outcome: 'partial', cause: { code: 'host-timeouts', text: '1 host was too slow' } } as const;
  const stopped = { outcome: 'cancelled', cause: { code: 'stopped', text: 'stopped' }, coverage: NO_COVERAGE } as const;
  const answers: Answer[] = [{ hosts: all }, slow, stopped, blind, slow, stopped];
  const house = await stand({ config, script: () => answers.shift() ?? { hosts: all } });
  await house.clock.pass(5.5 * MINUTE);
  assert.deepEqual(await told(house), [...ARRIVALS, 'vantage.blind']);
  await house.clock.pass(2 * MINUTE);
  assert.deepEqual(await told(house), [...ARRIVALS, 'vantage.blind', 'vantage.restored']);
  await house.end();
});

test('a way of looking that breaks is a failed scan, and names that cannot be found are only a warning', async () => {
  const answers: Answer[] = [{ throws: new Error('spawn EAGAIN') }];
  const house = await stand({ config, script: () => answers.shift() ?? { hosts: all } });
  await house.clock.pass(1000);
  const [broken] = await house.keeper.scans({ limit: 1 });
  assert.deepEqual([broken?.outcome, broken?.cause], ['failed', { code: 'tool-failed', text: 'the scan broke off: spawn EAGAIN' }]);
  house.names.broken = new Error('resolver gone');
  const { done } = await house.keeper.startScan({ targets: [LAN], plan: 'sweep' });
  await house.clock.pass(5000);
  const { warnings, scan } = await done;
  assert.deepEqual([scan.outcome, warnings], ['complete', ['no names were found: resolver gone']]);
  await house.end();
});

test('blindness that the store refused to keep was not told, and is told with the next scan', async () => {
  const memory = await openStore({ kind: 'memory' });
  let full = false;
  const store: Store = {
    ...memory,
    commit: async (work, lease) => {
      if (full) throw new Error('disk full');
      return memory.commit(work, lease);
    },
  };
  let answer: Answer = { hosts: all };
  const house = await stand({ config, store, script: () => answer });
  await house.clock.pass(5 * MINUTE);
  answer = blind;
  full = true;
  await house.clock.pass(5 * MINUTE);
  assert.deepEqual([await told(house), house.keeper.targets()[0]?.blind], [ARRIVALS, false]);
  full = false;
  await house.clock.pass(2 * MINUTE);
  assert.deepEqual([await told(house), house.keeper.targets()[0]?.blind], [[...ARRIVALS, 'vantage.blind'], true]);
  await house.end();
});

test('the roll that is served has the number of the newest change, also when no device changed', async () => {
  let answer: Answer = { hosts: all };
  const house = await stand({ config, script: () => answer });
  await house.clock.pass(10_000);
  const before = house.keeper.roll();
  assert.equal(before.seq, 2);
  answer = blind;
  await house.clock.pass(2 * MINUTE);
  assert.equal(house.keeper.roll().seq, 3);
  assert.equal(house.keeper.status().seq, 3);
  assert.notEqual(house.keeper.roll().at, before.at);
  await house.end();
});

test('R12: raw packets lost are told once, nobody known by hardware address leaves for it, and nobody is met twice', async () => {
  let answer: Answer = { hosts: all };
  const house = await stand({ config, script: () => answer });
  await house.clock.pass(10 * MINUTE);
  answer = { hosts: [seen('10.0.0.1')], privileged: false };
  await house.clock.pass(5 * HOUR);
  assert.deepEqual(await told(house), [...ARRIVALS, 'vantage.changed']);
  assert.deepEqual(presence(house), ['1 present', '2 unknown']);
  answer = { hosts: all };
  await house.clock.pass(10 * MINUTE);
  assert.deepEqual(await told(house), [...ARRIVALS, 'vantage.changed', 'vantage.changed']);
  assert.deepEqual(presence(house), ['1 present', '2 present']);
  await house.end();
  const again = await stand({ config, store: house.store, clock: house.clock, script: () => ({ ...answer, privileged: false }) });
  await again.clock.pass(MINUTE);
  assert.equal((await told(again)).length, 5, 'a change of mode is noticed over a restart');
  await again.end();
});

test('R12: who was never seen by hardware address can leave also without raw packets', async () => {
  let answer: Answer = { hosts: [seen('10.0.0.1'), seen('10.0.0.2')], privileged: false };
  const house = await stand({ config, script: () => answer });
  await house.clock.pass(10 * MINUTE);
  answer = { hosts: [seen('10.0.0.1')], privileged: false };
  await house.clock.pass(2 * HOUR);
  assert.deepEqual(await told(house), [...ARRIVALS, 'device.left 2']);
  await house.end();
});
