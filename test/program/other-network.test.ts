import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { createLan, type Lan } from '../lan/index.ts';
import { needs } from '../needs.ts';
import { newProgram, type Program, until } from './program.ts';

type Change = { seq: number; kind: string; after: { cause?: { code: string; text: string } } | null };
type Scan = { plan: string; outcome: string };
type Device = { id: number; macs: string[]; presence: string };

/** As often as it may be, and everybody may go after a moment of silence: without a hold thirteen would leave at once. */
const config = (block: string): string =>
  `[self]\nwatch = false\n[presence]\nwindow = "4s"\n[[target]]\ntarget = "${block}"\nplans = [{ plan = "sweep", every = "10s" }]\n`;

describe(
  'R5: a bridge is swapped behind the veth of a daemon that listens and sweeps',
  needs('nmap', 'netns', 'python3', 'tcpdump', 'arp-scan'),
  () => {
    let lan: Lan;
    let program: Program;
    before(async () => {
      lan = await createLan({ hosts: 13 });
      await lan.buildElsewhere(10);
      await lan.run(['ip', 'route', 'add', 'default', 'via', lan.addressAt(1)]);
      program = await newProgram({ config: config(lan.block), prefix: ['ip', 'netns', 'exec', lan.probe.namespace] });
      await program.daemon();
      await until('sweeps at home', async () => (await scans('complete')) >= 2, 60_000);
      await until('the bridge at home to be known', isBridgeKnown, 60_000);
    });
    after(async () => {
      await program?.end();
      await lan?.stop();
    });

    /** A bridge speaks IPv6, and seldom: one that is heard first after all this would have come. Whoever is pinged asks for who pings. */
    const isBridgeKnown = async (): Promise<boolean> => {
      const [bridge] = JSON.parse(execFileSync('ip', ['-n', lan.switch, '-j', 'link', 'show', 'br0'], { encoding: 'utf8' }));
      await lan.run(['ping', '-6', '-c', '1', '-W', '1', 'ff02::1%lan0']);
      const devices: Device[] = await program.json('devices');
      return devices.some(({ macs }) => macs.includes(bridge.address));
    };
    const changes = (): Promise<Change[]> => program.json('changes', '--limit', '1000');
    const scans = async (outcome: string): Promise<number> => {
      const all: Scan[] = await program.json('scans', '--limit', '500');
      return all.filter((scan) => scan.plan === 'sweep' && scan.outcome === outcome).length;
    };
    const news = async (since: number): Promise<string[]> => (await changes()).filter(({ seq }) => seq > since).map(({ kind }) => kind);

    test('nobody leaves and nobody comes, whoever is heard there, and at home nothing has happened', async () => {
      const devices: Device[] = await program.json('devices');
      assert.ok(devices.length >= 15, 'thirteen hosts, the probe, and the bridge, which answers IPv6');
      const seq = Math.max(...(await changes()).map((change) => change.seq));
      await lan.carry('elsewhere');
      await until('the other network to be told', async () => (await news(seq)).includes('vantage.blind'), 60_000);
      const { after: told } = (await changes()).find((change) => change.kind === 'vantage.blind') as Change;
      assert.equal(told?.cause?.code, 'other-network');
      const failed = await scans('failed');
      await until('more sweeps there', async () => (await scans('failed')) >= failed + 2, 60_000);
      await lan.carry('home');
      await until('home', async () => (await news(seq)).includes('vantage.restored'), 60_000);
      const home = await scans('complete');
      await until('more sweeps at home', async () => (await scans('complete')) >= home + 2, 60_000);
      const kinds = await news(seq);
      const asked = kinds.indexOf('gateway.changed');
      const since = kinds.slice(asked + 1).filter((kind) => kind !== 'device.left');
      assert.deepEqual(since, ['vantage.blind', 'vantage.restored'], kinds.join(', '));
      assert.ok(
        kinds.slice(0, asked).every((kind) => kind === 'device.appeared'),
        `those who spoke before the gateway was asked: ${kinds.join(', ')}`,
      );
      const all: Device[] = await program.json('devices');
      const same = all.filter(({ id }) => devices.some((one) => one.id === id));
      assert.deepEqual(
        same.map(({ id, macs, presence }) => [id, macs, presence]),
        devices.map(({ id, macs }) => [id, macs, 'present']),
      );
    });
  },
);
