import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { device } from '../../test/make/device.ts';
import type { LabelEdit } from '../core/index.ts';
import { LABEL_CAP, readLabelName } from './label-names.ts';
import { relabel } from './relabel.ts';

const roll = (...devices: ReturnType<typeof device>[]) => ({ devices: new Map(devices.map((one) => [one.id, one])) });
const one = (edit: LabelEdit) => relabel(roll(device({ id: 1 })), [1], edit)[0]?.after.labels;

test('texts are kept trimmed, with one spelling of each accent', () => {
  const labels = one({
    alias: '  Ku\u0308che ',
    owner: ' Zoe\u0308 ',
    note: ' a\nb ',
    groups: { add: ['Kinder ', 'Kinder'] },
    tags: { add: ['ok'] },
  });
  assert.deepEqual([labels?.alias, labels?.owner, labels?.note], ['K\u00fcche', 'Zo\u00eb', 'a\nb']);
  assert.deepEqual([labels?.groups, labels?.tags], [['Kinder'], ['ok']]);
});

test('an emoji is a name like others, and no two look the same by what cannot be seen', () => {
  assert.equal(one({ owner: '\u2764\ufe0f' })?.owner, '\u2764');
  assert.equal(one({ owner: '\u{1f468}\u200d\u{1f467}' })?.owner, '\u{1f468}\u{1f467}');
  assert.equal(one({ owner: '\u{1f600}'.repeat(64) })?.owner, '\u{1f600}'.repeat(64));
});

test('__proto__ and constructor are names like others', () => {
  const labels = one({ owner: '__proto__', groups: { add: ['constructor', '__proto__'] }, tags: { add: ['__proto__'] } });
  assert.deepEqual([labels?.owner, labels?.groups, labels?.tags], ['__proto__', ['__proto__', 'constructor'], ['__proto__']]);
});

test('S6: names that hide, steer or break the filter language are refused with what is wrong', () => {
  const refused: [LabelEdit, RegExp][] = [
    [{ owner: 'anna\u202egnp' }, /setting owner "anna.gnp": it holds characters that cannot be seen/],
    [{ owner: '\u200b' }, /cannot be seen/],
    [{ owner: '\u001b[2J' }, /cannot be seen/],
    [{ owner: 'x'.repeat(300) }, /it has 300 characters/],
    [{ owner: '   ' }, /nothing of it can be seen/],
    [{ owner: 'a:b' }, /filters have a meaning/],
    [{ owner: 'a,b' }, /filters have a meaning/],
    [{ owner: 'a"b' }, /filters have a meaning/],
    [{ owner: '*' }, /filters have a meaning/],
    [{ groups: { add: ['-iot'] } }, /setting group "-iot": it begins with a dash/],
    [{ tags: { add: ['x'.repeat(65)] } }, /setting tag .* 65 characters/],
    [{ alias: 'x'.repeat(256) }, /setting name .* 256 characters/],
    [{ alias: 'a\nb' }, /setting name/],
    [{ note: 'x'.repeat(4001) }, /4001 characters/],
    [{ note: 'a\u202eb' }, /setting note/],
  ];
  for (const [edit, message] of refused) assert.throws(() => one(edit), { code: 'bad-input', message });
});

test('a name that was taken is taken as it is, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 70 }), (text) => {
      const name = readLabelName('group', text);
      if (!name.ok) return;
      assert.ok(Array.from(name.value).length <= LABEL_CAP.name && name.value !== '');
      assert.deepEqual(readLabelName('group', name.value), name);
    }),
  );
});

test('anna is Anna where somebody is called so already, and two who are there both stay', () => {
  const devices = roll(device({ id: 1, owner: 'Anna', groups: ['IoT'] }), device({ id: 2 }));
  const [{ after }] = relabel(devices, [2], { owner: 'anna', groups: { add: ['iot'] } }) as [ReturnType<typeof relabel>[number]];
  assert.deepEqual([after.labels.owner, after.labels.groups], ['Anna', ['IoT']]);
  const both = roll(device({ id: 1, owner: 'Anna' }), device({ id: 2, owner: 'anna' }), device({ id: 3 }));
  assert.equal(relabel(both, [3], { owner: 'anna' })[0]?.after.labels.owner, 'anna');
  assert.equal(relabel(both, [3], { owner: 'Anna' })[0]?.after.labels.owner, 'Anna');
});

test('who is renamed to another case is', () => {
  const devices = roll(device({ id: 1, owner: 'Anna' }), device({ id: 2, owner: 'Anna' }));
  const renamed = relabel(devices, [1, 2], { owner: 'anna' }).map(({ after }) => after.labels.owner);
  assert.deepEqual(renamed, ['anna', 'anna']);
});

test('no device gets two names of a set that differ only in case, unless the edit drops the one for the other', () => {
  const tagged = roll(device({ id: 5, tags: ['OK'] }), device({ id: 6 }));
  const tags = (ids: number[], edit: LabelEdit['tags']) => relabel(tagged, ids, { tags: edit ?? {} }).map(({ after }) => after.labels.tags);
  assert.deepEqual(tags([5], { add: ['ok '] }), [['OK']]);
  assert.deepEqual(tags([5, 6], { add: ['ok'] }), [['OK'], ['OK']]);
  assert.deepEqual(tags([5], { add: ['ok'], drop: ['OK'] }), [['ok']]);
  assert.deepEqual(tags([6], { add: ['New', 'new'] }), [['New']]);
});

test('a group is left whichever way it is spelled', () => {
  const devices = roll(device({ id: 1, groups: ['IoT', 'kids'] }));
  assert.deepEqual(relabel(devices, [1], { groups: { drop: ['iot', 'nobody'] } })[0]?.after.labels.groups, ['kids']);
});

test('one name for several devices, one that is not there, and too many groups are refused as a whole', () => {
  const devices = roll(device({ id: 1 }), device({ id: 2 }));
  assert.throws(() => relabel(devices, [1, 2], { alias: 'x' }), /naming 2 devices "x"/);
  assert.throws(() => relabel(devices, [1, 9], { owner: 'x' }), { code: 'not-found' });
  const add = Array.from({ length: 65 }, (_, n) => `g${n}`);
  assert.throws(() => one({ groups: { add } }), /giving device 1 65 groups: 64 are the most/);
  assert.equal(relabel(devices, [1, 1], { alias: 'x' }).length, 1);
});
