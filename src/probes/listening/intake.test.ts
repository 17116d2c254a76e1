import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mac, name } from '../../../test/make/device.ts';
import { link } from '../../../test/probes/fake-machine.ts';
import type { Sighting } from '../../core/index.ts';
import { networksOf } from '../machine/networks.ts';
import { createIntake, type Reading, type Seen } from './intake.ts';
import { territoryOf } from './territory.ts';
import { createBucket } from './token-bucket.ts';
import { createTurnstile, TURNSTILE_LIMITS } from './turnstile.ts';

const HOME = territoryOf(networksOf([link('lan0', ['10.77.0.254/24', 'fd77::1/64']), link('eth1', ['10.99.0.1/24'])]), 'lan0');

const arp = (n: number, address: string | null = `10.77.0.${n}`, fields: Partial<Seen> = {}): Seen => ({
  way: 'arp',
  mac: mac(n),
  address,
  names: [],
  clues: [],
  line: 'arp',
  ...fields,
});

const nobody = (): boolean => false;
/** Knows senders by the numbers that stand for them. */
const upTo = (last: number) => (card: string) => Number.parseInt(card.replaceAll(':', ''), 16) <= last;

function open(knows: (card: string) => boolean = nobody) {
  const counts = { heard: 0, told: 0, passed: 0, malformed: 0, dropped: 0 };
  const told: Sighting[] = [];
  const hear = (sighting: Sighting): void => void told.push(sighting);
  const take = createIntake({ iface: 'lan0', counts, hear, knows, territory: () => HOME, start: 0 });
  const arrive = (sender: number | null, reading: Reading, now = 0): void => take({ sender, at: 1000 + now, now, read: () => reading });
  return { counts, told, arrive };
}

test('a sighting is told with where and when', () => {
  const { told, counts, arrive } = open();
  arrive(7, arp(7), 5);
  assert.deepEqual(told, [{ at: 1005, iface: 'lan0', ...arp(7) }]);
  assert.deepEqual(counts, { heard: 1, told: 1, passed: 0, malformed: 0, dropped: 0 });
});

test('the same within a second is told once; something new in it is told', () => {
  const { told, counts, arrive } = open();
  for (const now of [0, 10, 999]) arrive(7, arp(7), now);
  assert.equal(told.length, 1);
  arrive(7, arp(7, '10.77.0.8'), 999);
  arrive(7, arp(7, '10.77.0.7', { names: [name('phone', 'mdns')] }), 999);
  arrive(7, arp(7), 1000);
  arrive(7, arp(7), 1999);
  arrive(7, arp(7), 2000);
  assert.equal(told.length, 5);
  assert.deepEqual([counts.heard, counts.told + counts.passed], [8, 8]);
});

test('addresses from elsewhere are not told: not of another interface’s network, nor the network’s own, nor groups', () => {
  const { told, arrive } = open();
  const elsewhere = ['10.99.0.7', '192.0.2.1', '10.77.0.0', '10.77.0.255', '224.0.0.251', '2001:db8::1', 'ff02::1', '::1', '127.0.0.1'];
  for (const [i, address] of elsewhere.entries()) arrive(i + 1, arp(i + 1, address));
  assert.deepEqual(
    told.map(({ address }) => address),
    elsewhere.map(() => null),
  );
});

test('link-local and own IPv6 addresses are at home', () => {
  const { told, arrive } = open();
  for (const [i, address] of ['fe80::7', 'fd77::7', 'febf::1'].entries()) arrive(i + 1, arp(i + 1, address));
  assert.deepEqual(
    told.map(({ address }) => address),
    ['fe80::7', 'fd77::7', 'febf::1'],
  );
});

test('mDNS from elsewhere came through a router, whose card it does not describe', () => {
  const { told, counts, arrive } = open();
  arrive(7, arp(7, '10.99.0.7', { way: 'mdns' }));
  assert.deepEqual([told, counts.passed], [[], 1]);
});

test('frames without a sender, malformed ones and ones of no interest are counted apart', () => {
  const { counts, arrive } = open();
  arrive(null, arp(7));
  arrive(7, 'malformed');
  arrive(7, 'passed');
  assert.deepEqual(counts, { heard: 3, told: 0, passed: 1, malformed: 2, dropped: 0 });
});

test('S9: a flood of made-up senders leaves known devices their budget', () => {
  const { told, arrive } = open(upTo(200));
  for (let n = 1; n <= 200; n++) arrive(n, arp(n % 250), 0);
  const before = told.length;
  let heard = 0;
  for (let n = 0; n < 1_000_000; n++) {
    const now = n / 90;
    arrive(1_000_000 + n, 'passed', now);
    if (n % 100_000 === 99_999) {
      const counted = told.length;
      for (let known = 1; known <= 200; known++) arrive(known, arp(known % 250), now);
      heard += told.length - counted;
    }
  }
  assert.equal(before, 200);
  assert.equal(heard, 10 * 200);
});

test('S9: one sender that floods is read a few times a second, and others not less for it', () => {
  const { counts, told, arrive } = open();
  for (let n = 0; n < 100_000; n++) arrive(9, arp(9, `10.77.0.${n % 250}`), n / 100);
  assert.ok(told.length <= 32 + 8, `${told.length} told`);
  assert.equal(counts.passed, 100_000 - told.length);
  arrive(10, arp(10), 1000);
  assert.equal(told.at(-1)?.mac, mac(10));
});

test('S9: a flood under way when it begins to listen takes nothing from those who are known', () => {
  const turnstile = createTurnstile(upTo(200), 0);
  let [asked, taken] = [0, 0];
  for (let n = 0; n < 1_000_000; n++) {
    turnstile.admits(1e6 + n, n / 100);
    if (n % 1000 !== 0) continue;
    asked++;
    if (turnstile.admits(1 + (asked % 200), n / 100)) taken++;
  }
  assert.equal(taken, asked);
});

test('S7: made-up senders earn no place, heard once or twice: whoever comes after them is heard, and so is whom we know by then', () => {
  const onRoll = new Set<string>();
  const turnstile = createTurnstile((card) => onRoll.has(card), 0);
  let now = 0;
  for (let n = 0; n < 20_000; n++, now += 10) {
    turnstile.admits(1e6 + n, now);
    if (n > 2000) turnstile.admits(1e6 + n - 2000, now);
  }
  const { most } = TURNSTILE_LIMITS;
  assert.ok(turnstile.remembered <= most.strangers, `${turnstile.remembered} remembered`);
  assert.ok(turnstile.admits(0x02005e000007, now + 5000), 'a newcomer after them');
  onRoll.add('02:00:5e:00:00:07');
  for (let n = 0; n < 100_000; n++) turnstile.admits(1e9 + n, now + 5000);
  assert.ok(turnstile.admits(0x02005e000007, now + 5000), 'in a flood, as it is known now');
});

test('S7: what is remembered of senders is bounded, and keeps those who speak', () => {
  const turnstile = createTurnstile(upTo(40_000), 0);
  for (let n = 1; n <= 40_000; n++) turnstile.admits(n, n * 10);
  assert.equal(turnstile.remembered, TURNSTILE_LIMITS.most.known);
  const full = createTurnstile(upTo(1), 0, { ...TURNSTILE_LIMITS, sender: { rate: 0, burst: 2 } });
  assert.deepEqual([full.admits(1, 0), full.admits(1, 1), full.admits(1, 2)], [true, true, false]);
});

test('a bucket never gives more than its burst and its rate, whatever the clock does', () => {
  const steps = fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 300 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 100 }), steps, (rate, burst, moves) => {
      const bucket = createBucket({ rate, burst }, 0);
      let now = 0;
      let latest = 0;
      let taken = 0;
      for (const move of moves) {
        now += move;
        latest = Math.max(latest, now);
        if (bucket.take(now)) taken++;
      }
      assert.ok(taken <= burst + (latest * rate) / 1000 + 1e-6);
    }),
  );
});
