// Shares the machine: it waits for sweeps, and measures nothing.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createLan, type Lan } from '../lan/index.ts';
import { needs } from '../needs.ts';
import { newProgram, type Program, until } from './program.ts';

type Change = { seq: number; kind: string; after: { cause?: { code: string; text: string } } | null };
type Device = { id: number; presence: string };
type Running = { status: { troubles: string[] } };

/** Everybody may go after a moment of silence: without a canary all four would leave with the first sweep that misses them. */
const config = (block: string): string =>
  `[self]\nwatch = false\n[presence]\nwindow = "4s"\n[[target]]\ntarget = "${block}"\nplans = [{ plan = "sweep", every = "10s" }]\n`;

describe(
  'R2: the switch of a small LAN loses its uplink, while the carrier of the daemon stands',
  needs('nmap', 'netns', 'python3', 'tcpdump', 'arp-scan'),
  () => {
    let lan: Lan;
    let program: Program;
    before(async () => {
      lan = await createLan({ hosts: 4 });
      await lan.cascade();
      await lan.run(['ip', 'route', 'add', 'default', 'via', lan.addressAt(1)]);
      program = await newProgram({ config: config(lan.block), prefix: ['ip', 'netns', 'exec', lan.probe.namespace] });
      await program.daemon();
      // Who answered a few looks is known to answer.
      for (let n = 0; n < 7; n++) await program.json('scan', lan.block, '--plan', 'sweep');
      await until('a sweep', async () => (await sweeps('complete')) >= 1, 60_000);
    });
    after(async () => {
      await program?.end();
      await lan?.stop();
    });

    const changes = (): Promise<Change[]> => program.json('changes', '--limit', '1000');
    const sweeps = async (outcome: string): Promise<number> => {
      const all: { plan: string; subject: string; outcome: string; target: number | null }[] = await program.json(
        'scans',
        '--limit',
        '500',
      );
      return all.filter((scan) => scan.plan === 'sweep' && scan.target !== null && scan.outcome === outcome).length;
    };
    const troubles = async (): Promise<string> => {
      const { status }: Running = await program.json('status');
      return status.troubles.join();
    };
    /** Comings of link-local addresses may be late; they are not the point. */
    const news = async (since: number): Promise<string[]> => {
      const kinds = (await changes()).filter(({ seq }) => seq > since).map(({ kind }) => kind);
      return kinds.filter((kind) => kind !== 'device.appeared' && kind !== 'device.described');
    };

    test('one vantage.blind and nobody leaves; one vantage.restored when it is back', async () => {
      const seq = Math.max(...(await changes()).map((change) => change.seq));
      await lan.uplink('down');
      await until('blindness', async () => (await news(seq)).includes('vantage.blind'), 60_000);
      const { stdout } = await lan.run(['cat', `/sys/class/net/${lan.probe.iface}/carrier`]);
      assert.equal(stdout.trim(), '1');
      const blind = (await changes()).find(({ kind }) => kind === 'vantage.blind');
      assert.equal(blind?.after?.cause?.code, 'canary-silent');
      assert.match(await troubles(), new RegExp(`cannot see .*gateway ${lan.addressAt(1)} of ${lan.block}`));
      const looked = await sweeps('partial');
      await until('more sweeps', async () => (await sweeps('partial')) >= looked + 2, 60_000);
      assert.deepEqual(await news(seq), ['vantage.blind']);
      await lan.uplink('up');
      await until('sight', async () => (await news(seq)).includes('vantage.restored'), 60_000);
      const saw = await sweeps('complete');
      await until('more sweeps', async () => (await sweeps('complete')) >= saw + 2, 60_000);
      assert.deepEqual(await news(seq), ['vantage.blind', 'vantage.restored']);
      assert.equal(await troubles(), '');
      const devices: Device[] = await program.json('devices');
      assert.ok(devices.every(({ presence }) => presence !== 'away'));
    });
  },
);
