import assert from 'node:assert/strict';
import { renameSync, truncateSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { portXml, type ScanText, scanXml, testFolder } from '../../../test/make/nmap-file.ts';
import { coverageText, Fault, portStateOf, type View } from '../../core/index.ts';
import { type FileViewOptions, openFileView } from './file-view.ts';

const NOW = Date.UTC(2026, 10, 21);

async function view(t: TestContext, content: string | ScanText, options: Partial<FileViewOptions> = {}): Promise<View> {
  const path = testFolder(t)('scan.xml', typeof content === 'string' ? content : scanXml(content));
  const opened = await openFileView(path, { title: 'scan.xml', now: NOW, ...options });
  t.after(() => opened.close());
  return opened;
}

const covered = ({ coverage }: View): readonly string[] => coverageText(coverage).addresses;
const addressesOf = ({ entries }: View): string[] => entries.map(({ addresses }) => addresses.join(' '));
const isFault = (code: string, text: RegExp) => (thrown: unknown) => {
  assert.ok(thrown instanceof Fault && thrown.remedy);
  assert.equal(thrown.code, code);
  assert.match(thrown.message, text);
  return true;
};

const ONE = '02:00:5E:00:53:01';
const SERVICE = '<service name="ssh" product="OpenSSH" version="9.2p1" method="probed" conf="10"/>';

test('a whole scan covers what its command line names, and says when it was', async (t) => {
  const seen = await view(t, { hosts: [{ mac: ONE, name: 'nas.lan' }, { address: '10.0.0.2' }] });
  assert.deepEqual([seen.source, seen.title, seen.partial, seen.warnings, seen.scriptChoice], ['file', 'scan.xml', null, [], null]);
  assert.equal(seen.at, 1_772_445_610_000);
  assert.deepEqual(covered(seen), ['10.0.0.0/28']);
  assert.equal(seen.coverage.depth, 'ports');
  assert.deepEqual(
    seen.entries.map(({ device, macs, addresses, names }) => [device, macs, addresses, names]),
    [
      [null, ['02:00:5e:00:53:01'], ['10.0.0.1'], ['nas.lan']],
      [null, [], ['10.0.0.2'], []],
    ],
  );
});

test('a device is read from its place in the file, in any order', async (t) => {
  const hosts = Array.from({ length: 12 }, (_, i) => ({
    address: `10.0.0.${i + 1}`,
    ports: portXml(22, 'open', SERVICE),
    name: `é${i}.lan`,
  }));
  const seen = await view(t, { hosts });
  for (const entry of [11, 0, 5, 5]) {
    const { device } = seen.read(entry);
    assert.deepEqual([device.id, device.addresses[0]?.address, device.names[0]?.name], [entry, `10.0.0.${entry + 1}`, `é${entry}.lan`]);
    assert.equal(device.ports[0]?.service?.version, '9.2p1');
    assert.deepEqual([portStateOf(device, 'tcp', 80), portStateOf(device, 'tcp', 443)], ['closed', 'unknown']);
    assert.equal(device.lastSeen, seen.at);
  }
});

test('ports that are only counted are told with their state', async (t) => {
  const counted =
    '<extraports state="filtered" count="1"><extrareasons reason="no-response" count="1" proto="tcp" ports="80"/></extraports>';
  const seen = await view(t, { hosts: [{ ports: counted + portXml(22) }] });
  assert.deepEqual(seen.read(0).unlisted, [{ protocol: 'tcp', state: 'filtered', count: 1, ports: [[80, 80]] }]);
});

test('scripts of hosts and of ports are told, and which were chosen', async (t) => {
  const title = portXml(80, 'open', '<script id="http-title" output="a&#xa;b\u202e"/>');
  const skew = '<hostscript><script id="clock-skew" output="1s"/></hostscript>';
  const seen = await view(t, { args: 'nmap -sC --script ssl-cert 10.0.0.0/28', hosts: [{ ports: title, more: skew }] });
  assert.equal(seen.scriptChoice, 'default,ssl-cert');
  assert.deepEqual(seen.read(0).scripts, [
    { port: null, id: 'clock-skew', output: '1s' },
    { port: { protocol: 'tcp', port: 80 }, id: 'http-title', output: 'a\nb' },
  ]);
});

test('hosts that are down are covered, and nobody is there', async (t) => {
  const hosts = [{}, { address: '10.0.0.2', state: 'down', reason: 'no-response' }];
  const listed = await view(t, { args: 'nmap -v -iL list.txt', total: 2, hosts });
  assert.deepEqual([addressesOf(listed), covered(listed)], [['10.0.0.1'], ['10.0.0.1-10.0.0.2']]);
  const cut = await view(t, scanXml({ args: 'nmap -v 10.0.0.0/28', hosts }).replace(/<runstats>[^]*/, ''));
  assert.deepEqual([addressesOf(cut), covered(cut)], [['10.0.0.1'], ['10.0.0.1-10.0.0.2']]);
});

test('R6: a scan that was cut off says where, and covers only what came to its end', async (t) => {
  const whole = scanXml({ hosts: [{}, { address: '10.0.0.2' }] });
  const at = whole.indexOf('<address addr="10.0.0.2"') + 9;
  const seen = await view(t, whole.slice(0, at));
  assert.deepEqual([addressesOf(seen), covered(seen)], [['10.0.0.1'], ['10.0.0.1']]);
  const line = whole.slice(0, at).split('\n').length;
  assert.match(seen.partial ?? '', new RegExp(`the document ends inside it \\(line ${line}, column 10, byte ${at}\\)$`));
});

test('R7: a scan that failed says so; what it found counts, what it did not find proves nothing', async (t) => {
  const hosts = [{}, { address: '10.0.0.2', state: 'down', reason: 'no-response' }];
  const seen = await view(t, { hosts, exit: 'exit="error" errormsg="no such device"' });
  assert.equal(seen.partial, 'nmap failed: no such device');
  assert.deepEqual([addressesOf(seen), covered(seen)], [['10.0.0.1'], ['10.0.0.1']]);
});

test('R7: a scan that counts more hosts than it lists lost some', async (t) => {
  const seen = await view(t, { hosts: [{}], up: 3 });
  assert.match(seen.partial ?? '', /3 hosts are up, but 1 could be read/);
  assert.deepEqual(covered(seen), ['10.0.0.1']);
});

test('R8: of a host nmap gave up on only its presence is known', async (t) => {
  const seen = await view(t, { hosts: [{ timedOut: true, ports: portXml(22) }, { address: '10.0.0.2' }] });
  assert.match(seen.partial ?? '', /gave up on 1 of 2 hosts/);
  assert.deepEqual(covered(seen), ['10.0.0.0/28']);
  const { device, scripts } = seen.read(0);
  assert.deepEqual([device.presence, device.ports, device.asked, scripts], ['present', [], {}, []]);
});

test('hosts that answered nothing under -Pn are unknown', async (t) => {
  const silent = { address: '10.0.0.2', reason: 'user-set', ports: portXml(22, 'filtered') };
  const seen = await view(t, { args: 'nmap -Pn 10.0.0.0/30', total: 4, hosts: [{ reason: 'user-set', ports: portXml(22) }, silent] });
  assert.deepEqual([addressesOf(seen), covered(seen)], [['10.0.0.1'], ['10.0.0.0/31', '10.0.0.3']]);
  assert.match(seen.warnings.join(), /^1 host answered nothing/);
});

test('a host that is up at no address is told of', async (t) => {
  const seen = await view(t, { hosts: [{ address: '10.0.0.999' }, {}] });
  assert.deepEqual(seen.warnings, ['left out 1 host without an address that is one']);
});

test('several hosts with one MAC are one device, open where any of them is', async (t) => {
  const open = { mac: ONE, address: '10.0.0.2', ports: portXml(22), more: '<hostscript><script id="s" output="2"/></hostscript>' };
  const seen = await view(t, { hosts: [{ mac: ONE, ports: portXml(22, 'closed') }, { address: '10.0.0.3' }, open] });
  assert.deepEqual(addressesOf(seen), ['10.0.0.1 10.0.0.2', '10.0.0.3']);
  const { device, scripts } = seen.read(0);
  assert.deepEqual(
    device.addresses.map(({ address }) => address),
    ['10.0.0.1', '10.0.0.2'],
  );
  assert.deepEqual([device.macs.length, portStateOf(device, 'tcp', 22), scripts.length], [1, 'open', 1]);
});

test('a host with two addresses has both, and prints its scripts once', async (t) => {
  const more = '<address addr="2001:db8::0:1" addrtype="ipv6"/><hostscript><script id="s" output="2"/></hostscript>';
  const seen = await view(t, { hosts: [{ mac: ONE, more }] });
  assert.deepEqual(addressesOf(seen), ['10.0.0.1 2001:db8::1']);
  const { device, scripts } = seen.read(0);
  assert.deepEqual([device.addresses.length, scripts.length], [2, 1]);
});

test('of a second scan appended to the file nothing is read, and it is said where it begins', async (t) => {
  const first = scanXml({ hosts: [{}] });
  const seen = await view(t, first + scanXml({ hosts: [{ address: '10.0.0.2' }] }));
  assert.deepEqual([addressesOf(seen), covered(seen)], [['10.0.0.1'], ['10.0.0.0/28']]);
  assert.match(
    seen.partial ?? '',
    new RegExp(`only the first scan is read \\(line ${first.split('\n').length}, column 1, byte ${first.length}\\)`),
  );
});

test('a scan that was resumed cannot miss anybody, as it counts only its last part', async (t) => {
  const hosts = [{}, { address: '10.0.0.2' }, { address: '10.0.0.3' }];
  for (const args of ['nmap 10.0.0.0/24', 'nmap -iL list.txt']) {
    const seen = await view(t, { args, hosts, up: 1, total: 16 });
    assert.deepEqual([seen.partial, covered(seen)], [null, ['10.0.0.1-10.0.0.3']]);
    assert.match(seen.warnings.join(), /it was resumed/);
  }
});

test('addresses the user names stand in when the file does not tell', async (t) => {
  const covers = [{ family: 4, first: 0x0a000000n, last: 0x0a0000ffn }] as const;
  const unclear = { args: 'nmap -iL list.txt', hosts: [{}], total: 256 };
  assert.deepEqual(covered(await view(t, unclear, { covers })), ['10.0.0.0/24']);
  const other = await view(t, { ...unclear, total: 100 }, { covers });
  assert.deepEqual(covered(other), ['10.0.0.1']);
  assert.match(other.warnings.join(), /it asked 100 addresses, not the 256 named/);
});

test('a time no calendar has is none', async (t) => {
  const seen = await view(t, scanXml({ hosts: [{}] }).replaceAll(/"17724456\d\d"/g, '"999999999999999"'));
  assert.deepEqual([seen.at, seen.read(0).device.lastSeen], [null, NOW]);
});

test('a file that changes after it was opened is refused when the host is read that changed', async (t) => {
  const content = scanXml({ hosts: [{ ports: portXml(22) }, { address: '10.0.0.2', ports: portXml(22) }] });
  const path = testFolder(t)('scan.xml', content);
  const seen = await openFileView(path, { title: 'scan.xml', now: NOW });
  t.after(() => seen.close());
  const changed = isFault('conflict', /^reading scan.xml again: the host at byte \d+ is not what it was/);
  writeFileSync(path, content.replace('portid="22"', 'portid="23"'));
  assert.throws(() => seen.read(0), changed);
  assert.equal(seen.read(1).device.ports[0]?.port, 22);
  writeFileSync(path, content.replace('<host ', ' <host '));
  for (const entry of [0, 1]) assert.throws(() => seen.read(entry), changed, 'moved by a byte');
  truncateSync(path, 400);
  assert.throws(() => seen.read(1), changed);
  writeFileSync(path, content);
  assert.equal(seen.read(1).device.ports[0]?.port, 22);
});

test('a file that is replaced by another goes on as it was', async (t) => {
  const write = testFolder(t);
  const path = write('scan.xml', scanXml({ hosts: [{ name: 'old.lan' }] }));
  const seen = await openFileView(path, { now: NOW });
  renameSync(write('new.xml', scanXml({ hosts: [{ name: 'new.lan' }] })), path);
  assert.equal(seen.title, path);
  assert.equal(seen.read(0).device.names[0]?.name, 'old.lan');
  seen.close();
});

test('a view that was closed reads nothing more', async (t) => {
  const seen = await view(t, { hosts: [{}] });
  seen.close();
  seen.close();
  assert.throws(() => seen.read(0), /was closed/);
});
