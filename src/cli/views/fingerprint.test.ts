import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type HostText, portXml, type ScanText, scanXml, testFolder } from '../../../test/make/nmap-file.ts';
import { openFileView } from './file-view.ts';

const SSH = '<service name="ssh" product="OpenSSH" version="9.2p1" method="probed" conf="10"/><script id="a" output="b"/>';
const HOST: HostText = {
  mac: '02:00:5E:00:53:01',
  name: 'nas.lan',
  ports: `<extraports state="closed" count="1"><extrareasons reason="reset" count="1" proto="tcp" ports="80"/></extraports>${portXml(22, 'open', SSH)}`,
  more: '<os><osmatch name="Linux 5" accuracy="98"/></os><hostscript><script id="c" output="d"/></hostscript>',
};

async function fingerprint(
  t: TestContext,
  hosts: readonly HostText[],
  edit = (xml: string) => xml,
  scan: Partial<ScanText> = {},
): Promise<string> {
  const seen = await openFileView(testFolder(t)('scan.xml', edit(scanXml({ ...scan, hosts }))), { now: 0 });
  seen.close();
  assert.equal(seen.entries.length, 1);
  return seen.entries[0]?.fingerprint ?? '';
}

test('a host is the same at another time, for another reason, and at another place in the file', async (t) => {
  const first = await fingerprint(t, [HOST]);
  assert.match(first, /^[\w-]{44}$/);
  assert.equal(await fingerprint(t, [HOST], (xml) => xml.replaceAll('17724456', '17735456').replaceAll('syn-ack', 'echo-reply')), first);
  assert.equal(await fingerprint(t, [HOST], (xml) => xml.replace('<host ', '<!-- later -->\n<host ')), first);
  assert.equal(await fingerprint(t, [{ address: '10.0.0.9', state: 'down' }, HOST]), first);
});

test('whatever a comparison can see makes another fingerprint', async (t) => {
  const edits: readonly (readonly [string, string])[] = [
    ['"10.0.0.1"', '"10.0.0.2"'],
    ['02:00:5E:00:53:01', '02:00:5E:00:53:02'],
    ['vendor="Example"', 'vendor="Other"'],
    ['nas.lan', 'nas2.lan'],
    ['portid="22"', 'portid="23"'],
    ['state="open"', 'state="filtered"'],
    ['name="ssh"', 'name="ftp"'],
    ['"OpenSSH"', '"Dropbear"'],
    ['"9.2p1"', '"9.2p2"'],
    ['method="probed"', 'method="table"'],
    ['method="probed"', 'method="probed" tunnel="ssl"'],
    ['method="probed"', 'method="probed" extrainfo="x"'],
    ['ports="80"', 'ports="81"'],
    ['state="closed"', 'state="filtered"'],
    ['output="b"', 'output="B"'],
    ['output="d"', 'output="D"'],
    ['id="c"', 'id="C"'],
    ['"Linux 5"', '"Linux 6"'],
    ['<host ', '<host timedout="true" '],
    ['services="22,80"', 'services="22,80-81"'],
  ];
  const all = new Set([await fingerprint(t, [HOST])]);
  for (const [from, to] of edits) all.add(await fingerprint(t, [HOST], (xml) => xml.replace(from, to)));
  assert.equal(all.size, edits.length + 1);
});

test('a device of several hosts is the same in whatever order they come, and another one when one of them is', async (t) => {
  const [one, two] = [HOST, { ...HOST, address: '10.0.0.2' }];
  const both = await fingerprint(t, [one, two]);
  assert.equal(await fingerprint(t, [two, one]), both);
  assert.notEqual(await fingerprint(t, [one]), both);
  assert.notEqual(await fingerprint(t, [one, { ...two, ports: portXml(22) }]), both);
});
