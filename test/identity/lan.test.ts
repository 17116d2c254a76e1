// Shares the machine: it mostly waits for nmap, and measures nothing.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createLan, type Lan, type LanHost } from '../lan/index.ts';
import { needs } from '../needs.ts';
import { newProgram, type Program } from '../program/program.ts';
import { type Pair, Servers } from './servers.ts';

type Json = Record<string, unknown>;
type Change = { kind: string; device: { id: number } | null; before: Json | null; after: Json | null };

const CONFIG = '[self]\nwatch = false\n[presence]\nwindow = "0s"\n';

describe('real servers on a LAN, asked who they are', needs('nmap', 'netns', 'python3', 'dropbear', 'openssl'), () => {
  let [lan, servers, program]: [Lan | undefined, Servers | undefined, Program | undefined] = [undefined, undefined, undefined];
  let host: LanHost;
  const keys: { file: string; hash: string }[] = [];
  const pairs: Pair[] = [];
  before(async () => {
    lan = await createLan({ hosts: 2 });
    servers = await Servers.create();
    program = await newProgram({ config: CONFIG, prefix: ['ip', 'netns', 'exec', lan.probe.namespace] });
    host = lan.hosts[0] as LanHost;
    for (const type of ['ed25519', 'ed25519', 'ecdsa'] as const) keys.push(await servers.hostKey(type));
    for (const days of [90, 90, 10]) pairs.push(await servers.pair('/C=DE/O=Köhler, Söhne/CN=nas.test', days));
    await lan.open(lan.hosts[1] as LanHost, 22, 'SSH-2.0-OpenSSH_9.2p1\r\n');
    await servers.ssh(host, 22, keys[0]?.file ?? '');
    await servers.web(host, 443, { server: 'nginx/1.22.1', title: 'Größe', pair: pairs[0] as Pair });
  });
  after(async () => {
    await program?.end();
    await servers?.stop();
    await lan?.stop();
  });

  /** nmap needs twelve seconds for a TLS server that waits to be spoken to. */
  const look = async (ports = '22,443'): Promise<Change[]> => {
    const { scan, changes } = await (program as Program).json('scan', host.address, '--plan', 'services', '--ports', ports);
    assert.equal(scan.outcome, 'complete');
    return changes;
  };
  const kinds = (changes: readonly Change[]): string[] => changes.map(({ kind }) => kind);

  test('keys, certificate, title and server of each service are kept, the fingerprints as ssh and OpenSSL find them', async () => {
    assert.deepEqual(kinds(await look()), ['device.appeared']);
    const { device } = await (program as Program).json('device', host.address);
    const [ssh, web] = device.ports;
    assert.deepEqual(ssh.serving.sshKeys, [{ type: 'ed25519', hash: keys[0]?.hash }]);
    const { certificate, httpTitle, httpServer } = web.serving;
    assert.deepEqual([httpTitle, httpServer], ['Größe', 'nginx/1.22.1']);
    assert.equal(certificate.sha256, pairs[0]?.sha256);
    assert.equal(certificate.subject, 'CN=nas.test, O=Köhler\\, Söhne, C=DE');
    assert.equal(certificate.issuer, certificate.subject);
    assert.deepEqual(certificate.names, ['nas.test']);
    assert.equal(Math.round((Date.parse(certificate.notAfter) - Date.parse(certificate.notBefore)) / 86_400_000), 90);
  });

  test('a second look finds nothing new', async () => {
    assert.deepEqual(await look(), []);
  });

  test('a changed SSH host key is exactly one change, and a loud one', async () => {
    await servers?.ssh(host, 22, keys[1]?.file ?? '');
    const changes = await look('22');
    assert.deepEqual(kinds(changes), ['service.key-changed']);
    const [{ before: was, after: is } = {} as Change] = changes;
    assert.deepEqual(
      [was?.['sshKeys'], is?.['sshKeys']],
      [[{ type: 'ed25519', hash: keys[0]?.hash }], [{ type: 'ed25519', hash: keys[1]?.hash }]],
    );
    assert.equal(is?.['severity'], 'high');
    const { stdout } = await (program as Program).run('changes', '--kind', 'service.key-changed');
    assert.match(stdout, /! 22\/tcp shows another SSH host key: ed25519 SHA256:/);
    assert.deepEqual(await look('22'), [], 'it is told once');
  });

  test('a server that shows keys of another type only is told as loudly', async () => {
    await servers?.ssh(host, 22, keys[2]?.file ?? '');
    assert.deepEqual(kinds(await look('22')), ['service.key-changed']);
  });

  test('another certificate long before its time is loud, and one that ends soon is told at once', async () => {
    await servers?.web(host, 443, { server: 'nginx/1.22.1', title: 'Größe', pair: pairs[1] as Pair });
    const early = await look('443');
    assert.deepEqual(kinds(early), ['service.key-changed']);
    assert.match(String(early[0]?.after?.['text']), /long before the one before would end/);
    await servers?.web(host, 443, { server: 'nginx/1.22.1', title: 'Größe', pair: pairs[2] as Pair });
    const soon = await look('443');
    assert.deepEqual(kinds(soon), ['service.key-changed', 'certificate.expiring']);
    assert.equal(soon[1]?.after?.['stage'], 'soon');
  });

  test('an upgrade is told as one, and another title with it', async () => {
    await servers?.web(host, 443, { server: 'nginx/1.24.0', title: 'Wartung', pair: pairs[2] as Pair });
    const changes = await look('443');
    assert.deepEqual(kinds(changes), ['service.changed'], 'and nothing is told again');
    const side = (which: 'before' | 'after'): Json => changes[0]?.[which] ?? {};
    const version = (which: 'before' | 'after'): unknown => (side(which)['service'] as Json)['version'];
    assert.deepEqual([version('before'), version('after')], ['1.22.1', '1.24.0']);
    assert.equal((side('after')['page'] as Json)['title'], 'Wartung');
  });

  test('it is found by its key and by its certificate, and told in words', async () => {
    const found = async (filter: string): Promise<string[]> =>
      (await (program as Program).json('devices', filter)).flatMap(({ addresses }: { addresses: string[] }) => addresses);
    for (const filter of ['expires:30d', 'cert:Köhler', `key:${keys[2]?.hash}`, 'title:wartung'])
      assert.deepEqual(await found(filter), [host.address], filter);
    for (const filter of ['expires:5d', 'expires:>30d', `key:${keys[0]?.hash}`]) assert.deepEqual(await found(filter), [], filter);
    const { stdout } = await (program as Program).run('device', host.address);
    assert.match(stdout, /key ecdsa SHA256:/);
    assert.match(stdout, new RegExp(`SHA-256 ${pairs[2]?.sha256}`));
    const why = await (program as Program).run('why', host.address);
    assert.match(why.stdout, /port tcp\/443 shows certificate CN=nas\.test/);
  });
});
