import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Device, untrusted } from '../../src/core/index.ts';
import { HOUR, MINUTE, mac, name, seen } from '../make/device.ts';
import { declared, every, LAN, presence, type Stand, stand, told, watching } from './stand.ts';

const NAMED = { names: [name('annas-phone', 'dhcp')], clues: [{ kind: 'dhcp.client' as const, value: untrusted('01aabbccddeeff') }] };

/** A phone that takes another made-up hardware address in the second hour, beside a printer. */
async function house(): Promise<Stand> {
  const printer = seen('10.0.0.20', 20);
  let phone = seen('10.0.0.5', 5, NAMED);
  const made = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ hosts: [printer, phone] }) });
  await made.clock.pass(HOUR);
  phone = seen('10.0.0.6', 6, NAMED);
  await made.clock.pass(HOUR);
  return made;
}

test('a phone with another hardware address and the same DHCP client is proposed as one, and not merged by itself', async () => {
  const home = await house();
  const [proposal, ...others] = home.keeper.proposals();
  assert.deepEqual([proposal?.keep, proposal?.absorb, others], [2, [3], []]);
  assert.ok((proposal?.reasons.length ?? 0) > 0);
  assert.deepEqual(presence(home), ['1 present', '2 away', '3 present']);
  assert.equal(home.keeper.proposals(), home.keeper.proposals(), 'the same roll is not judged twice');
  await home.end();
});

test('a merge makes one device of two, is told and kept, and either hardware address is it from then on', async () => {
  const home = await house();
  const device = await home.keeper.mergeDevices({ keep: 2, absorb: [3] });
  assert.deepEqual([device.id, device.macs.map((one) => one.mac), device.presence], [2, [mac(5), mac(6)], 'present']);
  assert.equal((await told(home)).at(-1), 'device.merged 3');
  assert.equal(home.keeper.findDevice(mac(6)).id, 2);
  assert.deepEqual(home.keeper.proposals(), []);
  const before = (await told(home)).length;
  await home.clock.pass(10 * MINUTE);
  assert.equal((await told(home)).length, before, 'nobody is new or gone by it');
  assert.ok((await home.store.spansOf(3)).length > 0, 'its history is kept');
  await home.end();
});

test('changes of a device are also those of its parts, as long as they are its parts', async () => {
  const home = await house();
  const of = async (reference: string): Promise<string[]> => {
    const changes = await home.keeper.changes({ device: home.keeper.findDevice(reference).id, limit: 100 });
    return changes.filter(({ kind }) => kind !== 'device.described').map(({ kind, device }) => `${kind} ${device}`);
  };
  const [one, other] = [await of('2'), await of('3')];
  await home.keeper.mergeDevices({ keep: 1, absorb: [2] });
  await home.keeper.mergeDevices({ keep: 3, absorb: [1] });
  const all = ['device.appeared 1', ...one, ...other, 'device.merged 2', 'device.merged 1'];
  assert.deepEqual((await of('3')).toSorted(), all.toSorted());
  assert.deepEqual(await of('2'), await of('3'), 'by the number of a part it is the same');
  assert.deepEqual(
    await home.keeper.changes({ device: [2, 3], kinds: ['device.merged'], limit: 1 }),
    await home.keeper.changes({ device: 2, kinds: ['device.merged'], limit: 1 }),
  );
  await home.keeper.undoMerge({ device: '1', part: null });
  assert.deepEqual((await of('3')).toSorted(), other.toSorted());
  await home.end();
});

test('what a merge takes over is kept as it is believed, also over a restart', async () => {
  const home = await house();
  await home.keeper.mergeDevices({ keep: 3, absorb: [1] });
  const { roll } = home.keeper;
  const loaded = (await home.store.load('home')).devices.filter(({ mergedInto }) => mergedInto === null);
  const places = (devices: readonly Device[]) => devices.map(({ id, addresses, lastSeen }) => [id, addresses, lastSeen]);
  assert.deepEqual(places(loaded), places(roll().devices));
  assert.equal(roll().devices.find(({ id }) => id === 3)?.addresses.length, 2);
  await home.end();
});

test('a merged device is as old as its oldest part wherever it is shown, also over a restart and at a past moment', async () => {
  const home = await house();
  const ageOf = async (): Promise<number[]> => {
    const next = await stand({ config: { self: { watch: false } }, store: home.store, clock: home.clock, idle: true });
    const then = (await home.keeper.rollAt(home.clock.now())).devices;
    const found = [home.keeper.findDevice('3'), next.keeper.findDevice('3'), then.find(({ id }) => id === 3), last(home, 3)];
    await next.watcher.stop();
    return found.map((one) => one?.firstSeen ?? 0);
  };
  const [first, own] = [home.keeper.findDevice('1').firstSeen, home.keeper.findDevice('3').firstSeen];
  assert.ok(first < own);
  assert.equal((await home.keeper.mergeDevices({ keep: 3, absorb: [1] })).firstSeen, first);
  await home.clock.pass(MINUTE);
  assert.deepEqual(await ageOf(), [first, first, first, first]);
  await home.keeper.undoMerge({ device: '1', part: null });
  assert.deepEqual(await ageOf(), [own, own, own, own]);
  await home.end();
});

/** As the live stream told of it last. */
const last = ({ feed }: Stand, id: number): Device | undefined =>
  feed.flatMap((item) => (item.kind === 'commit' ? item.devices : [])).findLast((device) => device.id === id);

test('a merge is taken back by the name of the whole, by the part, or by the id of the part', async () => {
  for (const request of [
    { device: '2', part: null },
    { device: mac(5), part: mac(6) },
    { device: '3', part: null },
    { device: 'old phone', part: null },
  ]) {
    const home = await house();
    await home.keeper.editDevices([2], { alias: 'phone' });
    await home.keeper.editDevices([3], { alias: 'old phone' });
    await home.keeper.mergeDevices({ keep: 2, absorb: [3] });
    const devices = await home.keeper.undoMerge(request);
    const macs = devices.map(({ id, macs: held }) => `${id} ${held.map((one) => one.mac).join()}`).sort();
    assert.deepEqual(macs, [`2 ${mac(5)}`, `3 ${mac(6)}`]);
    assert.equal((await told(home)).at(-1), 'device.split 3');
    assert.deepEqual(home.keeper.proposals(), [], 'who was told apart is not proposed again');
    await home.clock.pass(2 * MINUTE);
    assert.equal(home.keeper.findDevice(mac(6)).presence, 'present');
    await home.end();
  }
});

test('of several merges one has to be named, and where there is none there is nothing to take back', async () => {
  const home = await house();
  await assert.rejects(home.keeper.undoMerge({ device: '1', part: null }), /nothing was merged into it/);
  await home.keeper.mergeDevices({ keep: 1, absorb: [2, 3] });
  await assert.rejects(home.keeper.undoMerge({ device: '1', part: null }), /2 were merged into it/);
  await assert.rejects(home.keeper.undoMerge({ device: '1', part: 'toaster' }), /none is called that/);
  await home.keeper.undoMerge({ device: '1', part: mac(5) });
  assert.deepEqual(
    home.keeper.roll().devices.map(({ id }) => id),
    [1, 2],
  );
  await home.end();
});

test('devices that a person told apart are not proposed again; also not by a keeper that starts anew', async () => {
  const home = await house();
  await home.keeper.declareDistinct([2, 3]);
  assert.deepEqual(home.keeper.proposals(), []);
  const next = await stand({ config: { self: { watch: false } }, store: home.store, clock: home.clock, idle: true });
  assert.deepEqual(next.keeper.proposals(), []);
  await next.watcher.stop();
  await home.end();
});

test('hardware addresses are split off as a device of their own', async () => {
  const both = seen('10.0.0.5', 5);
  const home = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ hosts: [both, seen('10.0.0.6', 6)] }) });
  await home.clock.pass(MINUTE);
  await home.keeper.mergeDevices({ keep: 1, absorb: [2] });
  await assert.rejects(home.keeper.splitDevice(1, [mac(9)]), /not one of its hardware addresses/);
  const devices = await home.keeper.splitDevice(1, [mac(6)]);
  assert.deepEqual(devices.map(({ id }) => id).sort(), [1, 2], 'what came with a merge goes back to who it was');
  await home.end();
});

test('a device that is forgotten is gone with its merged parts, and a stranger when it is seen again', async () => {
  const home = await house();
  await home.keeper.mergeDevices({ keep: 2, absorb: [3] });
  await home.keeper.forgetDevices([2]);
  assert.deepEqual(presence(home), ['1 present']);
  assert.deepEqual((await told(home)).slice(-2), ['device.forgotten 2', 'device.forgotten 3']);
  await home.clock.pass(2 * MINUTE);
  assert.equal((await told(home)).at(-1), 'device.appeared 4');
  await assert.rejects(home.keeper.forgetDevices([2]), /no such device/);
  await home.end();
});

test('a merge that is refused changes nothing', async () => {
  const home = await house();
  const before = await told(home);
  await assert.rejects(home.keeper.mergeDevices({ keep: 1, absorb: [1] }), /into itself/);
  await assert.rejects(home.keeper.mergeDevices({ keep: 1, absorb: [99] }), /no such device/);
  assert.deepEqual(await told(home), before);
  await home.end();
});

/** What is told of a device, without moments. */
const shown = ({ id, macs, addresses, names: known, labels, presence: is }: Device) => {
  const names = known.map(({ heardAt: _, ...rest }) => rest);
  const at = addresses.map(({ address }) => address);
  return { id, macs, at, names, labels: { ...labels, distinct: [] }, is };
};

const ORDERS: readonly (readonly [merges: readonly (readonly [keep: number, ...absorb: number[]])[], undos: readonly number[]])[] = [
  [[[1, 2, 3]], [2, 3]],
  [
    [
      [1, 2],
      [1, 3],
    ],
    [2, 3],
  ],
  [
    [
      [1, 2],
      [1, 3],
    ],
    [3, 2],
  ],
  [
    [
      [2, 3],
      [1, 2],
    ],
    [3, 2],
  ],
  [
    [
      [2, 3],
      [1, 2],
    ],
    [2, 3],
  ],
  [
    [
      [3, 4],
      [2, 3],
      [1, 2],
    ],
    [3, 2, 4],
  ],
  [
    [
      [2, 3],
      [1, 2],
      [1, 4],
    ],
    [3, 4, 2],
  ],
];

test('whatever was merged and in whatever order it is taken back, each is as it was, also over restarts', async () => {
  for (const [merges, undos] of ORDERS) {
    const script = () => ({ hosts: [1, 2, 3, 4].map((n) => seen(`10.0.0.${n}`, n, { names: [name(`host-${n}`, 'dhcp')] })) });
    const config = watching(declared(LAN, every(MINUTE)));
    let home = await stand({ config, script });
    await home.clock.pass(HOUR);
    for (const n of [2, 3, 4])
      await home.keeper.editDevices([n], {
        alias: `alias ${n}`,
        owner: `owner ${n}`,
        tags: { add: [`t${n}`] },
        probed: n !== 3,
        note: `${n}`,
      });
    const before = home.keeper.roll().devices.map(shown);
    const later = async (): Promise<void> => {
      await home.clock.pass(3 * MINUTE);
      await home.end();
      home = await stand({ config, script, store: home.store, clock: home.clock });
    };
    await later();
    for (const [keep, ...absorb] of merges) {
      await home.keeper.mergeDevices({ keep, absorb });
      await later();
    }
    for (const device of undos) {
      await home.keeper.undoMerge({ device: `${device}`, part: null });
      await later();
    }
    const after = home.keeper.roll().devices.map(shown);
    assert.deepEqual(
      after.toSorted((a, b) => a.id - b.id),
      before,
      JSON.stringify([merges, undos]),
    );
    await home.end();
  }
});

test('who had left before it was merged has not left again when that is taken back', async () => {
  let hosts = [seen('10.0.0.1', 1), seen('10.0.0.2', 2)];
  const home = await stand({ config: watching(declared(LAN, every(MINUTE))), script: () => ({ hosts }) });
  await home.clock.pass(HOUR);
  hosts = hosts.slice(0, 1);
  await home.clock.pass(3 * HOUR);
  await home.keeper.mergeDevices({ keep: 1, absorb: [2] });
  await home.clock.pass(MINUTE);
  await home.keeper.undoMerge({ device: '2', part: null });
  assert.deepEqual(presence(home), ['1 present', '2 away']);
  await home.clock.pass(HOUR);
  assert.deepEqual(presence(home), ['1 present', '2 away']);
  const kinds = await told(home);
  assert.deepEqual(
    kinds.filter((kind) => kind.startsWith('device.left')),
    ['device.left 2'],
  );
  await home.end();
});
