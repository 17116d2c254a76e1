// Shares the machine: it measures nothing, and waits for nmap and Ndiff.
/** What nmap really writes, of this machine's loopback and of the test LAN, before and after changes: every pair, in every mode. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { createLan, type Lan, type LanHost } from '../lan/index.ts';
import { Desk } from './desk.ts';
import { needsReference } from './needs-reference.ts';
import { MODES } from './pairs.ts';

const SSH = 'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n';
const web = (title: string): string =>
  `HTTP/1.0 200 OK\r\nServer: nginx/1.22.1\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><title>${title}</title></html>`;
const HOSTILE = '220 \u001b[31m<b>"ftp" & \u00e9\u20ac \u0001\t]]> ready\r\n';

describe('scans by nmap', needsReference('nmap', 'netns'), () => {
  let desk: Desk;
  let lan: Lan;
  let scans: readonly string[] = [];
  const servers: Server[] = [];
  before(async () => {
    desk = new Desk();
    lan = await createLan({ hosts: 5 });
    const ports = await Promise.all(['127.0.0.1', '::1'].map((address) => listen(address)));
    scans = (await Promise.all([scansOfLan(), scansOfLoopback(ports as [number, number])])).flat();
  });
  after(async () => {
    for (const server of servers) server.close();
    await lan?.stop();
    await desk?.close();
  });

  let made = 0;
  const nextFile = (): string => join(desk.folder, `scan-${++made}.xml`);

  /** Scans from inside the LAN, which has no way out. */
  async function scanLan(...options: readonly string[]): Promise<string> {
    const file = nextFile();
    const { code, stderr } = await lan.run(['nmap', '-n', '--max-retries', '2', ...options, '-oX', file, '--', `${lan.addressAt(0)}/29`]);
    assert.equal(code, 0, stderr);
    return file;
  }

  async function scansOfLan(): Promise<string[]> {
    const [one, two, three, four] = lan.hosts as [LanHost, LanHost, LanHost, LanHost];
    await Promise.all([
      lan.open(one, 22, SSH),
      lan.open(one, 80, web('one')),
      lan.open(two, 80, web('two &amp; <')),
      lan.open(three, 21, HOSTILE),
    ]);
    const deep = ['-sS', '-sV', '--version-intensity', '0', '-sC', '--script-timeout', '3s', '-p', '22,80,443'] as const;
    const quick = ['--script', 'banner,http-title', '-F'] as const;
    const first = await Promise.all([
      scanLan(...deep),
      scanLan(...quick),
      scanLan('-v', '-sn'),
      scanLan('-O', '--osscan-guess', '-p', '22,80', '--traceroute'),
    ]);
    await lan.close(one, 80);
    await lan.open(one, 80, web('another'));
    await lan.open(two, 22, SSH);
    await lan.close(three, 21);
    await lan.changeMac(four, 'd2:3b:11:22:33:44');
    await lan.depart(lan.hosts[4] as LanHost);
    const second = await Promise.all([
      scanLan(...deep),
      scanLan(...quick),
      scanLan('-v', '-sn'),
      scanLan('-v', '-sU', '-sS', '-p', 'T:22,80,U:53,161'),
      scanLan('-sO', '-p', '1,6,17'),
    ]);
    return [...first, ...second];
  }

  async function scansOfLoopback([v4, v6]: readonly [number, number]): Promise<string[]> {
    const deep = ['-sV', '--version-intensity', '0', '-sC', '--script-timeout', '3s'] as const;
    const before = [
      await scanLoopback('127.0.0.1', '-p', `${v4},${v6}`, ...deep),
      await scanLoopback('::1', '-6', '-v', '-p', `${v4},${v6}`, ...deep),
    ];
    const later = await listen('127.0.0.1', web('later'));
    return [...before, await scanLoopback('127.0.0.1', '-p', `${v4},${later}`, '--script', 'banner', '--script-args', 'a=é')];
  }

  async function scanLoopback(address: '127.0.0.1' | '::1', ...options: readonly string[]): Promise<string> {
    const file = nextFile();
    await promisify(execFile)('nmap', ['-n', ...options, '-oX', file, '--', address], { timeout: 60_000 });
    return file;
  }

  async function listen(address: string, banner = SSH): Promise<number> {
    const server = createServer((socket) => socket.on('error', () => {}).end(banner));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, address, resolve));
    return (server.address() as { port: number }).port;
  }

  test('they hold what they are made for', () => {
    const all = scans.map((file) => readFileSync(file, 'utf8')).join('');
    assert.ok(scans.length >= 8);
    for (const held of [
      '<hosthint>',
      'state="down"',
      'addrtype="mac"',
      'addrtype="ipv6"',
      '<extraports',
      'protocol="udp"',
      'protocol="ip"',
    ])
      assert.ok(all.includes(held), held);
    for (const held of ['product="', '<script id=', '<osmatch', '&#x', '<trace']) assert.ok(all.includes(held), held);
  });

  test('every pair of them, in every mode', async () => {
    const faults: string[] = [];
    const jobs = scans.flatMap((a) => scans.flatMap((b) => MODES.map((mode) => ({ a, b, mode }))));
    for (const { a, b, mode } of jobs) {
      const fault = await desk.compare({ argv: [...mode, a, b] });
      if (fault !== undefined) faults.push(`${what(a)}\n${what(b)}\n${mode.join(' ')}: ${fault}`);
    }
    if (faults.length > 0) assert.fail(`${faults.length} of ${desk.runs} runs:\n${faults.slice(0, 4).join('\n\n')}`);
  });
});

const what = (file: string): string => /args="[^"]*"/.exec(readFileSync(file, 'utf8'))?.[0] ?? file;
