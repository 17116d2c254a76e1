import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Observation } from '../../src/core/index.ts';
import { HOUR, MINUTE, seen } from '../make/device.ts';
import { declared, every, LAN, presence, type Stand, stand, told, type Wish, watching } from './stand.ts';

const [gateway, nas, phone] = [seen('10.0.0.254', 1), seen('10.0.0.2', 2), seen('10.0.0.3', 3)];
const own = seen('10.0.0.9', 9, { reason: 'localhost-response' });
const unnamed = watching(declared(LAN, every(MINUTE)));
const named = watching({ ...declared(LAN, every(MINUTE)), canaries: ['10.0.0.2'] });

interface House extends Stand {
  /** Who answers from now on. */
  readonly answering: (...hosts: readonly Observation[]) => void;
  /** What was told since it was built. */
  readonly news: () => Promise<string[]>;
  /** Another process on the same store. */
  readonly again: () => Promise<House>;
}

/** A home that has been watched for an hour. */
async function home(wish: Wish, ...hosts: readonly Observation[]): Promise<House> {
  const now = { hosts };
  const whole = await stand({ ...wish, script: () => now });
  await whole.clock.pass(HOUR);
  return inhabited(wish, whole, { now, before: (await told(whole)).length });
}

function inhabited(wish: Wish, house: Stand, kept: { now: { hosts: readonly Observation[] }; before: number }): House {
  return {
    ...house,
    answering: (...hosts) => void (kept.now.hosts = hosts),
    news: async () => (await told(house)).slice(kept.before),
    again: async () => {
      const { store, clock } = house;
      return inhabited(wish, await stand({ ...wish, store, clock, script: () => kept.now }), kept);
    },
  };
}

test('R2: a small LAN whose switch dies behind our carrier is blindness, told once: nobody leaves, and all is as before', async () => {
  const first = await home({ config: unnamed }, own, gateway, nas, phone);
  first.answering(own);
  await first.clock.pass(5 * HOUR);
  assert.deepEqual(await first.news(), ['vantage.blind']);
  assert.deepEqual(first.keeper.status().troubles, [
    `cannot see ${LAN}: asking gateway 10.0.0.254 of ${LAN}: usually answering, and silent like everybody else there; mend the way there`,
  ]);
  assert.equal(first.keeper.targets()[0]?.blind, true);
  const again = first.prober.looks.filter(({ order }) => order.thorough);
  assert.deepEqual(
    again.map(({ addresses }) => addresses),
    ['10.0.0.254'],
    'the gateway was asked once more, and nobody was asked out',
  );
  await first.end();
  const house = await first.again();
  await house.clock.pass(5 * HOUR);
  assert.deepEqual(await house.news(), ['vantage.blind'], 'also across a restart');
  house.answering(own, gateway, nas, phone);
  await house.clock.pass(HOUR);
  assert.deepEqual(await house.news(), ['vantage.blind', 'vantage.restored']);
  assert.deepEqual(house.keeper.status().troubles, []);
  assert.ok(presence(house).every((line) => line.endsWith('present')));
  await house.end();
});

test('R2: who stays away when the switch is back leaves after a whole tolerance, not before', async () => {
  const house = await home({ config: unnamed }, own, gateway, nas, phone);
  house.answering(own);
  await house.clock.pass(5 * HOUR);
  house.answering(own, gateway, nas);
  await house.clock.pass(2 * MINUTE);
  assert.deepEqual(await house.news(), ['vantage.blind', 'vantage.restored']);
  await house.clock.pass(HOUR);
  assert.deepEqual((await house.news()).slice(2), [`device.left ${house.keeper.findDevice('10.0.0.3').id}`]);
  await house.end();
});

test('a router that starts again while others answer says nothing of our eyes', async () => {
  const house = await home({ config: watching({ ...declared(LAN, every(MINUTE)), window: 20 * MINUTE }) }, own, gateway, nas, phone);
  house.answering(own, nas, phone);
  await house.clock.pass(5 * MINUTE);
  house.answering(own, gateway, nas, phone);
  await house.clock.pass(HOUR);
  assert.deepEqual(await house.news(), []);
  await house.end();
});

test('a home of a router and a phone: the phone sleeps while the router starts again, and that is blindness, once, and no departure', async () => {
  const house = await home({ config: unnamed }, own, gateway, phone);
  house.answering(own, gateway);
  await house.clock.pass(MINUTE);
  house.answering(own);
  await house.clock.pass(5 * MINUTE);
  house.answering(own, gateway);
  await house.clock.pass(MINUTE);
  house.answering(own, gateway, phone);
  await house.clock.pass(HOUR);
  assert.deepEqual(await house.news(), ['vantage.blind', 'vantage.restored']);
  await house.end();
});

test('a router that is off for the night is believed to be off once somebody else answers, however seldom that is', async () => {
  const house = await home({ config: unnamed }, own, gateway, phone);
  house.answering(own);
  await house.clock.pass(10 * MINUTE);
  for (let n = 0; n < 12; n++) {
    house.answering(own, phone);
    await house.clock.pass(MINUTE);
    house.answering(own);
    await house.clock.pass(5 * MINUTE);
  }
  const router = house.keeper.findDevice('10.0.0.254').id;
  const kinds = (await house.news()).filter((line) => line.startsWith('vantage.') || line === `device.left ${router}`);
  assert.deepEqual(kinds, ['vantage.blind', 'vantage.restored', `device.left ${router}`]);
  await house.end();
});

test('a canary whose reply was lost is asked again, and one that answers then has proved our eyes', async () => {
  const lossy = ({ order }: { order: { thorough?: boolean } }, nth: number): { hosts: readonly Observation[] } =>
    nth % 9 === 0 && !order.thorough ? { hosts: [own, gateway] } : { hosts: order.thorough ? [nas] : [own, gateway, nas] };
  const house = await stand({ config: named, script: lossy });
  await house.clock.pass(3 * HOUR);
  assert.ok(house.prober.looks.filter(({ order }) => order.thorough).length >= 15);
  assert.ok((await told(house)).every((line) => line.startsWith('device.appeared')));
  await house.end();
});

test('whoever stops us while a canary is asked again hears nothing of blindness', async () => {
  let hosts: readonly Observation[] = [own, gateway, nas];
  const house = await stand({ config: named, script: ({ order }) => ({ hosts, takes: order.thorough ? 9000 : 2000 }) });
  await house.clock.pass(HOUR);
  hosts = [own, gateway];
  const asked = (): boolean => house.prober.looks.some(({ order }) => order.thorough);
  for (let n = 0; n < 90 && !asked(); n++) await house.clock.pass(1000);
  assert.ok(asked());
  const before = house.feed.length;
  await house.end();
  const [cancelled] = house.feed.slice(before).flatMap((item) => (item.kind === 'commit' ? [item] : []));
  assert.deepEqual([cancelled?.scan.outcome, cancelled?.changes], ['cancelled', []]);
});

test('R2: a named canary that is silent freezes the others, and whoever comes is still told', async () => {
  const house = await home({ config: named }, own, gateway, nas, phone);
  house.answering(own, gateway, seen('10.0.0.50', 50));
  await house.clock.pass(5 * HOUR);
  const comer = house.keeper.findDevice('10.0.0.50').id;
  assert.deepEqual((await house.news()).sort(), [`device.appeared ${comer}`, 'vantage.blind']);
  house.answering(own, gateway, nas, phone);
  await house.clock.pass(MINUTE);
  assert.equal((await house.news()).at(-1), 'vantage.restored');
  await house.end();
});

test('R2: a scan by hand of the whole while the canary is silent calls nobody away, and one of a device finds out about that', async () => {
  const house = await home({ config: watching({ ...declared(LAN, every(HOUR)), window: 0, canaries: ['10.0.0.2'] }) }, own, gateway, nas);
  await house.clock.pass(6 * HOUR);
  house.answering(own);
  const whole = await house.keeper.startScan({ targets: [LAN], plan: 'sweep' });
  await house.clock.pass(5000);
  const { scan, changes } = await whole.done;
  assert.deepEqual([scan.outcome, scan.cause?.code, changes], ['partial', 'canary-silent', []]);
  const one = await house.keeper.startScan({ targets: ['10.0.0.254'], plan: 'sweep' });
  await house.clock.pass(30_000);
  const result = await one.done;
  assert.equal(result.scan.outcome, 'complete');
  assert.deepEqual(
    result.changes.map(({ kind }) => kind),
    ['device.left'],
  );
  await house.end();
});

test('a canary that was taken away for good is given up after three days, told once, and leaves; so do others', async () => {
  const first = await home({ config: named }, own, gateway, nas, phone);
  const [canary, other] = [first.keeper.findDevice('10.0.0.2').id, first.keeper.findDevice('10.0.0.3').id];
  first.answering(own, gateway);
  await first.clock.pass(40 * HOUR);
  await first.end();
  const second = await first.again();
  await second.clock.pass(31 * HOUR);
  assert.deepEqual(await second.news(), ['vantage.blind']);
  await second.clock.pass(HOUR + 2 * MINUTE);
  assert.deepEqual(await second.news(), ['vantage.blind', 'vantage.restored']);
  const [restored] = await second.store.changes({ kinds: ['vantage.restored'], limit: 10 });
  assert.match(String(restored?.after?.['text']), /^giving up canary 10\.0\.0\.2 of 10\.0\.0\.0\/24: /);
  await second.end();
  const third = await second.again();
  await third.clock.pass(3 * HOUR);
  assert.deepEqual((await third.news()).slice(2).sort(), [`device.left ${canary}`, `device.left ${other}`].sort(), 'not blind again');
  third.answering(own, gateway, nas);
  await third.clock.pass(HOUR);
  third.answering(own, gateway);
  await third.clock.pass(MINUTE);
  assert.deepEqual((await third.news()).slice(4), [`device.returned ${canary}`, 'vantage.blind'], 'it is one again when it is back');
  await third.end();
});

test('a canary that is no longer named is none: the next look is believed', async () => {
  const house = await home({ config: named }, own, gateway, nas);
  house.answering(own, gateway);
  await house.clock.pass(HOUR);
  assert.deepEqual(await house.news(), ['vantage.blind']);
  await house.end();
  const again = await stand({ config: unnamed, store: house.store, clock: house.clock, script: () => ({ hosts: [own, gateway] }) });
  await again.clock.pass(MINUTE);
  assert.equal((await told(again)).at(-1), 'vantage.restored');
  await again.end();
});

for (const [which, config, missed, there] of [
  ['the gateway', unnamed, [own], seen('10.0.0.254', 777)],
  ['a named canary', named, [own, gateway], seen('10.0.0.2', 777)],
] as const)
  test(`R5: whoever answers in the place of ${which} once we were carried elsewhere is nobody of ours, and proves nothing`, async () => {
    const house = await home({ config }, own, gateway, nas, phone);
    house.prober.script = ({ order }) => ({ hosts: order.thorough ? [there] : missed });
    await house.clock.pass(2 * HOUR);
    assert.deepEqual((await house.news()).slice(0, 1), ['vantage.blind']);
    assert.deepEqual(
      (await house.news()).filter((line) => !line.startsWith('vantage')),
      [],
    );
    assert.equal(house.keeper.roll().devices.length, 4);
    house.prober.script = () => ({ hosts: [own, gateway, nas, phone] });
    await house.clock.pass(HOUR);
    assert.equal((await house.news()).at(-1), 'vantage.restored');
    await house.end();
  });
