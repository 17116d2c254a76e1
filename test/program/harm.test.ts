// Shares the machine: it mostly waits for nmap, and measures nothing.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Capture, captureSent, createLan, type Lan, type LanHost } from '../lan/index.ts';
import { needs } from '../needs.ts';
import { newProgram, type Program, until } from './program.ts';

type Device = { id: number; type: string | null; addresses: string[]; harmed: number | null; presence: string };
type Change = { seq: number; kind: string; device: { id: number } | null; after: { scan: number; command: string; because: string[] } };

/** It dies of so many connections that are begun. */
const DIES_AT = 25;

describe('a device that dies during a scan', needs('nmap', 'netns', 'python3', 'tcpdump', 'arp-scan'), () => {
  let lan: Lan;
  let program: Program;
  let capture: Capture;
  let victim: LanHost;
  before(async () => {
    lan = await createLan({ hosts: 6 });
    await Promise.all(lan.hosts.map((host) => lan.open(host, 80, 'HTTP/1.0 200 OK\r\nServer: thttpd\r\n\r\n')));
    const config = '[self]\nwatch = false\n[scan]\nrate = 300\nper_host = 100\n';
    program = await newProgram({ config, prefix: ['ip', 'netns', 'exec', lan.probe.namespace] });
    capture = await captureSent(lan);
    assert.equal((await program.run('scan', lan.block, '--plan', 'sweep')).code, 0);
    const fit = (await devices()).filter(({ type }) => type === null || type === 'router' || type === 'server' || type === 'nas');
    victim = lan.hosts.find(({ address }) => fit.some(({ addresses }) => addresses.includes(address))) as LanHost;
    assert.ok(victim, 'somebody who neither prints nor sleeps');
  });
  after(async () => {
    capture?.end();
    await program?.end();
    await lan?.stop();
  });

  const devices = (): Promise<Device[]> => program.json('devices');
  const changes = async (kind: string): Promise<Change[]> =>
    (await program.json('changes', '--limit', '1000')).filter((one: Change) => one.kind === kind);
  const sentTo = async (address: string, from: number): Promise<number> =>
    (await capture.sent()).slice(from).filter(({ to }) => to === address).length;

  /** When something was sent to it last, in seconds. */
  const lastTo = async (address: string): Promise<number> => (await capture.sent()).findLast(({ to }) => to === address)?.at ?? 0;

  test('is blamed with the scan, its command and the reason; nobody else is, and the scan says nothing of its ports', async () => {
    const from = (await capture.sent()).length;
    const scan = program.run('scan', lan.block, '--ports', '1-300');
    await until('the device to be asked', async () => (await sentTo(victim.address, from)) > DIES_AT);
    await lan.depart(victim);
    const ran = await scan;
    assert.ok(ran.code === 0 || ran.code === 1, ran.stderr);
    const [told, ...others] = await changes('device.harmed');
    assert.ok(told, ran.stdout);
    assert.deepEqual(others, []);
    const harmed = (await devices()).find(({ id }) => id === told.device?.id);
    assert.deepEqual(harmed?.addresses, [victim.address]);
    assert.equal(harmed?.harmed, told.after.scan);
    assert.match(told.after.command, /nmap .*-sS/);
    assert.deepEqual(
      (await changes('port.filtered')).map(({ device }) => device?.id),
      [],
    );
    const why = await program.run('why', String(told.seq));
    assert.match(why.stdout, /it hardly ever leaves/);
    assert.match(why.stdout, /nmap .*-sS/);
  });

  test('is left alone from then on, by every look of every command, until a person releases it', async () => {
    // What the kernel still holds for a host that is not there would go out when it is: the questions of the roll call.
    await until('the kernel to give it up', async () => Date.now() / 1000 - (await lastTo(victim.address)) > 4);
    await lan.arrive(victim);
    const from = (await capture.sent()).length;
    for (const plan of ['sweep', 'ports', 'services'])
      assert.equal((await program.run('scan', lan.block, '--plan', plan, ...(plan === 'sweep' ? [] : ['--ports', '80']))).code, 0);
    const asked = (await capture.sent()).slice(from).filter(({ to }) => to === victim.address);
    assert.deepEqual(asked, [], 'not even by ARP');
    const alone = await program.run('scan', victim.address, '--ports', '80');
    assert.equal(alone.code, 2);
    assert.match(alone.stderr, /left alone since it fell silent under a scan/);
    assert.match(alone.stderr, /rollcall device release/);
    const shown = await program.run('device', victim.address);
    assert.match(shown.stdout, /fell silent under scan/);
    const released = await program.run('device', 'release', victim.address);
    assert.equal(released.code, 0, released.stderr);
    assert.equal((await changes('device.released')).length, 1);
    assert.equal((await program.run('scan', victim.address, '--ports', '80')).code, 0);
    assert.ok((await sentTo(victim.address, from)) > 0);
  });
});
