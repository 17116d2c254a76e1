import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, device, HOUR, MINUTE, mac, name, seen } from '../../test/make/device.ts';
import { rollWith } from '../../test/make/story.ts';
import { type Change, type ChangeDraft, type Device, type Observation, untrusted } from '../core/index.ts';
import { findConflicts } from './conflicts.ts';
import { type ConflictsTold, conflictsTold, NOTHING_TOLD } from './conflicts-told.ts';

const withMac = (id: number, fields: Parameters<typeof device>[0] = {}): Device =>
  device({ id, at: [`10.0.0.${id}`], macs: [{ mac: mac(id), vendor: null }], ...fields });

class Watch {
  told: ConflictsTold = NOTHING_TOLD;
  readonly drafts: ChangeDraft[] = [];
  readonly #devices: readonly Device[];
  readonly #gateways: readonly string[];

  constructor(devices: readonly Device[], gateways: readonly string[] = []) {
    this.#devices = devices;
    this.#gateways = gateways;
  }

  at(minute: number, ...observations: readonly Observation[]): string[] {
    const look = {
      roll: rollWith(...this.#devices),
      observations,
      where: '10.0.0.0/8',
      gateways: this.#gateways,
      told: this.told,
      at: AT + minute * MINUTE,
    };
    const { drafts, told } = findConflicts(look);
    this.told = told;
    this.drafts.push(...drafts);
    return drafts.map(({ kind, after }) => `${kind} ${after?.['text']}`);
  }
}

test('R40: two that answer at one address in one look are a conflict, told once while it lasts', () => {
  const watch = new Watch([withMac(1), withMac(2)]);
  assert.deepEqual(watch.at(1, seen('10.0.0.1', 1), seen('10.0.0.1', 2)), [
    `address.conflict ${mac(1)} and ${mac(2)} claim 10.0.0.1: both answered in one look`,
  ]);
  for (let minute = 2; minute < 200; minute++) assert.deepEqual(watch.at(minute, seen('10.0.0.1', 2), seen('10.0.0.1', 1)), []);
  assert.equal(watch.at(270, seen('10.0.0.1', 1), seen('10.0.0.1', 2)).length, 1, 'an hour of peace later it is a new one');
});

test('R40: two devices that swap addresses, or all that get others from DHCP, are no conflict', () => {
  const watch = new Watch([withMac(1), withMac(2), withMac(3)]);
  assert.deepEqual(watch.at(1, seen('10.0.0.1', 2), seen('10.0.0.2', 1)), []);
  assert.deepEqual(watch.at(2, seen('10.0.0.2', 1), seen('10.0.0.3', 2), seen('10.0.0.1', 3)), []);
  assert.deepEqual(watch.at(3, seen('10.0.0.1', 9)), [], 'somebody else where somebody went');
});

test('an address taken from one that is still where else it was is a conflict, for five minutes', () => {
  const both = withMac(1, { at: ['10.0.0.1', '10.0.0.5'] });
  assert.match(new Watch([both]).at(2, seen('10.0.0.1', 1), seen('10.0.0.5', 9))[0] ?? '', /its holder still answers at 10\.0\.0\.1$/);
  assert.deepEqual(new Watch([both]).at(6, seen('10.0.0.1', 1), seen('10.0.0.5', 9)), []);
});

test('two that were one until a moment ago are no rivals where they were seen as one; what they take since is a conflict', () => {
  const split = (at: number): Change => ({
    kind: 'device.split',
    device: 9,
    before: null,
    after: { from: 1 },
    seq: 1,
    at: AT + at * MINUTE,
    scan: 1,
  });
  const pair = [withMac(1, { at: ['10.0.0.1', '10.0.0.5'] }), withMac(9)];
  for (const [at, count] of [[1, 0] as const, [-1, 1] as const]) {
    const watch = new Watch(pair);
    watch.told = conflictsTold([split(at)]);
    assert.equal(watch.at(2, seen('10.0.0.1', 1), seen('10.0.0.5', 9)).length, count, `split at minute ${at}, seen at 0`);
    assert.equal(watch.at(2, seen('10.0.0.9', 1), seen('10.0.0.9', 9)).length, 1, 'both in one look is one in any case');
  }
  assert.equal(conflictsTold(Array.from({ length: 3000 }, (_, i) => ({ ...split(0), device: i + 2 }))).splits.size, 1024);
});

test('two that answer at one address in turn are a conflict', () => {
  const [first, second] = [withMac(1), withMac(2, { at: ['10.0.0.1'], seenAt: AT + MINUTE })];
  assert.match(new Watch([first, second]).at(2, seen('10.0.0.1', 1))[0] ?? '', /they answer in turn$/);
});

test('virtual routers, one device with two cards, and a laptop at its dock are no conflict', () => {
  const client = [{ kind: 'dhcp.client' as const, value: untrusted('01aabbccddee') }];
  const virtual = { ...seen('10.0.0.1'), mac: '00:00:5e:00:01:07' };
  assert.deepEqual(new Watch([withMac(1)]).at(1, seen('10.0.0.1', 1), virtual), []);
  const cards = withMac(1, { macs: [1, 2].map((n) => ({ mac: mac(n), vendor: null })) });
  assert.deepEqual(new Watch([cards]).at(1, seen('10.0.0.1', 1), seen('10.0.0.1', 2)), []);
  const docked = [withMac(1, { clues: client }), withMac(2, { clues: client })];
  assert.deepEqual(new Watch(docked).at(1, seen('10.0.0.1', 1), seen('10.0.0.1', 2)), []);
  const named = { names: [name('annas-laptop', 'dhcp')] };
  const moved = [withMac(1, named), withMac(2, { ...named, at: ['10.0.0.1'], seenAt: AT + MINUTE })];
  assert.deepEqual(new Watch(moved).at(2, seen('10.0.0.1', 1)), []);
});

test('S7: another hardware address behind the gateway is told at once, as high, and back and forth is one story', () => {
  const watch = new Watch([withMac(1)], ['10.0.0.1']);
  assert.deepEqual(watch.at(1, seen('10.0.0.1', 1)), []);
  assert.match(
    watch.at(2, seen('10.0.0.1', 66))[0] ?? '',
    /^gateway\.changed gateway 10\.0\.0\.1 now answers from 02:00:5e:00:00:42, and did from 02:00:5e:00:00:01/,
  );
  assert.equal(watch.drafts[0]?.after?.['severity'], 'high');
  for (let minute = 3; minute < 100; minute++) assert.deepEqual(watch.at(minute, seen('10.0.0.1', minute % 2 ? 1 : 66)), []);
  for (let minute = 100; minute < 158; minute++) assert.deepEqual(watch.at(minute, seen('10.0.0.1', 1)), []);
  assert.match(watch.at(160, seen('10.0.0.1', 1))[0] ?? '', /now answers from 02:00:5e:00:00:01/, 'the former one alone again');
  assert.equal(watch.drafts.length, 2);
});

test('S7: two that answer for the gateway in one look are told as that, once', () => {
  const watch = new Watch([withMac(1)], ['10.0.0.1']);
  assert.deepEqual(
    watch.at(1, seen('10.0.0.1', 66), seen('10.0.0.1', 1)).map((text) => text.split(' ')[0]),
    ['gateway.changed'],
  );
  assert.deepEqual(watch.at(2, seen('10.0.0.1', 66), seen('10.0.0.1', 1)), []);
});

test('R41: one that answers for many is one change, and no conflict with each of them', () => {
  const watch = new Watch([withMac(1), withMac(2)]);
  const proxied = Array.from({ length: 40 }, (_, i) => seen(`10.0.0.${i + 1}`, 99));
  assert.deepEqual(watch.at(1, seen('10.0.0.2', 2), ...proxied), [
    `address.conflict ${mac(99)} answers for 40 of 40 addresses: a router that does so for others, or somebody who pretends to`,
  ]);
  assert.deepEqual(watch.at(2, ...proxied), []);
  const few = Array.from({ length: 15 }, (_, i) => seen(`10.0.0.${i + 1}`, 99));
  assert.deepEqual(new Watch([]).at(1, ...few), []);
});

test('many conflicts at once are told in one', () => {
  const twice = Array.from({ length: 60 }, (_, i) => [seen(`10.0.0.${i + 1}`, i + 1), seen(`10.0.0.${i + 1}`, 300 + i)]).flat();
  const watch = new Watch([]);
  assert.match(watch.at(1, ...twice)[0] ?? '', /^address\.conflict 60 addresses are claimed by two each, 60 of them since now/);
  assert.deepEqual([watch.drafts.length, watch.at(2, ...twice)], [1, []]);
});

test('after a restart what was told is not told again', () => {
  const watch = new Watch([withMac(1), withMac(2)], ['10.0.0.1']);
  const looks = [seen('10.0.0.1', 66), seen('10.0.0.2', 2), seen('10.0.0.2', 3)];
  watch.at(1, ...looks);
  const changes = watch.drafts.map((draft, i): Change => ({ ...draft, seq: i + 1, at: AT + MINUTE, scan: 1 }));
  assert.equal(changes.length, 2);
  watch.told = conflictsTold(changes.toReversed());
  assert.deepEqual(watch.at(2, ...looks), []);
});

const pairAt = (n: number) => {
  const address = `10.1.${n >> 8}.${n & 255}`;
  return [seen(address, 20_000 + n), seen(address, 40_000 + n)];
};
const pairs = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => pairAt(from + i)).flat();

test('more conflicts than can be remembered are one story, not told again while it lasts, nor after a restart', () => {
  const watch = new Watch([]);
  assert.equal(watch.at(1, ...pairs(0, 1024)).length, 1);
  assert.deepEqual(watch.at(2, ...pairs(0, 1024)), []);
  const [crowd, ...more] = watch.at(3, ...pairs(0, 2000));
  assert.match(crowd ?? '', /^address\.conflict more than 1024 addresses of 10\.0\.0\.0\/8 are claimed by two each: 10\.1\.4\.0 /);
  assert.deepEqual(more, []);
  for (let minute = 4; minute < 200; minute += 5)
    assert.deepEqual(watch.at(minute, ...pairs(minute, minute + 2000)), [], `minute ${minute}`);
  assert.ok(watch.told.seen.size <= 1024 && watch.told.crowds.size === 1);
  watch.told = conflictsTold(watch.drafts.map((draft, i): Change => ({ ...draft, seq: i + 1, at: AT + 3 * MINUTE, scan: 1 })));
  assert.deepEqual(watch.at(4, ...pairs(0, 2000)), []);
});

test('an hour after there were fewer, a conflict is told again by itself; too many at once begin with the story', () => {
  const watch = new Watch([]);
  assert.match(watch.at(1, ...pairs(0, 1500))[0] ?? '', /more than 1024/);
  assert.deepEqual(watch.at(30, ...pairs(3000, 3001)), [], 'while it lasts');
  assert.match(watch.at(100, ...pairs(4000, 4001))[0] ?? '', /claim 10\.1\.15\.160/);
  assert.match(watch.at(200, ...pairs(0, 1500))[0] ?? '', /more than 1024/, 'another one');
});

test('what is remembered stays bounded, whatever a network invents', () => {
  const watch = new Watch([], ['10.0.0.1']);
  for (let look = 0; look < 60; look++) {
    const base = look * 100;
    const pairs = Array.from({ length: 50 }, (_, i) => [
      seen(`10.${look}.0.${i + 1}`, base + i),
      seen(`10.${look}.0.${i + 1}`, base + 50 + i),
    ]).flat();
    watch.at(look, ...pairs, seen('10.0.0.1', 10_000 + look));
  }
  assert.ok(watch.told.seen.size <= 1024);
  assert.ok((watch.told.gateways.get('10.0.0.1')?.seen.size ?? 99) <= 16, `${HOUR} ms of claimants`);
});
