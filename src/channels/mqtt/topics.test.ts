import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBroker } from './broker.ts';
import { readOrder } from './orders.ts';
import { isOurs, topicsOf } from './topics.ts';

const at = (topic: string, site: string) => topicsOf({ topic, site, discovery: 'homeassistant' });

test('sites and topics that are spelled otherwise never share a root or a name', () => {
  assert.deepEqual([at('rollcall', 'home').root, at('rollcall', 'home').node], ['rollcall/home', 'rollcall_home']);
  const odd = [at('a_b', 'c'), at('a', 'b_c'), at('a', 'b c'), at('a/b', 'c'), at('A', 'b-c'), at('a', '王'), at('a', '李')];
  assert.equal(new Set(odd.map(({ root }) => root)).size, odd.length);
  assert.equal(new Set(odd.map(({ node }) => node)).size, odd.length);
  for (const { root, node } of odd) {
    assert.match(root, /^[A-Za-z0-9_/]+$/);
    assert.match(node, /^[a-z0-9_]+$/);
  }
});

test('S22: a topic that holds a wildcard, an empty level or the broker itself is refused', () => {
  for (const topic of ['', '#', '+', 'a/#', 'a/+/b', '/a', 'a/', 'a//b', '$SYS', 'a b', 'a\0', 'ä', 'a/b/c/d/e', 'x'.repeat(41)])
    assert.throws(() => at(topic, 'home'), /reading \[mqtt\] topic/, topic);
  assert.throws(() => topicsOf({ topic: 'rollcall', site: 'home', discovery: '#' }), /reading \[mqtt\] discovery/);
});

test('only what is shaped like ours is ours to take away', () => {
  const topics = at('rollcall', 'home');
  for (const ours of [
    'rollcall/home/device/7/state',
    'rollcall/home/person/anna_x12345678/attributes',
    'rollcall/home/incident/12',
    'rollcall/home/command',
    'homeassistant/device_tracker/rollcall_home/device_7/config',
  ])
    assert.ok(isOurs(topics, ours), ours);
  for (const other of [
    'rollcall/home/status',
    'rollcall/home/garden/light',
    'rollcall/home/device/7/state/more',
    'rollcall/homestead/device/7/state',
    'rollcall/office/device/7/state',
    'homeassistant/sensor/other/x/config',
    'homeassistant/sensor/rollcall_home/x/config/more',
    'homeassistant/status',
    '$SYS/broker/uptime',
  ])
    assert.ok(!isOurs(topics, other), other);
});

test('a URL names host, port and login', () => {
  assert.deepEqual(readBroker('mqtt://10.0.0.5'), { host: '10.0.0.5', port: 1883, secure: false, login: null });
  assert.deepEqual(readBroker('mqtts://me:p%40s%3As@[2001:db8::1]/'), {
    host: '2001:db8::1',
    port: 8883,
    secure: true,
    login: { user: 'me', password: 'p@s:s' },
  });
});

test('S24: a URL that is none is refused without being shown', () => {
  for (const url of [
    'http://u:canary@h',
    'mqtt://u:canary@h/topic',
    'mqtt://u:canary@h:99999',
    'mqtt://u:can%zzary@h',
    'mqtt://',
    'ws://canary',
    'mqtt://canary@h?x',
  ])
    assert.throws(
      () => readBroker(url),
      (fault: Error & { remedy?: string }) =>
        /reading the MQTT URL/.test(fault.message) && !`${fault.message}${fault.remedy}`.includes('canary'),
      url,
    );
});

test('commands are a few words; anything else is none, and is not repeated', () => {
  const read = (text: string) => readOrder(Buffer.from(text));
  assert.deepEqual(read(' scan \n'), { ok: true, value: { kind: 'scan', target: null } });
  assert.deepEqual(read('scan fd00::/64'), { ok: true, value: { kind: 'scan', target: 'fd00::/64' } });
  assert.deepEqual(read('ACK 12'), { ok: true, value: { kind: 'acknowledge', incident: 12 } });
  for (const text of [
    'scan -oN /etc/passwd',
    'scan a b',
    'scan \u202e',
    'canary',
    'acknowledge 1e9',
    'acknowledge 99999999999999999',
    'x'.repeat(201),
  ]) {
    const result = read(text);
    assert.ok(!result.ok, text);
    assert.doesNotMatch(result.reason, /canary|etc|xxx/);
  }
});
