import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import * as make from '../capture/frames.ts';
import { type Sender, type Station, startSender, startStation } from '../capture/station.ts';
import { createLan, type Lan } from '../lan/index.ts';
import { needs } from '../needs.ts';
import { comesTrue } from '../probes/clocks.ts';
import { type Looker, type PrintedReport, startLooker } from '../probes/looker.ts';
import { type ConfinedRunner, childrenOf, confined, memoryOf, startRunner } from './confined.ts';

/** CAP_NET_RAW alone. */
const NET_RAW = '0000000000002000';
const PHONE = 'f0:18:98:00:00:01';

const capabilitiesOf = (pid: number): string[] =>
  ['CapEff', 'CapPrm', 'CapBnd', 'CapAmb'].map(
    (set) => new RegExp(`^${set}:\\s*([0-9a-f]+)$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '',
  );

/** One that nobody may run, too. */
const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
const OPEN_RAW = `
import socket, sys
ways = [(socket.AF_PACKET, socket.SOCK_RAW, 3), (socket.AF_INET, socket.SOCK_RAW, 1), (socket.AF_INET6, socket.SOCK_RAW, 58)]
for way in ways:
    try:
        socket.socket(*way)
        print("opened", way)
    except PermissionError:
        print("refused")
`;

describe(
  'looking through a runner with one capability, by a process that has none',
  needs('netns', 'python3', 'arp-scan', 'nmap', 'tcpdump', 'ping', 'setpriv'),
  () => {
    let lan: Lan;
    let runner: ConfinedRunner;
    let looker: Looker;
    let there: readonly string[];
    before(async () => {
      lan = await createLan({ hosts: 4 });
      there = ['ip', 'netns', 'exec', lan.probe.namespace];
      runner = await startRunner({ before: there });
      looker = startLooker([...there, ...confined(), 'env', `TEST_RUNNER=${runner.socket}`]);
    });
    after(async () => {
      await looker?.close();
      await runner?.stop();
      await lan?.stop();
    });

    const found = ({ observations }: PrintedReport): string[] => observations.map(({ address, mac }) => `${address} ${mac}`).sort();
    const standing = (): string[] => [...lan.hosts, lan.probe].map(({ address, mac }) => `${address} ${mac}`).sort();

    test('S29: the process that judges can open no raw socket; the runner can, and nothing else', async () => {
      const { stdout } = await lan.run([...confined(), PYTHON, '-c', OPEN_RAW]);
      assert.deepEqual(stdout.trim().split('\n'), ['refused', 'refused', 'refused']);
      assert.deepEqual(capabilitiesOf(runner.pid), [NET_RAW, NET_RAW, NET_RAW, NET_RAW]);
      assert.deepEqual(new Set(capabilitiesOf(looker.pid)), new Set(['0000000000000000']));
    });

    test('a SYN scan sees open ports and hardware addresses', async () => {
      const host = lan.hosts[0]!;
      await lan.open(host, 22, 'SSH-2.0-OpenSSH_9.2p1\r\n');
      const report = await looker.look({ targets: [lan.block], plan: 'ports', change: { ports: { kind: 'top', count: 20 } } });
      assert.equal(report.outcome, 'complete', JSON.stringify(report.cause));
      assert.deepEqual(found(report), standing());
      assert.ok(report.commands[0]?.includes('-sS'), String(report.commands[0]));
      assert.equal(
        report.observations.find(({ address }) => address === host.address)?.ports.find(({ port }) => port === 22)?.state,
        'open',
      );
      assert.deepEqual([report.vantage.privileged, (report.raw ?? 0) > 100], [true, true]);
    });

    test('UDP ports, and versions with scripts, are asked', async () => {
      const host = lan.hosts[0]!;
      const udp = await looker.look({ targets: [host.address], plan: 'udp', change: { ports: { kind: 'list', ports: [[161, 161]] } } });
      assert.equal(udp.outcome, 'complete', JSON.stringify(udp.cause));
      await lan.open(host, 8080, 'HTTP/1.0 200 OK\r\nServer: nginx/1.22.1\r\nContent-Length: 2\r\n\r\nok');
      const change = { ports: { kind: 'list', ports: [[8080, 8080]] } } as const;
      const services = await looker.look({ targets: [host.address], plan: 'services', change });
      assert.equal(services.observations[0]?.ports[0]?.service?.product, 'nginx', JSON.stringify(services));
    });

    test('a sweep finds neighbours with arp-scan', async () => {
      const report = await looker.look({ targets: [lan.block], plan: 'sweep', sweepRate: 0 });
      assert.deepEqual([report.outcome, report.tool.name], ['complete', 'arp-scan'], JSON.stringify(report.cause));
      assert.deepEqual(found(report), standing());
    });

    test('before somebody is said to have left, he is asked by every way there is', async () => {
      const host = lan.hosts[3]!;
      const ask = { targets: [host.address], plan: 'sweep', thorough: true, sweepRate: 0 } as const;
      assert.deepEqual(found(await looker.look(ask)), [`${host.address} ${host.mac}`]);
      await lan.depart(host);
      const report = await looker.look(ask);
      assert.deepEqual([report.outcome, report.coverage.addresses, found(report)], ['complete', [host.address], []]);
      assert.deepEqual(
        report.commands.map(([tool]) => tool?.split('/').at(-1)),
        ['arp-scan', 'nmap'],
      );
      await lan.arrive(host);
    });

    test('law 1: a runner that dies in the middle is a failed look with its cause, and looks go on when it is back', async () => {
      const slow = { ports: { kind: 'all' }, maxRate: 50 } as const;
      const report = looker.look({ targets: [lan.hosts[1]!.address], plan: 'ports', change: slow });
      assert.ok(await comesTrue(() => childrenOf(runner.pid).length > 0, 10_000));
      await runner.kill();
      const died = await report;
      assert.deepEqual([died.outcome, died.cause?.code, died.coverage.addresses, died.observations], ['failed', 'killed', [], []]);
      assert.match(died.cause?.text ?? '', /the death of the runner/);
      const absent = await looker.look({ targets: [lan.block], plan: 'sweep', sweepRate: 0 });
      assert.deepEqual([absent.outcome, absent.observations], ['failed', []], 'not done without it, by what little is left');
      assert.match(absent.cause?.text ?? '', /the runner at \S+ does not answer/);
      await runner.again();
      const deadline = performance.now() + 15_000;
      let back = absent;
      while (back.outcome === 'failed' && performance.now() < deadline)
        back = await looker.look({ targets: [lan.block], plan: 'sweep', sweepRate: 0 });
      assert.equal(back.outcome, 'complete', JSON.stringify(back.cause));
      assert.deepEqual(found(back), standing());
    });

    describe('listening', () => {
      let sender: Sender;
      let through: Station;
      let direct: Station;
      before(async () => {
        sender = await startSender(lan);
        through = await startStation(lan, sender, { before: [...confined(), 'env', `TEST_RUNNER=${runner.socket}`] });
        direct = await startStation(lan, sender);
      });
      after(async () => {
        await through?.stop();
        await direct?.stop();
      });

      test('who announces himself is told, at most 5 ms later than without a runner', async (t) => {
        const later: number[] = [];
        for (let i = 0; i < 60; i++) {
          const address = `10.77.0.${100 + i}`;
          const from = `${PHONE.slice(0, -2)}${i.toString(16).padStart(2, '0')}`;
          await sender.send(make.arp({ from }, { sender: address, target: address }));
          const isIt = (sighting: { readonly mac: string; readonly way: string }): boolean =>
            sighting.mac === from && sighting.way === 'arp';
          const [one, other] = await Promise.all([through.hears(isIt), direct.hears(isIt)]);
          assert.deepEqual([one.sighting.address, one.sighting.line], [address, `arp announce ${address}`]);
          later.push(one.told - other.told);
        }
        later.sort((a, b) => a - b);
        const [median, worst] = [later[30] as number, later[57] as number];
        t.diagnostic(`later by ${median.toFixed(2)} ms in the median, ${worst.toFixed(2)} ms in 95 of 100`);
        assert.ok(median < 5, `${median} ms`);
        t.diagnostic(`the runner takes ${memoryOf(runner.pid).toFixed(0)} MB`);
        assert.ok(memoryOf(runner.pid) < 120);
      });

      test('after the death of the runner it goes on by itself when that is back', async () => {
        await runner.kill();
        await runner.again();
        const from = 'f0:18:98:00:01:01';
        const deadline = performance.now() + 20_000;
        for (let heard = false; !heard; ) {
          assert.ok(performance.now() < deadline, 'nothing was heard any more');
          await sender.send(make.arp({ from }, { sender: '10.77.0.200', target: '10.77.0.200' }));
          heard = await through
            .hears(({ mac, way }) => mac === from && way === 'arp', 500)
            .then(
              () => true,
              () => false,
            );
        }
      });
    });
  },
);
