import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_COVERAGE, type Observation } from '../../src/core/index.ts';
import { covering, HOUR, MINUTE, mac, seen } from '../make/device.ts';
import { CAFE, GATEWAY, HOME, laptop, news } from './laptop.ts';
import { heard } from './scripted-listener.ts';
import type { Answer, Script } from './scripted-prober.ts';
import { LAN, type Stand, told } from './stand.ts';

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

/** One look at all of it sees both networks; whoever is asked again in that moment gets this answer. */
function doubted(house: Stand, second: Answer): void {
  let looks = 0;
  house.prober.script = ({ addresses }) => {
    if (addresses === LAN) return { hosts: ++looks === 1 ? [...HOME, ...CAFE.slice(13)] : HOME };
    return looks === 1 ? second : { hosts: HOME };
  };
}

const BROKEN = { code: 'tool-failed', text: 'arp-scan ended with 1' } as const;
for (const [how, second, code] of [
  ['throws', { throws: new Error('spawn arp-scan EMFILE') }, 'tool-failed'],
  ['fails for a reason of its own', { outcome: 'failed', cause: BROKEN }, 'tool-failed'],
  ['is stopped by its tool', { outcome: 'cancelled', cause: { ...BROKEN, code: 'over-budget' } }, 'over-budget'],
  ['asks nobody in its time', { outcome: 'partial', cause: { ...BROKEN, code: 'over-budget' }, coverage: NO_COVERAGE }, 'over-budget'],
] as const satisfies readonly (readonly [string, Answer, string])[])
  test(`R1, R5: a second look that ${how} is no word for the first one, which then saw nobody`, async () => {
    const house = await laptop();
    const before = (await told(house)).length;
    doubted(house, second);
    await house.clock.pass(10 * MINUTE);
    assert.deepEqual(await news(house, before), ['vantage.blind', 'vantage.restored']);
    const [blind] = await house.store.changes({ kinds: ['vantage.blind'], newestFirst: true, limit: 1 });
    const cause = blind?.after?.['cause'] as { code: string; text: string } | undefined;
    assert.equal(cause?.code, code);
    assert.match(cause?.text ?? '', /^nobody could be asked whether this still is the network that was looked at: /);
    assert.equal(house.keeper.roll().devices.length, 13);
    await house.end();
  });

test('R5: a second look in quiet hours, which asks nobody, makes nobody new and nobody blind', async () => {
  const house = await laptop();
  const before = (await told(house)).length;
  doubted(house, { outcome: 'failed', cause: { code: 'quiet-hours', text: 'quiet hours began' } });
  await house.clock.pass(10 * MINUTE);
  assert.deepEqual(await news(house, before), []);
  await house.end();
});

test('R5: whoever stops us while it is asked again has stopped a look that saw nobody', async () => {
  const house = await laptop();
  const before = (await told(house)).length;
  doubted(house, { hosts: CAFE, takes: HOUR });
  await house.clock.pass(MINUTE + 5000);
  await house.end();
  const [last] = await house.store.scans({ plan: 'sweep', limit: 1 });
  assert.deepEqual([last?.outcome, last?.up, await news(house, before)], ['cancelled', 0, []]);
});

test('R5: of those that a second look did not come to ask, silence says nothing', async () => {
  const house = await laptop();
  const before = (await told(house)).length;
  doubted(house, { hosts: HOME.slice(0, 1), outcome: 'partial', coverage: covering(['10.0.0.254/32']) });
  await house.clock.pass(10 * MINUTE);
  assert.equal((await news(house, before)).filter((line) => line.startsWith('vantage')).length, 0);
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

/** The one at the second last address keeps silent until it is asked directly, which happens somewhere else. */
async function movedBeforeAsking(there: Answer) {
  const house = await laptop();
  const before = (await told(house)).length;
  const questions: string[] = [];
  house.prober.script = ({ order, addresses }) => {
    if (!order.thorough) return { hosts: HOME.slice(0, -1) };
    questions.push(addresses);
    return there;
  };
  await house.clock.pass(2 * HOUR);
  return { house, questions, before };
}

test('R5: who is asked whether it left, while we are carried to another network, has not left, and nobody of there has come', async () => {
  for (const there of [{ hosts: CAFE.slice(0, 1) }, { hosts: [...CAFE.slice(0, 1), seen('10.0.0.12', 777)] }, { hosts: [] }]) {
    const { house, questions, before } = await movedBeforeAsking(there);
    assert.deepEqual(await news(house, before), []);
    assert.ok(questions.length > 1 && questions.every((asked) => asked === '10.0.0.12,10.0.0.254'), questions.join(' '));
    house.prober.script = () => ({ hosts: HOME });
    await house.clock.pass(HOUR);
    assert.deepEqual(await news(house, before), []);
    await house.end();
  }
});

test('R5: who is asked beside the gateway that we know, and keeps silent, has left', async () => {
  const { house, before } = await movedBeforeAsking({ hosts: HOME.slice(0, 1) });
  assert.deepEqual(await news(house, before), ['device.left 13']);
  await house.end();
});

test('R5: names that were asked for after we were carried to another network are names of there', async () => {
  let card = mac(1);
  const house = await laptop({ cardAt: async () => card });
  const nameOf = (): string | undefined => house.keeper.findDevice('10.0.0.3').names[0]?.name;
  house.names.called = (address) => `at-home-${address.split('.').at(-1)}`;
  await house.clock.pass(2 * MINUTE);
  assert.equal(nameOf(), 'at-home-3');
  house.names.called = (address) => {
    card = mac(500); // whoever asks the resolver of the other network has met its gateway
    return `till-${address.split('.').at(-1)}`;
  };
  const before = (await told(house)).length;
  await house.clock.pass(2 * MINUTE);
  assert.deepEqual([nameOf(), await news(house, before)], ['at-home-3', []]);
  card = mac(1);
  house.names.called = () => 'renamed';
  await house.clock.pass(2 * MINUTE);
  assert.equal(nameOf(), 'renamed');
  await house.end();
});
