import assert from 'node:assert/strict';
import { test } from 'node:test';
import { device, name, port } from '../../../test/make/device.ts';
import { completeFilter, MOST_CHOICES } from './complete.ts';
import { knownValues } from './known-values.ts';
import { wrongIn } from './parse-filter.ts';

const HOUSE = [
  device({ id: 1, groups: ['kids', 'living room'], names: [name('kids-tablet')], ports: [port(22)] }),
  device({ id: 2, groups: ['kids'], presence: 'away', ports: [port(22), port(80), { ...port(53), protocol: 'udp' }] }),
  device({ id: 3, groups: ['iot'], at: ['10.0.9.3', 'fd00::3'] }),
];
const at = (typed: string, devices = HOUSE) => {
  const cursor = typed.indexOf('|');
  const text = typed.replace('|', '');
  const done = completeFilter(text, cursor, (key) => knownValues(key, devices, () => null));
  const whole = (insert: string): string => text.slice(0, done.from) + insert + text.slice(done.to);
  return done.choices.map(({ insert }) => whole(insert));
};

test('keys are offered while a word has none, then what is known of the key, most devices first', () => {
  assert.deepEqual(at('gr|').slice(0, 1), ['group:']);
  assert.deepEqual(at('-gr|').slice(0, 1), ['-group:']);
  assert.deepEqual(at('group:|'), ['group:kids', 'group:iot', 'group:"living room"', 'group:*']);
  assert.deepEqual(at('port:|'), ['port:22', 'port:80', 'port:udp/53']);
  assert.deepEqual(at('presence:|'), ['presence:present', 'presence:away', 'presence:unknown']);
  assert.deepEqual(at('ip:10.0.9|'), ['ip:10.0.9.0/24', 'ip:10.0.9.3']);
});

test('what was typed narrows it, whatever stands around the cursor', () => {
  assert.deepEqual(at('port:22 group:ro| -tag:ok'), ['port:22 group:"living room" -tag:ok']);
  assert.deepEqual(at('group:"liv|'), ['group:"living room"']);
  assert.deepEqual(at('group:kids,i|'), ['group:kids,iot', 'group:kids,kids', 'group:kids,"living room"']);
  assert.deepEqual(at('group:k|ids,iot'), ['group:kids,iot']);
  assert.deepEqual(at('kids-t|'), ['kids-tablet']);
  assert.deepEqual(at('nokey:|'), []);
});

test('what there is a lot of is cut, and a text too long for a filter is not made longer', () => {
  const many = Array.from({ length: 500 }, (_, id) => device({ id, groups: [`group-${id}`] }));
  assert.equal(at('group:|', many).length, MOST_CHOICES);
  assert.deepEqual(at(`${'x'.repeat(993)} group:|`), []);
});

test('the first word that cannot be read is told by its place', () => {
  assert.deepEqual(wrongIn('tag:ok gruop:iot x'), { from: 7, to: 16, reason: 'there is no such key', remedy: 'did you mean group:?' });
  assert.deepEqual(wrongIn('a owner:"Anna')?.from, 2);
  assert.equal(wrongIn('tag:ok'), null);
  assert.equal(wrongIn('x'.repeat(1001))?.from, 1000);
});
