import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostXml } from '../../../test/make/ndiff-survey.ts';
import { HostReader } from './read-host.ts';

const read = (text: string) => new HostReader().read(Buffer.from(text));

test('a host is all that Ndiff takes of it, nothing cleaned', () => {
  const host = read(
    hostXml(
      1,
      '<address addr="fe80::1" addrtype="ipv6"/><address addr="10.0.0.1"/><hostnames><hostname name="b"/><hostname name="a"/><hostname name="b"/></hostnames>' +
        '<ports><extraports state="closed" count="3"/><extraports state="filtered" count="4"/><extraports state="closed" count="5"/>' +
        '<port portid="+22" protocol="tcp"><state state="open"/><service name="ssh" product=""/><script id="b" output="1"/><script id="a" output="2&#xa;&#x9;"/></port>' +
        '<port portid="9" protocol="udp"></port></ports><os><osmatch name="L"/><osmatch name="L"/></os>' +
        '<hostscript><script id="z" output=""/><script id="a" output=""/></hostscript>',
    ),
  );
  assert.deepEqual(
    host?.addresses.map(({ type, text }) => `${type} ${text}`),
    ['ipv4 10.0.0.1', 'ipv6 fe80::1'],
  );
  assert.deepEqual(host?.hostnames, ['b', 'a']);
  assert.deepEqual(
    [...(host?.extraports ?? [])],
    [
      ['closed', 5],
      ['filtered', 4],
    ],
  );
  assert.deepEqual([...(host?.ports.keys() ?? [])], ['22/tcp'], 'a port without state never joins its host');
  assert.deepEqual(host?.ports.get('22/tcp'), {
    number: 22,
    protocol: 'tcp',
    state: 'open',
    service: { name: 'ssh', product: '', version: null, extrainfo: null, tunnel: null },
    scripts: [
      { id: 'a', output: '2\n\t' },
      { id: 'b', output: '1' },
    ],
  });
  assert.deepEqual(host?.os, ['L', 'L']);
  assert.deepEqual(
    host?.scripts.map(({ id }) => id),
    ['a', 'z'],
  );
});

test('a port given again takes the place of the first, and nothing of it stays', () => {
  const twice =
    '<ports><port portid="1" protocol="tcp"><state state="open"/><script id="a" output="1"/></port><port portid="01" protocol="tcp"><state state="closed"/></port></ports>';
  const port = read(hostXml(1, twice))?.ports.get('1/tcp');
  assert.deepEqual([port?.state, port?.scripts], ['closed', []]);
});

test('hosts are read one after the other, and none is remembered', () => {
  const reader = new HostReader();
  const names = [1, 2, 1].map((last) => reader.read(Buffer.from(hostXml(last)))?.addresses[0]?.text);
  assert.deepEqual(names, ['10.0.0.1', '10.0.0.2', '10.0.0.1']);
});

test('many addresses and names of one host take no longer than their number', () => {
  const many = Array.from({ length: 50_000 }, (_, i) => `<address addr="${i % 40_000}"/>`).join('');
  assert.equal(read(hostXml(1, many))?.addresses.length, 40_001);
});

test('bytes that are no host any more give none', () => {
  assert.equal(read('<!-- nobody -->'), null);
  assert.equal(read(hostXml(1).slice(3)), null);
  assert.equal(read('<host><status state="up"/>'), null);
});
