import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { newProgram, type Program } from './program.ts';

type Change = { kind: string; device: { id: number; name: string | null } | null; before: { lastSeen?: string } | null };
type Host = readonly [name: string, address: string, mac: string, vendor: string];

const ROUTER: Host = ['router.lan', '192.168.7.1', '00:11:32:AA:BB:01', 'Synology Incorporated'];
const TV: Host = ['tv(living room).lan', '192.168.7.20', '00:04:4B:12:34:56', 'Nvidia'];
const PHONE: Host = ['', '192.168.7.31', '3C:22:FB:00:00:07', 'Apple'];

/** What `nmap -sn 192.168.7.0/24` prints, as the presence monitor pipes it. */
function nmapText(...hosts: readonly Host[]): string {
  const blocks = hosts.map(([name, address, mac, vendor]) => {
    const shown = name === '' ? address : `${name} (${address})`;
    return `Nmap scan report for ${shown}\nHost is up (0.0042s latency).\nMAC Address: ${mac} (${vendor})\n`;
  });
  return `Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 03:14 UTC\n${blocks.join('')}Nmap done: 256 IP addresses (${hosts.length} hosts up) scanned in 2.05 seconds\n`;
}

describe('nmap -sn NET | rollcall ingest, each minute, as the presence monitor did it (S1)', () => {
  let program: Program;
  before(async () => {
    program = await newProgram();
  });
  after(() => program.end());

  const start = Date.now() - 10 * 3_600_000;
  const ingest = async (minute: number, ...hosts: readonly Host[]): Promise<Change[]> => {
    const at = new Date(start + minute * 60_000).toISOString();
    const result = await program.feed(nmapText(...hosts), 'ingest', '--at', at, '--json');
    assert.equal(result.code, 0, result.stderr);
    return JSON.parse(result.stdout).changes;
  };

  test('never seen: each device appears once, by MAC, names with parentheses and all', async () => {
    const changes = await ingest(0, ROUTER, TV, PHONE);
    assert.deepEqual(
      changes.map(({ kind }) => kind),
      ['device.appeared', 'device.appeared', 'device.appeared'],
    );
    const devices = await program.json('devices', '--at', new Date(start + 60_000).toISOString());
    const tv = devices.find(({ macs }: { macs: string[] }) => macs[0] === '00:04:4b:12:34:56');
    assert.deepEqual([tv.addresses, tv.name, tv.vendor], [['192.168.7.20'], 'tv(living room).lan', 'Nvidia']);
  });

  test('still there: silence, also for a sleeper inside the 45-minute window', async () => {
    assert.deepEqual(await ingest(1, ROUTER, TV, PHONE), []);
    assert.deepEqual(await ingest(20, ROUTER, TV), []);
    assert.deepEqual(await ingest(45, ROUTER, TV), []);
    assert.deepEqual(await ingest(45.5, ROUTER, TV, PHONE), []);
  });

  test('gone for longer than the window: it has left; and when it comes back it is known', async () => {
    assert.deepEqual(await ingest(60, ROUTER, TV), []);
    const left = await ingest(91, ROUTER, TV);
    assert.deepEqual(
      left.map(({ kind, before: side }) => [kind, side?.lastSeen]),
      [['device.left', new Date(start + 45.5 * 60_000).toISOString()]],
    );
    const back = await ingest(92, ROUTER, TV, PHONE);
    assert.deepEqual(
      back.map(({ kind, device }) => [kind, device?.id]),
      [['device.returned', left[0]?.device?.id]],
    );
  });

  test('a report that is cut off takes nobody away', async () => {
    const whole = nmapText(ROUTER);
    const cut = whole.slice(0, whole.indexOf('Nmap done'));
    const result = await program.feed(cut, 'ingest', '--at', new Date(start + 300 * 60_000).toISOString(), '--json');
    const { scan, changes } = JSON.parse(result.stdout);
    assert.equal(scan.outcome, 'partial');
    assert.deepEqual(changes, []);
  });

  for (const [what, text] of [
    ['nothing at all', ''],
    ['a poem', 'roses are red\n'],
    ['HTML', '<!doctype html><html><body>404</body></html>'],
    ['a bomb', '<?xml version="1.0"?><!DOCTYPE nmaprun [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><nmaprun>&b;</nmaprun>'],
  ] as const) {
    test(`S4: ${what} is refused with a remedy, and nothing is stored`, async () => {
      const scans = (await program.json('scans')).length;
      const result = await program.feed(text, 'ingest');
      assert.equal(result.code, 2, result.stdout);
      assert.match(result.stderr, /remedy|nmap/);
      assert.equal((await program.json('scans')).length, scans);
    });
  }
});
