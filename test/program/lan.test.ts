// Shares the machine: it waits for sweeps, and measures nothing.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { createLan, type Lan, type LanHost } from '../lan/index.ts';
import { needs } from '../needs.ts';
import { newProgram, type Program, until } from './program.ts';

type Json = Record<string, unknown>;
type Change = { kind: string; device: { id: number } | null; before: Json | null; after: Json | null };
type Device = { id: number; macs: string[]; addresses: string[]; vendor: string | null; randomizedMac: boolean; presence: string };

/** A tolerance of nothing, so that one sweep decides. */
const AT_ONCE = '[presence]\nwindow = "0s"\n[self]\nwatch = false\n';

describe('a LAN of 60 hosts, swept from inside', needs('nmap', 'netns', 'python3'), () => {
  let lan: Lan;
  let program: Program;
  before(async () => {
    lan = await createLan({ hosts: 60 });
    program = await newProgram({ config: AT_ONCE, prefix: ['ip', 'netns', 'exec', lan.probe.namespace] });
  });
  after(async () => {
    await program?.end();
    await lan?.stop();
  });

  const sweep = (): Promise<{ scan: Json; hosts: Json[]; changes: Change[] }> => program.json('scan', lan.block, '--plan', 'sweep');
  const devices = (): Promise<Device[]> => program.json('devices');
  const at = async (address: string): Promise<Device> => (await devices()).find(({ addresses }) => addresses.includes(address)) as Device;

  test('finds everybody, with the right MAC and maker', async () => {
    const { scan, hosts, changes } = await sweep();
    assert.equal(scan['outcome'], 'complete');
    assert.equal(hosts.length, 61); // and the probe itself
    assert.ok(changes.every(({ kind }) => kind === 'device.appeared'));
    const found = new Map((await devices()).map((device) => [device.addresses[0], device]));
    for (const { address, mac, vendor } of lan.hosts) {
      assert.deepEqual(found.get(address)?.macs, [mac], address);
      assert.match(String(found.get(address)?.vendor), new RegExp(`^${vendor}`, 'i'), address);
    }
    assert.deepEqual(found.get(lan.probe.address)?.macs, [lan.probe.mac]);
  });

  test('says nothing when nothing changed', async () => {
    const { scan, changes } = await sweep();
    assert.equal(scan['outcome'], 'complete');
    assert.deepEqual(changes, []);
  });

  test('names exactly what changed: one left, one came, one moved, one made up a MAC', async () => {
    const [leaver, mover, masker] = [lan.hosts[3], lan.hosts[7], lan.hosts[11]] as [LanHost, LanHost, LanHost];
    const [left, moved, masked] = [await at(leaver.address), await at(mover.address), await at(masker.address)];
    const from = mover.address;
    await lan.depart(leaver);
    const comer = await lan.arrive();
    await lan.readdress(mover, lan.addressAt(200));
    await lan.changeMac(masker, 'd2:3b:11:22:33:44');

    const { changes } = await sweep();
    const told = new Map(changes.map((change) => [`${change.kind} ${change.device?.id}`, change]));
    const come = await at(comer.address);
    const mask = (await devices()).find(({ macs }) => macs.includes('d2:3b:11:22:33:44')) as Device;
    assert.deepEqual(
      [...told.keys()].sort(),
      [
        `device.appeared ${come.id}`,
        `device.appeared ${mask.id}`,
        `device.left ${left.id}`,
        `device.left ${masked.id}`,
        `device.readdressed ${moved.id}`,
      ].sort(),
    );
    const readdressed = told.get(`device.readdressed ${moved.id}`);
    assert.deepEqual([readdressed?.before, readdressed?.after], [{ addresses: [from] }, { addresses: [lan.addressAt(200)] }]);
    assert.equal(mask.randomizedMac, true);
    assert.equal(come.randomizedMac, false);
  });

  test('somebody who comes back has returned, under the same id', async () => {
    const leaver = lan.hosts[3] as LanHost;
    await lan.arrive(leaver);
    const { changes } = await sweep();
    assert.deepEqual(
      changes.map(({ kind, device }) => [kind, device?.id]),
      [['device.returned', (await at(leaver.address)).id]],
    );
  });
});

describe('a probe that cannot see changes nobody', needs('nmap', 'netns', 'python3'), () => {
  let lan: Lan;
  let program: Program;
  let known: readonly Device[];
  before(async () => {
    lan = await createLan({ hosts: 12, detour: true });
    program = await newProgram({ config: AT_ONCE, prefix: ['ip', 'netns', 'exec', lan.probe.namespace] });
    await sweep();
    known = await program.json('devices');
    assert.equal(known.length, 13);
  });
  after(async () => {
    await program?.end();
    await lan?.stop();
  });

  const sweep = async (): Promise<{ scan: { outcome: string; cause: { code: string } | null }; changes: Change[] }> => {
    const { stdout } = await program.run('scan', lan.block, '--plan', 'sweep', '--json');
    return JSON.parse(stdout);
  };
  const assertFrozen = async (codes: RegExp): Promise<void> => {
    const { scan, changes } = await sweep();
    assert.match(scan.outcome, /^(failed|partial)$/);
    assert.match(String(scan.cause?.code), codes);
    assert.deepEqual(changes, []);
    const now: Device[] = await program.json('devices');
    assert.deepEqual(
      now.map(({ id, presence }) => [id, presence]),
      known.map(({ id, presence }) => [id, presence]),
    );
  };

  test('R1, R4: interface down, and another route that answers for everybody', async () => {
    await lan.probeDown();
    await assertFrozen(/interface-down|other-route|no-route/);
    await lan.probeUp();
  });

  test('R2: no carrier', async () => {
    await lan.unplug();
    await assertFrozen(/no-carrier/);
    await lan.plug();
  });

  test('R3, R4: the address is gone, and another route answers for everybody', async () => {
    await lan.dropAddress();
    await assertFrozen(/address-lost|other-route|no-route/);
    await lan.restoreAddress();
  });

  test('R10: nmap is killed in the middle', async () => {
    const scanning = program.run('scan', lan.block, '--plan', 'ports', '--json');
    await until('nmap to run', async () => (await nmapPids(lan)).length > 0);
    for (const pid of await nmapPids(lan)) process.kill(pid, 'SIGKILL');
    const { scan, changes } = JSON.parse((await scanning).stdout);
    assert.match(scan.outcome, /^(failed|partial)$/);
    assert.deepEqual(
      changes.filter(({ kind }: Change) => kind.startsWith('device.')),
      [],
    );
    assert.equal((await program.json('devices')).filter(({ presence }: Device) => presence === 'present').length, 13);
  });

  test('and when it sees again, nothing has happened', async () => {
    const { scan, changes } = await sweep();
    assert.equal(scan.outcome, 'complete');
    assert.deepEqual(changes, []);
  });
});

/** Only what runs inside the LAN that this test made. */
async function nmapPids(lan: Lan): Promise<number[]> {
  const { stdout } = await lan.run(['ip', 'netns', 'pids', lan.probe.namespace]);
  const pids = stdout.split('\n').filter(Boolean).map(Number);
  // An nmap that is only asked for its version is not the scan.
  const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return pids.filter((_, i) => /^(?:\S*\/)?nmap\0.*\0-oX\0/.test(commands[i] ?? ''));
}
