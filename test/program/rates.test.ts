import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Capture, captureSent, createLan, type Lan, mostInASecond, type Sent } from '../lan/index.ts';
import { needs } from '../needs.ts';
import { newProgram, type Program } from './program.ts';

/** tcpdump sees a packet a little after nmap counted it. */
const JITTER = 1.1;

describe(
  'G17: a scan never sends more than it may, as captured on the wire',
  needs('nmap', 'netns', 'python3', 'tcpdump', 'arp-scan'),
  () => {
    let lan: Lan;
    let program: Program;
    let capture: Capture;
    before(async () => {
      lan = await createLan({ hosts: 6 });
      const config = `[self]\nwatch = false\n[scan]\nrate = 200\nper_host = 50\n[[target]]\ntarget = "${lan.addressAt(6)}"\nevery = "1d"\nrate = 20\n`;
      program = await newProgram({ config, prefix: ['ip', 'netns', 'exec', lan.probe.namespace] });
      capture = await captureSent(lan);
    });
    after(async () => {
      capture?.end();
      await program?.end();
      await lan?.stop();
    });

    const packets = async (count: number): Promise<Sent[]> => (await capture.sent()).slice(count).filter(({ arp }) => !arp);

    test('the rate holds for a segment, and the cap for each host of it', async () => {
      const from = (await capture.sent()).length;
      const ran = await program.run('scan', `${lan.addressAt(1)}-${lan.addressAt(5)}`, '--ports', 'top 100');
      assert.equal(ran.code, 0, ran.stderr);
      const sent = await packets(from);
      assert.ok(sent.length >= 500, `${sent.length}`);
      const most = mostInASecond(sent);
      assert.ok(most <= 200 * JITTER, `${most} packets in a second`);
      assert.ok(most >= 120, `${most} packets in a second: slower than it may be`);
      for (const [host, some] of Map.groupBy(sent, ({ to }) => to)) {
        assert.ok(mostInASecond(some) <= 50 * JITTER, `${mostInASecond(some)} packets in a second to ${host}`);
      }
    });

    test('what was forecast is what it costs, within a half, and what is said to have been sent is what was captured', async () => {
      const target = `${lan.addressAt(1)}-${lan.addressAt(5)}`;
      await program.run('scan', target, '--plan', 'sweep');
      const [{ likely, worst }] = await program.json('scan', target, '--ports', 'top 200', '--forecast');
      const from = (await capture.sent()).length;
      const began = performance.now();
      const { scan, sent } = await program.json('scan', target, '--ports', 'top 200');
      assert.equal(scan.outcome, 'complete');
      const captured = (await capture.sent()).slice(from).length;
      const took = (Date.parse(scan.finishedAt) - Date.parse(scan.startedAt)) / 1000;
      assert.ok(captured > likely.packets / 1.5 && captured < likely.packets * 1.5, `${likely.packets} forecast, ${captured} captured`);
      assert.ok(captured <= worst.packets, `${worst.packets} at worst, ${captured} captured`);
      assert.ok(
        took > likely.seconds / 1.5 && took < likely.seconds * 1.5,
        `${likely.seconds} s forecast, ${took} s taken of ${performance.now() - began} ms`,
      );
      // The roll call behind it, and the kernel's own questions, are not counted.
      assert.ok(Math.abs(sent - captured) <= 40, `${sent} counted, ${captured} captured`);
    });

    test('one host alone gets no more than its cap', async () => {
      const from = (await capture.sent()).length;
      await program.run('scan', lan.addressAt(2), '--ports', 'top 100');
      const most = mostInASecond(await packets(from));
      assert.ok(most <= 50 * JITTER && most >= 30, `${most}`);
    });

    test('what a target says of itself holds where it lies', async () => {
      const from = (await capture.sent()).length;
      await program.run('scan', lan.addressAt(6), '--ports', '1-60');
      const most = mostInASecond(await packets(from));
      assert.ok(most <= 20 * JITTER && most >= 12, `${most}`);
    });
  },
);
