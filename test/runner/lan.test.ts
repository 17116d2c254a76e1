import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createLan, type Lan } from '../lan/index.ts';
import { needs } from '../needs.ts';
import { type Looker, startLooker } from '../probes/looker.ts';
import { type ConfinedRunner, confined, startRunner } from './confined.ts';

describe(
  'looking through a runner that has one capability, by a process that has none',
  needs('netns', 'python3', 'arp-scan', 'nmap', 'setpriv'),
  () => {
    let lan: Lan;
    let runner: ConfinedRunner;
    let looker: Looker;
    before(async () => {
      lan = await createLan({ hosts: 4 });
      const there = ['ip', 'netns', 'exec', lan.probe.namespace];
      runner = await startRunner({ before: there });
      looker = startLooker([...there, ...confined(), 'env', `TEST_RUNNER=${runner.socket}`]);
    });
    after(async () => {
      await looker?.close();
      await runner?.stop();
      await lan.stop();
    });

    test('a SYN scan sees open ports and hardware addresses', async () => {
      const host = lan.hosts[0]!;
      await lan.open(host, 22, 'SSH-2.0-OpenSSH_9.2p1\r\n');
      const report = await looker.look({ targets: [lan.block], plan: 'ports', change: { ports: { kind: 'top', count: 20 } } });
      console.log(JSON.stringify(report).slice(0, 1500));
      assert.equal(report.outcome, 'complete', JSON.stringify(report.cause));
    });
  },
);
