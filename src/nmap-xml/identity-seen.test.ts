import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { read } from '../../test/nmap-xml/fixtures.ts';
import { bytesOfBase64 } from './base64.ts';
import { identityOf } from './identity-seen.ts';
import { observationOf, readNmapBytes, type XmlElem, type XmlHost, type XmlScript } from './index.ts';

const real = read('real-keys-and-certificates');
const [host] = real.hosts;
const portsOf = (one: XmlHost | undefined) => (one ? (observationOf(one, 0)?.ports ?? []) : []);
const servingAt = (number: number) => portsOf(host).find(({ port }) => port === number)?.serving;
const PEM =
  host?.ports
    .find(({ portid }) => portid === 443)
    ?.scripts.find(({ id }) => id === 'ssl-cert')
    ?.elems?.find(({ path }) => path === 'pem')?.text ?? '';

describe('a real scan of an SSH server and two web servers', () => {
  test('tells the host key by its fingerprint', () => {
    assert.deepEqual(servingAt(22)?.sshKeys, [{ type: 'ed25519', hash: 'SHA256:v5bpsZ98Oovv03j5beoApsd+FB42WRn/MFYw7sYzLjM' }]);
  });

  test('tells the certificate as OpenSSL does', () => {
    const [ours, theirs] = [servingAt(443)?.certificate, new X509Certificate(PEM)];
    assert.equal(ours?.sha256, theirs.fingerprint256.replaceAll(':', '').toLowerCase());
    assert.deepEqual(
      [ours?.notBefore, ours?.notAfter],
      [theirs.validFrom, theirs.validTo].map((text) => new Date(text).toISOString()),
    );
    assert.equal(ours?.subject, 'CN=nas.lan, O=Köhler\\, Söhne, C=DE');
    assert.deepEqual(ours?.names, ['nas.lan', '*.nas.lan', '10.0.0.1']);
  });

  test('tells title and server of both, and no certificate of the one without TLS', () => {
    assert.deepEqual([servingAt(443)?.httpTitle, servingAt(443)?.httpServer], ['Größe &amp; Höhe', 'nginx/1.22.1']);
    assert.deepEqual(servingAt(80), { sshKeys: [], certificate: null, httpTitle: 'Printer', httpServer: 'Acme Web 3' });
  });

  test('says nothing of a host that nmap gave up on', () => {
    assert.deepEqual(portsOf(host && { ...host, timedOut: true }), []);
  });
});

const elems = (fields: Readonly<Record<string, string>>): XmlElem[] => Object.entries(fields).map(([path, text]) => ({ path, text }));
const tls = (fields: Readonly<Record<string, string>>) =>
  identityOf([{ id: 'ssl-cert', output: '', elems: elems({ pem: PEM, ...fields }) }]);
const script = (id: string, output: string, more: readonly XmlElem[] = []): XmlScript => ({ id, output, elems: more });

describe('a hostile server', () => {
  test('has no certificate where none came whole', () => {
    for (const pem of [
      '',
      'x',
      PEM.slice(0, -80),
      PEM.replace('MII', 'NII'),
      PEM.replace('-----BEGIN', '-----BEGI'),
      `${PEM}${PEM}`,
      '-----BEGIN CERTIFICATE-----MIIB-----END CERTIFICATE-----',
    ])
      assert.equal(tls({ pem }), null, pem.slice(0, 40));
  });

  test('gets no date that is none, and one line of text without control characters', () => {
    for (const date of [
      '2026-02-31T00:00:00',
      '2026-13-01T00:00:00',
      '99999-01-01T00:00:00',
      'now',
      '',
      '2026-01-01T25:00:00',
      '0000-00-00T00:00:00',
    ])
      assert.equal(tls({ 'validity.notAfter': date })?.certificate?.notAfter, null, date);
    const subject = tls({ 'subject.commonName': 'a\u001b[2J\u202e\nb,O=Bank\\', 'subject.x\u0007': 'y' })?.certificate?.subject;
    assert.equal(subject, 'CN=a[2Jb\\,O=Bank\\\\, x=y');
    assert.equal(tls({ 'subject.commonName': 'x'.repeat(100_000) })?.certificate?.subject.length, 1024);
  });

  test('has as many names, keys and extensions as it likes, of which few are kept', () => {
    const names = Array.from({ length: 10_000 }, (_, i) => `DNS:n${i}.example`).join(', ');
    assert.equal(tls({ 'extensions..name': 'X509v3 Subject Alternative Name', 'extensions..value': names })?.certificate?.names.length, 32);
    const many = Array.from({ length: 500 }, (_, n) => `1 SHA256:${String(n).padStart(43, '0')} (X${n})`).join('\n');
    assert.equal(identityOf([script('ssh-hostkey', many)])?.sshKeys.length, 8);
    const extension = '<table><elem key="name">x</elem><elem key="value">y</elem></table>'.repeat(5000);
    const document = `<nmaprun><host><status state="up"/><address addr="10.0.0.1"/><ports><port protocol="tcp" portid="443"><state state="open"/><script id="ssl-cert" output=""><table key="extensions">${extension}</table><elem key="pem">${PEM}</elem></script></port></ports></host></nmaprun>`;
    const [seen] = readNmapBytes(new TextEncoder().encode(document)).hosts;
    assert.equal(seen?.ports[0]?.scripts[0]?.elems?.length, 129, 'the certificate comes last, and is kept');
    assert.ok(portsOf(seen)[0]?.serving?.certificate);
  });

  test('is not believed a title in the words of the script', () => {
    for (const output of ["Site doesn't have a title (text/html).", 'Did not follow redirect to https://x/', '', '\n'])
      assert.equal(identityOf([script('http-title', output)]), null, output);
    assert.equal(identityOf([script('http-title', 'Hello\nRequested resource was /x')])?.httpTitle, 'Hello');
    assert.equal(
      identityOf([
        script('http-server-header', '', [
          { path: '', text: 'b' },
          { path: '', text: 'a' },
          { path: '', text: 'b' },
        ]),
      ])?.httpServer,
      'a | b',
    );
  });

  test('cannot make up a table that is no table: text of other scripts, of other places, in other depths', () => {
    const inside = (xml: string) =>
      `<nmaprun><host><status state="up"/><address addr="10.0.0.1"/><ports><port protocol="tcp" portid="443"><state state="open"/>${xml}</port></ports></host></nmaprun>`;
    for (const xml of [
      `<script id="banner" output="x"><elem key="pem">${PEM}</elem></script>`,
      `<script id="ssl-cert" output="x"><table key="a"><elem key="pem">${PEM}</elem></table></script>`,
      `<script id="ssl-cert" output="x"><elem key="a.pem">${PEM}</elem></script>`,
      `<elem key="pem">${PEM}</elem>`,
      `<script id="ssl-cert" output="x"><elem key="pem">${'A'.repeat(70_000)}</elem></script>`,
    ])
      assert.equal(portsOf(readNmapBytes(new TextEncoder().encode(inside(xml))).hosts[0])[0]?.serving, undefined, xml.slice(0, 60));
  });
});

test('host keys of a foreign scan that printed MD5 are known by their SHA-256, from the key itself', () => {
  const key = Buffer.from('a key of a made-up kind');
  const hash = `SHA256:${createHash('sha256').update(key).digest('base64').replace('=', '')}`;
  const blob = [
    { path: '.type', text: 'ecdsa-sha2-nistp256' },
    { path: '.key', text: key.toString('base64') },
  ];
  assert.deepEqual(identityOf([script('ssh-hostkey', '\n  256 aa:bb (ECDSA)', blob)])?.sshKeys, [{ type: 'ecdsa', hash }]);
  assert.deepEqual(
    identityOf([script('ssh-hostkey', `\n  256 ${hash} (ECDSA)`)])?.sshKeys,
    [{ type: 'ecdsa', hash }],
    'and alike where only that was printed',
  );
});

test('base 64 is read as others read it, and nothing else is (property)', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      assert.deepEqual(bytesOfBase64(Buffer.from(bytes).toString('base64')), bytes);
    }),
  );
  for (const text of ['A', 'AA', 'AAA', 'A=AA', 'AA==AA', 'AAA-', '====', 'ÄÄÄÄ']) assert.equal(bytesOfBase64(text), null, text);
});
