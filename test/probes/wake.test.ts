import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { needs } from '../needs.ts';
import { layWire, type Wire } from './wire.ts';

const CARD = 'f0:18:98:00:00:01';
const run = promisify(execFile);

interface Ears {
  /** Every frame that passed, in hex, once nothing came for a moment; ends it. */
  end(): Promise<string[]>;
}

/** Hears all that leaves by an interface of the namespace but the talk of IPv6 and ARP. */
async function hear(wire: Wire, iface: string): Promise<Ears> {
  const [program, ...words] = [...wire.here, 'tcpdump', '-i', iface, '-Q', 'out', '-n', '-xx', '-l', '--immediate-mode', 'ip and not icmp'];
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ready = Promise.withResolvers<void>();
  const frames: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (line.includes('listening on')) ready.resolve();
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const hex = /^\s+0x[0-9a-f]+:\s+(.*)$/.exec(line)?.[1]?.replaceAll(' ', '');
    if (hex === undefined) frames.push('');
    else frames.push((frames.pop() ?? '') + hex);
  });
  const over = new Promise<void>((resolve) => child.once('close', () => resolve()));
  void over.then(() => ready.reject(new Error('tcpdump ended before it listened')));
  await ready.promise;
  return {
    async end() {
      child.kill('SIGINT'); // it then prints what it still holds
      await over;
      return frames.filter((frame) => frame !== '');
    },
  };
}

describe('waking on a wire', needs('netns', 'tcpdump'), () => {
  let wire: Wire;
  before(() => {
    wire = layWire();
    wire.addDetour();
  });
  after(() => wire.remove());

  const wake = async (mac: string, iface: string, block: string) => {
    const [program, ...words] = [...wire.here, process.execPath, `${import.meta.dirname}/wake-from-here.ts`, mac, iface, block];
    return JSON.parse((await run(program, words)).stdout) as { ok: boolean; value?: object; reason?: string };
  };

  test('one magic packet goes out: 102 bytes to UDP port 9 of the broadcast address, on that segment and on no other', async () => {
    const [here, detour] = [await hear(wire, 'va'), await hear(wire, 'vc')];
    assert.deepEqual(await wake(CARD, 'va', '10.77.0.0/24'), {
      ok: true,
      value: { mac: CARD, iface: 'va', from: '10.77.0.1', to: '10.77.0.255' },
    });
    const [frames, elsewhere] = [await here.end(), await detour.end()];
    assert.equal(frames.length, 1, 'once');
    assert.deepEqual(elsewhere, [], 'not by the default route either');
    const [frame = ''] = frames;
    const card = CARD.replaceAll(':', '');
    assert.equal(frame.slice(0, 24), `ffffffffffff${wire.ownMac.replaceAll(':', '')}`, 'to all, from the card of that interface');
    const packet = frame.slice(28);
    assert.equal(packet.slice(24, 40), '0a4d00010a4d00ff', '10.77.0.1 to 10.77.0.255');
    assert.equal(packet.slice(44, 52), `0009${(102 + 8).toString(16).padStart(4, '0')}`, 'UDP port 9, 102 bytes and the header');
    assert.equal(packet.slice(56), 'ff'.repeat(6) + card.repeat(16));
    assert.equal(packet.slice(56).length / 2, 102);
  });

  test('nothing goes out where this machine has no address of its own, by loopback, or to a network without a broadcast address', async () => {
    const [here, detour] = [await hear(wire, 'va'), await hear(wire, 'vc')];
    const reasons: readonly [iface: string, block: string, reason: RegExp][] = [
      ['va', '10.99.0.0/24', /no address there any more/],
      ['vc', '10.77.0.0/24', /no address there any more/],
      ['gone0', '10.77.0.0/24', /no address there any more/],
      ['lo', '127.0.0.0/8', /no broadcast address/],
      ['va', '10.77.0.1/32', /no broadcast address/],
      ['va', '10.77.0.0/31', /no broadcast address/],
      ['va', 'fd77::/64', /no broadcast address/],
    ];
    for (const [iface, block, reason] of reasons) {
      const told = await wake(CARD, iface, block);
      assert.equal(told.ok, false, `${iface} ${block}`);
      assert.match(String(told.reason), reason);
    }
    assert.deepEqual([await here.end(), await detour.end()], [[], []]);
  });

  test('a network that is down is told in words', async () => {
    wire.ipHere('link', 'set', 'va', 'down');
    const told = await wake(CARD, 'va', '10.77.0.0/24');
    wire.ipHere('link', 'set', 'va', 'up');
    assert.equal(told.ok, false);
    assert.match(String(told.reason), /^waking f0:18:98:00:00:01 on va \(10.77.0.0\/24\): /);
  });
});
