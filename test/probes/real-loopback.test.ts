import assert from 'node:assert/strict';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { test } from 'node:test';
import { type LookNews, PLANS, portsHold, type ScanReport } from '../../src/core/index.ts';
import { createMachine, createNmapProber } from '../../src/probes/index.ts';
import { needs } from '../needs.ts';
import { fastClock } from './clocks.ts';
import { rangesOf } from './stub.ts';

async function listening(work: (port: number) => Promise<void>): Promise<void> {
  const server: Server = createServer((socket) => socket.on('error', () => {}).end('220 a banner\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await work((server.address() as AddressInfo).port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

function look(privileged: boolean, news: LookNews[] = []): Promise<ScanReport> {
  const machine = createMachine();
  const prober = createNmapProber({ clock: fastClock(), machine: { ...machine, privileged: () => privileged && machine.privileged() } });
  return prober.look(
    { plan: PLANS.ports, addresses: rangesOf('127.0.0.1'), iface: null },
    (item) => news.push(item),
    new AbortController().signal,
  );
}

for (const privileged of [true, false])
  test(
    `a port that listens on this machine is seen open, and closed after (${privileged ? 'as we are' : 'without raw packets'})`,
    needs('nmap'),
    async () => {
      let used = 0;
      await listening(async (port) => {
        used = port;
        const news: LookNews[] = [];
        const report = await look(privileged, news);
        assert.equal(report.outcome, 'complete', JSON.stringify(report.cause));
        assert.deepEqual(
          report.observations[0]?.ports.filter((each) => each.port === port).map(({ state }) => state),
          ['open'],
        );
        assert.equal(report.vantage.iface, 'lo');
        assert.equal(news.filter(({ kind }) => kind === 'host').length, 1);
      });
      const report = await look(privileged);
      assert.equal(report.outcome, 'complete');
      assert.equal(
        report.observations[0]?.ports.find(({ port }) => port === used),
        undefined,
      );
      assert.ok(portsHold(report.coverage.ports.tcp ?? [], used), 'its silence was asked for');
    },
  );
