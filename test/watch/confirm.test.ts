import assert from 'node:assert/strict';
import { test } from 'node:test';
import { covering, HOUR, MINUTE, seen } from '../make/device.ts';
import type { Script } from './scripted-prober.ts';
import { declared, every, LAN, presence, stand, told, watching } from './stand.ts';

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

test('law 2: whom the direct question did not reach after all has not left either', async () => {
  const { house } = await missing(() => ({ hosts: [], coverage: covering(['10.0.0.99']) }));
  assert.deepEqual(await told(house), ['device.appeared 1', 'device.appeared 2']);
  await house.end();
});
