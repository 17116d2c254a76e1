import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHANGE_KINDS, type ChangeKind } from './change.ts';
import { changeWords, serviceWords } from './change-words.ts';

const wording = { time: (at: number) => `<${at}>`, shorten: (text: string) => `[${text}]` };
type Side = Readonly<Record<string, unknown>> | null;
const words = (kind: ChangeKind, before: Side, after: Side): string => changeWords({ kind, before, after }, wording);

test('moments and long texts are written as whoever shows them wishes', () => {
  assert.equal(words('device.left', { lastSeen: '1970-01-01T00:00:01.000Z' }, null), 'last seen <1000>');
  assert.equal(words('device.edited', { note: null }, { note: 'a  b' }), 'note none -> [a b]');
  const was = { is: 'away', since: '1970-01-01T00:00:02.000Z' };
  assert.equal(words('person.arrived', was, { name: 'anna', text: 'came home' }), 'anna came home; was away since <2000>');
  const group = words('group.last-left', { is: 'home', since: was.since }, { name: 'kids', text: 'phone was the last of it here' });
  assert.equal(group, 'kids: phone was the last of it here; was home since <2000>');
});

test('each kind says what differs', () => {
  const port = { port: 22, protocol: 'tcp' };
  const ssh = { name: 'ssh', product: 'OpenSSH', version: '9' };
  assert.equal(words('port.opened', null, { ...port, service: ssh }), '22/tcp ssh OpenSSH 9');
  assert.equal(words('service.changed', { service: null }, { ...port, service: ssh }), '22/tcp unknown -> ssh OpenSSH 9');
  assert.equal(words('service.key-changed', null, { ...port, severity: 'high', text: 'another key' }), '! 22/tcp another key');
  assert.equal(words('device.readdressed', { addresses: ['a'] }, { addresses: [] }), 'addresses a -> none');
  assert.equal(words('vantage.blind', null, { target: 't', cause: { text: 'no cable' } }), 't: no cable');
});

test('sides that say nothing, or nonsense, break no word', () => {
  for (const kind of CHANGE_KINDS)
    for (const side of [null, {}, { text: 7, service: 'x', page: 1, addresses: {}, cause: 3 }])
      assert.equal(typeof words(kind, side, side), 'string', kind);
});

test('a service is told as far as it is known', () => {
  assert.equal(serviceWords({ name: 'http', tunnel: 'ssl', product: 'nginx' }), 'ssl/http nginx');
  assert.deepEqual([serviceWords(null), serviceWords({})], ['', '']);
});
