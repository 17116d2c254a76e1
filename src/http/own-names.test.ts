import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { judgeHost } from './guards/host.ts';
import { maySpeakPlainly } from './listen-tcp.ts';
import { nearest, ownNames } from './own-names.ts';

const HERE = ['127.0.0.1', '192.168.1.5', 'fd00::5', 'fe80::1'];
const accepted = (names: ReturnType<typeof ownNames>, host: string): boolean => judgeHost(host, names) === undefined;

suite('what a door is called by', () => {
  test('a door on one address has its name, those of loopback and those its owner gave, in whatever case and with any port', () => {
    const names = ownNames('192.168.1.5', ['NAS.lan'], () => assert.fail('nobody has to look'));
    for (const host of ['192.168.1.5', '192.168.1.5:9090', 'nas.lan:1', 'NAS.LAN', 'localhost', '127.0.0.1:9090', '[::1]:9090'])
      assert.ok(accepted(names, host), host);
    for (const host of ['192.168.1.6', 'fd00::5', '[fd00::5]', '0.0.0.0', 'nas', 'evil.example', ''])
      assert.ok(!accepted(names, host), host);
  });

  test('a door on an address of IPv6 has it in brackets', () => {
    const names = ownNames('fd00::5', [], () => []);
    assert.ok(accepted(names, '[fd00::5]:9090'));
    assert.ok(!accepted(names, 'fd00::5'));
  });

  test('a door on every address is called by each of them, and by no name that only leads there', () => {
    for (const host of ['0.0.0.0', '::']) {
      const names = ownNames(host, ['nas.lan'], () => HERE);
      for (const called of ['192.168.1.5:9090', '[fd00::5]', '[fe80::1]:9090', 'nas.lan']) assert.ok(accepted(names, called), called);
      for (const called of ['0.0.0.0', '[::]', '192.168.1.50', 'evil.example', '192.168.1.5.evil.example'])
        assert.ok(!accepted(names, called), called);
    }
  });

  test('an address that the machine gets later counts then, and one that it lost counts no more', () => {
    let addresses = ['192.168.1.5'];
    const names = ownNames('0.0.0.0', [], () => addresses);
    assert.deepEqual([names.has('192.168.1.5'), names.has('192.168.1.77')], [true, false]);
    addresses = ['192.168.1.77'];
    assert.deepEqual([names.has('192.168.1.5'), names.has('192.168.1.77')], [false, true]);
  });

  test('every address is reached at loopback, any other at itself', () => {
    assert.deepEqual(['0.0.0.0', '::', '192.168.1.5', 'localhost'].map(nearest), ['127.0.0.1', '::1', '192.168.1.5', 'localhost']);
  });

  test('left to itself it asks the system', () => {
    assert.ok(ownNames('0.0.0.0', []).has('127.0.0.1'));
    assert.ok(!ownNames('0.0.0.0', []).has('203.0.113.254'));
  });
});

test('in the clear this machine and the proxies that were named may speak, also where IPv6 carries IPv4, and nobody else', () => {
  const proxies = new Set(['192.168.1.2', 'fd00::2']);
  for (const remote of ['127.0.0.1', '127.3.2.1', '::1', '::ffff:127.0.0.1', '192.168.1.2', '::ffff:192.168.1.2', 'fd00::2'])
    assert.ok(maySpeakPlainly(remote, proxies), remote);
  for (const remote of ['192.168.1.3', '::ffff:192.168.1.3', 'fd00::3', 'fe80::1%eth0', undefined])
    assert.ok(!maySpeakPlainly(remote, proxies), String(remote));
});
