import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { needs } from '../needs.ts';
import { createLan, type Lan } from './index.ts';
import { ipJson } from './ip.ts';

const inUse = (pid = process.pid): string[] =>
  existsSync('/run/netns') ? readdirSync('/run/netns').filter((name) => name.startsWith(`rc${pid}-`)) : [];

/** What arp-scan sees from where the probe stands: address to MAC. */
async function sweep(lan: Lan): Promise<Map<string, string>> {
  const { code, stdout, stderr } = await lan.run([
    'arp-scan',
    '-I',
    lan.probe.iface,
    '-x',
    '-q',
    '-r',
    '3',
    '-t',
    '200',
    '-B',
    '2M',
    lan.block,
  ]);
  assert.equal(code, 0, stderr);
  return new Map(
    stdout
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('\t') as [string, string]),
  );
}

const expected = (lan: Lan): Map<string, string> => new Map(lan.hosts.map(({ address, mac }) => [address, mac]));

describe('a LAN of real hosts', needs('netns', 'python3', 'arp-scan', 'nmap'), () => {
  let lan: Lan;
  before(async () => {
    lan = await createLan({ hosts: 5 });
  });
  after(() => lan.stop());

  test('a sweep sees exactly its hosts, with their MACs', async () => {
    assert.deepEqual(await sweep(lan), expected(lan));
  });

  test('nmap knows the makers of their cards', async () => {
    const { stdout } = await lan.run(['nmap', '-sn', '-n', '-e', lan.probe.iface, lan.block]);
    for (const { mac, vendor } of lan.hosts) assert.match(stdout, new RegExp(`MAC Address: ${mac} \\(${vendor}`, 'i'));
  });

  test('a host that departs is gone, and there again when it arrives', async () => {
    const host = lan.hosts[1]!;
    await lan.depart(host);
    const rest = expected(lan);
    rest.delete(host.address);
    assert.deepEqual(await sweep(lan), rest);
    await lan.arrive(host);
    assert.deepEqual(await sweep(lan), expected(lan));
  });

  test('a new host, a new address and a new MAC are all seen', async () => {
    await lan.arrive();
    await lan.readdress(lan.hosts[0]!, '10.77.0.200');
    await lan.changeMac(lan.hosts[2]!, 'da:a1:19:00:00:07');
    assert.equal(lan.hosts.length, 6);
    assert.deepEqual(await sweep(lan), expected(lan));
  });

  test('a service greets on its port until it is closed', async () => {
    const host = lan.hosts[3]!;
    await lan.open(host, 2222, 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n');
    await lan.open(host, 8080, 'HTTP/1.0 200 OK\r\nServer: nginx/1.22.1\r\nContent-Length: 2\r\n\r\nok');
    const asked = await lan.run(['nmap', '-n', '-Pn', '-sV', '-p', '2222,8080', host.address]);
    assert.match(asked.stdout, /2222\/tcp open\s+ssh\s+OpenSSH 9\.2p1[^\n]*\n8080\/tcp open\s+http\s+nginx 1\.22\.1/);
    await lan.close(host, 2222);
    const { stdout } = await lan.run(['nmap', '-n', '-Pn', '-p', '2222', host.address]);
    assert.match(stdout, /2222\/tcp closed/);
    await assert.rejects(lan.close(host, 2222), /KeyError/);
  });

  test('the switch is a switch: interface down, no carrier and no address are told apart by the kernel', async () => {
    const state = async (): Promise<unknown> => {
      const link = (await ipJson(lan.probe.namespace, ['addr', 'show', 'dev', lan.probe.iface]))[0]!;
      const addresses = link['addr_info'] as { family: string }[];
      const flags = (link['flags'] as string[]).filter((flag) => flag === 'UP' || flag === 'NO-CARRIER').sort();
      return [flags, addresses.filter(({ family }) => family === 'inet').length];
    };
    await lan.probeDown();
    assert.deepEqual(await state(), [[], 1]);
    await lan.probeUp();
    await lan.unplug();
    assert.deepEqual(await state(), [['NO-CARRIER', 'UP'], 1]);
    await lan.plug();
    await lan.dropAddress();
    assert.deepEqual(await state(), [['UP'], 0]);
    await lan.restoreAddress();
    assert.deepEqual(await sweep(lan), expected(lan));
  });

  test('there is no way out: one route, and no interface that is not the LAN’s own', async () => {
    const routes = await ipJson(lan.probe.namespace, ['route']);
    assert.deepEqual(
      routes.map(({ dst }) => dst),
      [lan.block],
    );
    // 192.0.2.1 is nobody's; asking for a route sends nothing.
    assert.notEqual((await lan.run(['ip', 'route', 'get', '192.0.2.1'])).code, 0);
    const links = await ipJson(lan.probe.namespace, ['link']);
    assert.deepEqual(
      links.map(({ ifname }) => ifname),
      ['lo', lan.probe.iface],
    );
    assert.ok((await ipJson(lan.switch, ['link'])).every(({ ifname }) => /^(lo|br0|probe|h\d+|ghost\d+)$/.test(String(ifname))));
  });
});

describe('a LAN with a detour (R4)', needs('netns', 'python3', 'nmap'), () => {
  test('R4: with the LAN interface down, the other route answers for its hosts, without MACs', async (t) => {
    const lan = await createLan({ hosts: 3, detour: true });
    t.after(() => lan.stop());
    await lan.probeDown();
    const { stdout } = await lan.run(['nmap', '-sn', '-n', lan.block]);
    assert.match(stdout, /256 IP addresses \(4 hosts up\)/);
    assert.doesNotMatch(stdout, /MAC Address/);
  });
});

describe('the end of a LAN', needs('netns', 'python3'), () => {
  test('60 hosts stand in under five seconds and leave nothing behind', async () => {
    const started = performance.now();
    const lan = await createLan({ hosts: 60, block: '10.78.0.0/24' });
    const took = performance.now() - started;
    const sleeper = lan.spawn(['sleep', '600']);
    await lan.stop();
    assert.ok(took < 5000, `building took ${Math.round(took)} ms`);
    assert.deepEqual(inUse(), []);
    assert.ok(sleeper.pid && !existsSync(`/proc/${sleeper.pid}`), 'a process in it outlived it');
  });

  test('programs that have not reached their namespace yet do not outlive it', async () => {
    const lan = await createLan({ hosts: 1, block: '10.78.0.0/24' });
    const sleepers = Array.from({ length: 8 }, () => {
      const sleeper = lan.spawn(['sleep', '60']);
      // Held before it can enter, or at least most of them: what a busy machine does now and then.
      sleeper.kill('SIGSTOP');
      return sleeper;
    });
    await lan.stop();
    for (const sleeper of sleepers) sleeper.kill('SIGCONT');
    assert.deepEqual(
      sleepers.filter(({ pid }) => existsSync(`/proc/${pid}`)),
      [],
      'some outlived their LAN',
    );
  });

  test('a test process killed outright leaves nothing behind either', async () => {
    const index = new URL('./index.ts', import.meta.url).href;
    const script = `const { createLan } = await import('${index}'); await createLan({ hosts: 2 }); console.log('up'); setInterval(() => {}, 1000)`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    assert.equal(inUse(child.pid).length, 4);
    child.kill('SIGKILL');
    const deadline = performance.now() + 10_000;
    while (inUse(child.pid).length > 0 && performance.now() < deadline) await pause(20);
    assert.deepEqual(inUse(child.pid), []);
  });

  test('a block that is none, or hosts that do not fit, are refused and leave nothing behind', async () => {
    await assert.rejects(createLan({ hosts: 1, block: '10.77.0.1/24' }), /canonical/);
    await assert.rejects(createLan({ hosts: 14, block: '10.77.0.0/28' }), /no room for 14 hosts/);
    assert.deepEqual(inUse(), []);
  });
});
