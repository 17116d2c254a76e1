import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createLan, type Lan, startTalker } from '../lan/index.ts';
import { needs, toolEnv, toolPath } from '../needs.ts';
import { until } from '../program/program.ts';
import { type Booted, bootSystemd } from './booted.ts';

const FOLDER = fileURLToPath(new URL('../../packaging/systemd', import.meta.url));
const UNITS = ['rollcall.service', 'rollcall-runner.service'] as const;

describe('G11: the units', () => {
  const setting = (unit: string, key: string): string[] =>
    [...readFileSync(join(FOLDER, unit), 'utf8').matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value]) => value ?? '');

  for (const unit of UNITS)
    test(`${unit} is exposed by 2.0 at most, as systemd counts it`, needs('systemd-analyze'), (t) => {
      const argv = ['security', '--offline=true', '--threshold=20', '--no-pager', join(FOLDER, unit)];
      const text = execFileSync(toolPath('systemd-analyze') as string, argv, { encoding: 'utf8', env: toolEnv() });
      t.diagnostic(text.trim().split('\n').at(-1) ?? '');
      assert.ok(Number(/exposure level for \S+: (\d+\.\d)/.exec(text)?.[1]) <= 2);
    });

  test('there is exactly one capability, and only the runner has it', () => {
    assert.deepEqual(
      UNITS.map((unit) => setting(unit, 'CapabilityBoundingSet')),
      [[''], ['CAP_NET_RAW']],
    );
    assert.deepEqual(
      UNITS.map((unit) => setting(unit, 'AmbientCapabilities')),
      [[''], ['CAP_NET_RAW']],
    );
    assert.ok(setting('rollcall.service', 'RestrictAddressFamilies').every((families) => !families.includes('AF_PACKET')));
    assert.notEqual(setting('rollcall.service', 'User')[0], setting('rollcall-runner.service', 'User')[0]);
  });
});

interface Scan {
  readonly outcome: string;
  readonly cause: { readonly text: string } | null;
  readonly privileged: boolean;
  readonly up: number;
}

/** Nothing is asked but by this test. */
const CONFIG = '[self]\nwatch = false\n';

describe(
  'S28 S29: under a real systemd',
  needs('root', 'netns', 'python3', 'nmap', 'arp-scan', 'tcpdump', 'setpriv', 'systemd', 'systemd-sysusers'),
  () => {
    let lan: Lan;
    let booted: Booted;
    const rollcall = (...words: readonly string[]): Promise<string> => booted.run('/opt/rollcall/bin/rollcall', ...words);
    const scan = async (target: string, ...words: readonly string[]): Promise<Scan> =>
      JSON.parse(await rollcall('scan', target, '--json', ...words)).scan;
    before(async () => {
      lan = await createLan({ hosts: 3 });
      await lan.open(lan.hosts[0]!, 22, 'SSH-2.0-OpenSSH_9.2p1\r\n');
      booted = await bootSystemd(lan);
      const attack = '/opt/rollcall/test/runner/attack.py';
      const dropIn = `[Service]\nExecStartPre=/bin/sh -c 'touch $STATE_DIRECTORY/store.db; /usr/bin/env python3 ${attack} > $STATE_DIRECTORY/attack 2>&1; rm $STATE_DIRECTORY/store.db'\n`;
      await booted.run(
        'sh',
        '-c',
        `mkdir -p /run/systemd/system/rollcall.service.d && printf '%s' "$1" > /run/systemd/system/rollcall.service.d/attack.conf`,
        'sh',
        dropIn,
      );
      await booted.run(
        'sh',
        '-c',
        `printf '%s' "$1" > /etc/rollcall/rollcall.toml && chgrp rollcall /etc/rollcall/rollcall.toml && chmod 640 /etc/rollcall/rollcall.toml`,
        'sh',
        CONFIG,
      );
      await booted.run('systemctl', 'daemon-reload');
      await booted.run('systemctl', 'start', 'rollcall.service');
      await until('the daemon to answer', async () => /raw packets/.test(await rollcall('status')), 30_000);
    });
    after(async () => {
      await booted?.stop();
      await lan?.stop();
    });

    test('code that has taken over the daemon can open no raw socket, start no scan of its own, and get nowhere else', async () => {
      const lines = (await booted.run('cat', '/var/lib/rollcall/attack')).trim().split('\n');
      assert.equal(lines.length, 15, lines.join('\n'));
      for (const line of lines) assert.match(line, /^refused /);
      const raw = lines.map((line) => line.slice('refused '.length)).filter((name) => /raw|SYN/.test(name));
      const elsewhere = await booted.run('/usr/bin/env', 'python3', '/opt/rollcall/test/runner/attack.py', ...raw);
      assert.deepEqual(
        elsewhere.trim().split('\n'),
        raw.map((name) => `OPEN ${name}`),
        'the same succeeds where nothing is shut in',
      );
    });

    test('the daemon has no capability, and the runner has one', async () => {
      const capabilities = async (unit: string): Promise<string> => {
        const pid = (await booted.run('systemctl', 'show', '--property=MainPID', '--value', unit)).trim();
        return (await booted.run('grep', '-E', '^Cap(Eff|Bnd):', `/proc/${pid}/status`)).replaceAll(/\s+/g, ' ').trim();
      };
      assert.equal(await capabilities('rollcall.service'), 'CapEff: 0000000000000000 CapBnd: 0000000000000000');
      assert.equal(await capabilities('rollcall-runner.service'), 'CapEff: 0000000000002000 CapBnd: 0000000000002000');
    });

    test('the store is for nobody else, and the socket of the runner for root and the group of the daemon', async () => {
      assert.equal((await booted.run('stat', '-c', '%a %U', '/var/lib/rollcall')).trim(), '700 rollcall');
      assert.equal((await booted.run('stat', '-c', '%a %U:%G', '/run/rollcall/runner.sock')).trim(), '660 root:rollcall');
      const connect = 'import socket; socket.socket(socket.AF_UNIX).connect("/run/rollcall/runner.sock")';
      const stranger = await booted.run(
        'setpriv',
        '--reuid',
        '65534',
        '--regid',
        '65534',
        '--clear-groups',
        '/usr/bin/env',
        'python3',
        '-c',
        connect,
      );
      assert.match(stranger, /[Pp]ermission denied/);
    });

    test('doctor finds nothing that is limited', async () => {
      assert.doesNotMatch(await rollcall('doctor'), /^(?:limited|broken)/m);
    });

    test('a sweep by arp-scan and a SYN scan work', async () => {
      const sweep = await scan(lan.block, '--plan', 'sweep');
      assert.deepEqual([sweep.outcome, sweep.privileged, sweep.up], ['complete', true, 4], JSON.stringify(sweep));
      const ports = await scan(lan.block, '--plan', 'ports', '--ports', '22');
      assert.deepEqual([ports.outcome, ports.privileged, ports.up], ['complete', true, 4], JSON.stringify(ports));
      assert.match(await rollcall('device', lan.hosts[0]!.address), /22\/tcp/);
    });

    test('who announces himself is heard', async () => {
      await rollcall('watch', lan.block);
      const talker = await startTalker(lan);
      await until(
        'the newcomer',
        async () => {
          await talker.announce({ mac: '00:1b:a9:12:34:56', address: '10.77.0.99' });
          return /10\.77\.0\.99/.test(await rollcall('devices'));
        },
        30_000,
      );
      await talker.stop();
    });

    test('a runner that was killed is started again, and what it did is a failed scan with a cause', async () => {
      const slow = scan(lan.hosts[1]!.address, '--plan', 'ports', '--ports', 'all');
      await until('nmap to run', async () => (await booted.run('sh', '-c', 'cat /proc/[0-9]*/cmdline')).includes('1-65535'), 20_000);
      await booted.run('systemctl', 'kill', '--signal=KILL', '--kill-whom=main', 'rollcall-runner.service');
      const report = await slow;
      assert.notEqual(report.outcome, 'complete');
      assert.match(report.cause?.text ?? '', /the death of the runner|the runner at/);
      const again = await scan(lan.block, '--plan', 'sweep');
      assert.equal(again.outcome, 'complete', JSON.stringify(again));
    });
  },
);
