import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Observation } from '../../src/core/index.ts';
import { HOUR, MINUTE, seen } from '../make/device.ts';
import { heard, ScriptedListener } from './scripted-listener.ts';
import type { Answer, Script } from './scripted-prober.ts';
import { declared, every, LAN, type Stand, stand, told, watching } from './stand.ts';

const sweeps = watching(declared(LAN, every(MINUTE)));
const GATEWAY = '10.0.0.254';
const network = (first: number, count: number): Observation[] => [
  seen(GATEWAY, first),
  ...Array.from({ length: count }, (_, i) => seen(`10.0.0.${i + 1}`, first + 1 + i)),
];
const HOME = network(1, 12);
const CAFE = network(500, 16);

/** A laptop that was at home for an hour. */
async function laptop(): Promise<Stand & { readonly listener: ScriptedListener; readonly at: { answer: Answer } }> {
  const listener = new ScriptedListener();
  const at = { answer: { hosts: HOME } as Answer };
  const house = await stand({ config: sweeps, listener, script: () => at.answer });
  await house.clock.pass(HOUR);
  return { ...house, listener, at };
}

const news = async (house: Stand, since: number): Promise<string[]> => (await told(house)).slice(since);

/** One look at all of it sees this, and every other one what is there then. */
function oneLook(mixed: readonly Observation[], then: readonly Observation[]): Script {
  let isOver = false;
  return ({ addresses }) => {
    if (isOver || addresses !== LAN) return { hosts: then };
    isOver = true;
    return { hosts: mixed };
  };
}

for (const [which, gateway] of [
  ['of there', CAFE.slice(0, 1)],
  ['of home', HOME.slice(0, 1)],
] as const)
  test(`R5: a sweep that began in the other network and ended at home, and saw the gateway ${which}, saw nothing of home`, async () => {
    const house = await laptop();
    const before = (await told(house)).length;
    house.at.answer = { hosts: CAFE };
    await house.clock.pass(HOUR);
    house.prober.script = oneLook([...gateway, ...CAFE.slice(1, 9), ...HOME.slice(9)], HOME);
    await house.clock.pass(30 * MINUTE);
    assert.deepEqual(await news(house, before), ['vantage.blind', 'vantage.restored']);
    assert.equal(house.keeper.roll().devices.length, 13);
    await house.end();
  });

test('R5: a sweep that began at home and ended in another network has seen nobody come', async () => {
  const house = await laptop();
  const before = (await told(house)).length;
  house.prober.script = oneLook([...HOME, ...CAFE.slice(13)], CAFE);
  await house.clock.pass(30 * MINUTE);
  assert.deepEqual(await news(house, before), ['vantage.blind']);
  house.prober.script = () => ({ hosts: HOME });
  await house.clock.pass(30 * MINUTE);
  assert.deepEqual(await news(house, before), ['vantage.blind', 'vantage.restored']);
  assert.equal(house.keeper.roll().devices.length, 13);
  await house.end();
});

test('a family that comes home together, with a new router, is told at once', async () => {
  const house = await laptop();
  const before = (await told(house)).length;
  const hosts = [seen(GATEWAY, 77), ...HOME.slice(1), ...[91, 92, 93, 94, 95].map((n) => seen(`10.0.0.${n}`, n))];
  house.at.answer = { hosts };
  await house.clock.pass(2 * MINUTE);
  const kinds = (await news(house, before)).map((line) => line.split(' ')[0]);
  assert.deepEqual(kinds.sort(), [...Array.from({ length: 6 }, () => 'device.appeared'), 'gateway.changed']);
  await house.end();
});

test('R5: frames of the other network that are read late, at home again, are nobody of ours, and no gateway of ours', async () => {
  const house = await laptop();
  const before = (await told(house)).length;
  house.at.answer = { hosts: CAFE };
  await house.clock.pass(HOUR);
  const there = house.clock.now();
  house.at.answer = { hosts: HOME };
  await house.clock.pass(MINUTE + 5000);
  assert.deepEqual(await news(house, before), ['vantage.blind', 'vantage.restored']);
  const late = [
    heard(GATEWAY, 500, { at: there }),
    ...Array.from({ length: 9 }, (_, i) => heard(`10.0.0.${i + 1}`, 501 + i, { at: there })),
  ];
  for (const frames of [late.toReversed(), late]) {
    house.listener.hear(...frames);
    await house.clock.pass(1000);
  }
  assert.deepEqual(await news(house, before), ['vantage.blind', 'vantage.restored']);
  house.listener.hear(heard('10.0.0.99', 99, { at: house.clock.now() }));
  await house.clock.pass(1000);
  assert.equal((await told(house)).at(-1), 'device.appeared 14', 'who is heard at home is told at once');
  await house.end();
});
