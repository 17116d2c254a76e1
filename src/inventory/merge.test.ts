import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, device, guess, HOUR, MINUTE, mac, name, port, seen, service } from '../../test/make/device.ts';
import { rollWith, Story } from '../../test/make/story.ts';
import { type Device, type DeviceId, Fault, parsePorts, untrusted } from '../core/index.ts';
import { type Amendment, amend } from './amend.ts';
import { mergeDevices } from './merge.ts';
import { declareDistinct, forgetDevices } from './merge-forget.ts';
import { splitDevice } from './merge-split.ts';
import type { Roll } from './roll.ts';

const macsOf = (one: Device | undefined): string[] => (one?.macs ?? []).map((entry) => entry.mac);
const withMac = (id: number, fields: Parameters<typeof device>[0] = {}): Device =>
  device({ id, at: [`10.0.0.${id}`], macs: [{ mac: mac(id), vendor: null }], ...fields });

const after = (roll: Roll, amendment: Amendment): Roll => amend(roll, amendment).roll;
const merged = (roll: Roll, keep: DeviceId, ...absorb: readonly DeviceId[]): Roll => after(roll, mergeDevices(roll, { keep, absorb }));
const faultOf = (work: () => unknown): string => {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof Fault) return `${thrown.code}: ${thrown.message}`;
    throw thrown;
  }
  return 'no fault';
};

test('R39: a merged device is known by all its hardware addresses, and each absorbed one is kept as it was', () => {
  const roll = rollWith(withMac(1), withMac(2, { presence: 'away', lastSeen: AT - HOUR }), withMac(3));
  const one = merged(roll, 1, 2, 3);
  assert.deepEqual(macsOf(one.devices.get(1)), [mac(1), mac(2), mac(3)]);
  assert.deepEqual([...one.devices.keys()], [1]);
  assert.deepEqual(one.merged.get(2), { ...roll.devices.get(2), mergedInto: 1 });
  const story = new Story();
  story.roll = one;
  assert.deepEqual(story.at(1, [seen('10.0.0.1', 1), seen('10.0.0.3', 2)]), [], 'seen by what was another device, it is no newcomer');
});

test('it is where its present parts are, and present if one of them is', () => {
  const roll = rollWith(withMac(1, { presence: 'away', lastSeen: AT - HOUR }), withMac(2));
  const one = merged(roll, 1, 2).devices.get(1);
  assert.deepEqual([one?.presence, one?.lastSeen, one?.addresses], ['present', AT, [{ address: '10.0.0.2', seenAt: AT }]]);
});

test('of a port, whoever was seen last among those who were asked says what it is', () => {
  const old = withMac(1, {
    lastSeen: AT - HOUR,
    ports: [port(22), port(80, 'open', service('nginx')), port(9)],
    asked: { tcp: [[9, 100]] },
  });
  const late = withMac(2, {
    ports: [port(80, 'open', guess('http'))],
    asked: { tcp: parsePorts('22,80-90') ?? [] },
  });
  const one = merged(rollWith(old, late), 1, 2).devices.get(1);
  assert.deepEqual(one?.ports, [port(9), port(80, 'open', guess('http'))], '22 was open, and is closed since');
  assert.deepEqual(one?.asked, { tcp: [[9, 100]] });
});

test('what people said is never lost: what the kept one has stays, what it lacks it gets', () => {
  const kept = withMac(1, { alias: 'mine', groups: ['a'], distinct: [2, 9] });
  const other = withMac(2, {
    alias: 'yours',
    owner: 'anna',
    groups: ['b'],
    tags: ['t'],
    note: 'n',
    importance: 'high',
    probed: false,
    distinct: [1],
  });
  const labels = merged(rollWith(kept, other), 1, 2).devices.get(1)?.labels;
  const { alias, owner, groups, tags, note, importance, probed, distinct } = labels ?? withMac(1).labels;
  assert.deepEqual([alias, owner, groups, tags, note], ['mine', 'anna', ['a', 'b'], ['t'], 'n']);
  assert.deepEqual(
    [importance, probed, distinct],
    ['high', false, [9]],
    'who may not be asked stays unasked; who is merged is no stranger',
  );
});

test('a merge tells of each absorbed device, in a sentence', () => {
  const { changes } = mergeDevices(rollWith(withMac(3, { alias: 'anna' }), withMac(7, { names: [name('phone')] })), {
    keep: 3,
    absorb: [7],
  });
  assert.deepEqual(
    changes.map(({ kind, device: id, before, after: side }) => [kind, id, before?.['name'], side?.['into'], side?.['text']]),
    [['device.merged', 7, 'phone', 3, 'merged #7 phone into #3 anna']],
  );
});

test('nonsense is refused with its reason, and says what to do', () => {
  const roll = merged(rollWith(withMac(1), withMac(2), withMac(3)), 1, 2);
  assert.equal(
    faultOf(() => mergeDevices(roll, { keep: 1, absorb: [9] })),
    'not-found: merging 9: there is no such device',
  );
  assert.equal(
    faultOf(() => mergeDevices(roll, { keep: 1, absorb: [1] })),
    'bad-input: merging 1: into itself',
  );
  assert.equal(
    faultOf(() => mergeDevices(roll, { keep: 1, absorb: [] })),
    'bad-input: merging into 1: no device is named',
  );
  assert.equal(
    faultOf(() => mergeDevices(roll, { keep: 2, absorb: [3] })),
    'refused: merging into 2: it is part of #1 by now',
  );
  assert.equal(
    faultOf(() => splitDevice(roll, { undo: 3 })),
    'bad-input: taking back the merge of 3: it was not merged',
  );
  assert.equal(
    faultOf(() => splitDevice(roll, { undo: 9 })),
    'not-found: taking back the merge of 9: there is no such device',
  );
  assert.match(
    faultOf(() => splitDevice(roll, { device: 3, macs: [mac(3)] })),
    /^refused: splitting 3: these are all/,
  );
  assert.match(
    faultOf(() => splitDevice(roll, { device: 3, macs: ['x'.repeat(99)] })),
    /^bad-input: splitting 3: "x{40}" is not one/,
  );
  assert.match(
    faultOf(() => splitDevice(roll, { device: 1, macs: [] })),
    /^bad-input/,
  );
  assert.match(
    faultOf(() => splitDevice(roll, { device: 1, macs: [mac(1), mac(2)] })),
    /^refused: .* came with #2/,
  );
  assert.match(
    faultOf(() => forgetDevices(roll, [])),
    /^bad-input/,
  );
  assert.match(
    faultOf(() => forgetDevices(roll, [2])),
    /^refused: forgetting 2: it is part of #1/,
  );
  assert.match(
    faultOf(() => declareDistinct(roll, [1, 1])),
    /^bad-input: telling apart 1: from nobody/,
  );
});

test('hardware addresses that were never another device become a new one, declared distinct', () => {
  const both = device({ id: 4, macs: [1, 2].map((n) => ({ mac: mac(n), vendor: untrusted('Acme') })), names: [name('nas')] });
  const amendment = splitDevice(rollWith(both), { device: 4, macs: [mac(2).toUpperCase()] });
  const { roll, created, spans } = amend(rollWith(both), amendment);
  assert.deepEqual([roll.lastDevice, created], [5, [{ device: 5, firstSeen: AT }]]);
  const [old, fresh] = [roll.devices.get(4), roll.devices.get(5)];
  assert.deepEqual([macsOf(old), macsOf(fresh), old?.labels.distinct, fresh?.labels.distinct], [[mac(1)], [mac(2)], [5], [4]]);
  assert.deepEqual([fresh?.presence, fresh?.names, spans.length], ['unknown', [], 2]);
  assert.equal(amendment.changes[0]?.after?.['text'], `split ${mac(2)} off #4 nas as #5`);
});

test('splitting off just what came with a merge takes that merge back', () => {
  const roll = merged(rollWith(withMac(1), withMac(2)), 1, 2);
  assert.deepEqual(splitDevice(roll, { device: 1, macs: [mac(2)] }), splitDevice(roll, { undo: 2 }));
});

test('a forgotten device takes along what was merged into it, and nobody else', () => {
  const start = rollWith(withMac(1), withMac(2), withMac(3), withMac(4));
  const roll = merged(merged(start, 2, 3), 1, 2);
  const amendment = forgetDevices(roll, [1, 1]);
  const { roll: left } = amend(roll, amendment);
  assert.deepEqual([[...left.devices.keys()], left.merged.size, left.lastDevice], [[4], 0, 4]);
  assert.deepEqual(
    amendment.changes.map(({ device: id, after: side }) => `${id} ${side?.['text']}`),
    ['1 forgot #1', '2 forgot #2, part of #1', '3 forgot #3, part of #1'],
  );
});

test('declared distinct, each of them says so of all others', () => {
  const roll = after(
    rollWith(withMac(1), withMac(2), withMac(3)),
    declareDistinct(rollWith(withMac(1), withMac(2), withMac(3)), [1, 2, 3]),
  );
  assert.deepEqual(
    [...roll.devices.values()].map(({ labels }) => labels.distinct),
    [
      [2, 3],
      [1, 3],
      [1, 2],
    ],
  );
  assert.deepEqual(declareDistinct(roll, [1, 2]).changes, [], 'said twice is said once');
});

test('a merge in a minute does not age: the whole is overdue no sooner than its last part', () => {
  const roll = rollWith(withMac(1, { presence: 'away', lastSeen: AT - 3 * HOUR }), withMac(2));
  const story = new Story();
  story.roll = merged(roll, 1, 2);
  assert.deepEqual(story.at(44, []), []);
  assert.deepEqual(story.at(45, []), ['device.left 1'], `${45 * MINUTE} ms after the last sighting`);
});

test('what is its own cannot all be split off a device, or taking its merges back would leave one of nothing', () => {
  const whole = merged(rollWith(withMac(1), withMac(2), withMac(3)), 1, 2, 3);
  assert.match(
    faultOf(() => splitDevice(whole, { device: 1, macs: [mac(1)] })),
    /^refused: splitting 1: these are all of its own hardware addresses, the others came with #2.*, #3/,
  );
  const two = withMac(4, { macs: [4, 5].map((n) => ({ mac: mac(n), vendor: null })) });
  const left = after(
    merged(rollWith(two, withMac(6)), 4, 6),
    splitDevice(merged(rollWith(two, withMac(6)), 4, 6), { device: 4, macs: [mac(5)] }),
  );
  const apart = after(left, splitDevice(left, { undo: 6 }));
  assert.deepEqual([macsOf(apart.devices.get(4)), macsOf(apart.devices.get(6))], [[mac(4)], [mac(6)]]);
});
