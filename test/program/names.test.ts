// Shares the machine: it waits for a device to be asked again, and measures nothing.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { createLan, type Lan, type LanHost } from '../lan/index.ts';
import { needs } from '../needs.ts';
import { newProgram, type Program, until } from './program.ts';

type Named = { addresses: string[]; nameSources: { name: string; source: string }[] };

const RESPONDER = `${import.meta.dirname}/../names/responder.py`;
/** As shipped, but for how soon a device that answered is asked again: the shortest time that may be chosen. */
const config = (block: string): string =>
  `refresh = "60s"\n[self]\nwatch = false\n[[target]]\ntarget = "${block}"\nplans = [{ plan = "sweep", every = "10s" }]\n`;

describe('a daemon among devices that tell their names', needs('nmap', 'netns', 'python3', 'tcpdump'), () => {
  let lan: Lan;
  let program: Program;
  let frames = '';
  const children: ChildProcess[] = [];
  before(async () => {
    lan = await createLan({ hosts: 4 });
    program = await newProgram({ config: config(lan.block), prefix: ['ip', 'netns', 'exec', lan.probe.namespace] });
    const capture = lan.spawn(['tcpdump', '-i', lan.probe.iface, '-l', '-n', 'port 5353 or port 5355'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    capture.stdout?.on('data', (chunk: Buffer) => (frames += chunk.toString()));
    const ready = Promise.withResolvers<void>();
    capture.stderr?.on('data', (chunk: Buffer) => chunk.toString().includes('listening') && ready.resolve());
    await ready.promise;
  });
  after(async () => {
    for (const child of children) child.kill('SIGKILL');
    await program?.end();
    await lan?.stop();
  });

  async function answering(host: LanHost, name: string): Promise<() => Promise<void>> {
    const words = ['netns', 'exec', host.namespace, 'python3', RESPONDER, host.address, name, 'HOMEGROUP', 'MacBookPro18,3', 'fine'];
    const child = spawn('ip', words, { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    const gone = new Promise<void>((resolve) => child.on('close', () => resolve()));
    let isReady = false;
    createInterface({ input: child.stdout }).on('line', (line) => (isReady ||= line === 'ready'));
    await until('the responder', () => isReady);
    return () => {
      child.kill('SIGKILL');
      return gone;
    };
  }

  const nameOf = async ({ address }: LanHost, source: string): Promise<string | undefined> => {
    const devices = (await program.json('devices')) as Named[];
    return devices.find(({ addresses }) => addresses.includes(address))?.nameSources.find((name) => name.source === source)?.name;
  };
  /** Asked seldom, as each question is a process of its own. */
  const named = (host: LanHost, wanted: string, deadline: number): Promise<void> =>
    until(
      wanted,
      async () => {
        await pause(1000);
        return (await nameOf(host, 'mdns')) === wanted;
      },
      deadline,
    );

  test('a name is asked for again, not only when the device is new; and nobody is ever asked by LLMNR', async () => {
    const host = lan.hosts[0] as LanHost;
    const hangUp = await answering(host, 'macbook');
    await program.daemon();
    await named(host, 'macbook.local', 30_000);
    assert.equal(await nameOf(host, 'netbios'), 'MACBOOK');
    await hangUp();
    await answering(host, 'annas-mac');
    await named(host, 'annas-mac.local', 120_000);
    assert.equal(await nameOf(host, 'netbios'), 'ANNAS-MAC');
    assert.match(frames, /\.5353: /, 'the capture sees who is asked by mDNS');
    assert.doesNotMatch(frames, /\.5355\b/);
    assert.equal(await nameOf(host, 'llmnr'), undefined);
  });
});
