// Shares the machine: it mostly waits for nmap, and measures nothing.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, test } from 'node:test';
import { Servers } from '../identity/servers.ts';
import { createLan, type Lan, type LanHost, type Passed, startTap } from '../lan/index.ts';
import { needs } from '../needs.ts';
import { newProgram, type Program, until } from './program.ts';

const DAY = 86_400_000;
const nginx = (version: string): string => `HTTP/1.0 200 OK\r\nServer: nginx/${version}\r\nContent-Length: 0\r\n\r\n`;
const FTP = '220 ProFTPD 1.3.5 Server (files) [::ffff:10.77.0.1]\r\n';
const SMTP = '220 mail.example ESMTP Postfix\r\n';
const POP = '+OK Dovecot ready.\r\n';

/** What a night showed and sent. */
interface Night {
  readonly changes: readonly string[];
  /** What the follow-up sent, and ran. */
  readonly passed: Passed;
  readonly commands: readonly string[];
}

describe('night after night on a LAN', needs('nmap', 'netns', 'python3', 'tcpdump', 'arp-scan', 'dropbear'), () => {
  let lan: Lan;
  let program: Program;
  let servers: Servers;
  let keys: readonly string[] = [];
  before(async () => {
    lan = await createLan({ hosts: 7 });
    servers = await Servers.create();
    keys = [(await servers.hostKey('ed25519')).file, (await servers.hostKey('ed25519')).file];
    program = await newProgram({
      config: '[self]\nwatch = false\n',
      prefix: ['ip', 'netns', 'exec', lan.probe.namespace],
    });
  });
  after(async () => {
    await program?.end();
    await servers?.stop();
    await lan?.stop();
  });

  const host = (place: number): LanHost => lan.hosts[place - 1] as LanHost;
  const seq = async (): Promise<number> => (await program.json('changes', '--limit', '1'))[0]?.seq ?? 0;

  /** Who is there, what is open, and then, captured, what exactly is asked. */
  async function night(): Promise<Night> {
    const before = await seq();
    await program.json('scan', lan.block, '--plan', 'sweep');
    await program.json('scan', lan.block, '--plan', 'ports', '--ports', 'top 100');
    const tap = await startTap(lan);
    const { scan } = await program.json('followup', lan.block);
    const passed = await tap.end();
    const changes: { seq: number; kind: string; device: { id: number } | null; before: any; after: any }[] = await program.json(
      'changes',
      '--limit',
      '500',
    );
    return {
      passed,
      changes: changes
        .filter((change) => change.seq > before)
        .map(({ kind, after: now }) => [kind, now?.port].filter((word) => word !== undefined).join(' ')),
      commands: (scan?.commands ?? []).map(askedBy),
    };
  }

  test('the first night everything is new, and exactly what is open is asked', async () => {
    await lan.open(host(1), 21, FTP);
    await lan.open(host(1), 80, nginx('1.18.0'));
    await lan.open(host(2), 80, nginx('1.18.0'));
    await lan.open(host(3), 25, SMTP);
    await servers.ssh(host(4), 22, keys[0] as string);
    assert.equal(host(7).vendor, 'Brother');
    await lan.open(host(7), 631, nginx('printer'));
    const { passed, commands, changes } = await night();
    assert.ok(changes.every((change) => change === 'device.appeared'));
    const { pairs } = passed;
    assert.deepEqual([...pairs].sort(), [
      '10.77.0.1 tcp/21',
      '10.77.0.1 tcp/80',
      '10.77.0.2 tcp/80',
      '10.77.0.3 tcp/25',
      '10.77.0.4 tcp/22',
    ]);
    // The printer is left alone.
    assert.deepEqual(commands.toSorted(), ['21,80 -- 10.77.0.1', '22 -- 10.77.0.4', '25 -- 10.77.0.3', '80 -- 10.77.0.2']);
    const devices: { addresses: string[]; ports: { port: number; service: { product: string; version: string } }[] }[] =
      await program.json('devices');
    const served = devices.flatMap(({ addresses, ports }) =>
      ports.map(({ port, service }) => `${addresses[0]} ${port} ${service?.product} ${port === 22 ? '' : service?.version}`),
    );
    assert.deepEqual(served.toSorted(), [
      '10.77.0.1 21 ProFTPD 1.3.5',
      '10.77.0.1 80 nginx 1.18.0',
      '10.77.0.2 80 nginx 1.18.0',
      '10.77.0.3 25 Postfix smtpd ',
      '10.77.0.4 22 Dropbear sshd ',
      '10.77.0.7 631  ',
    ]);
  });

  test('the second night nothing changed, and nobody is asked anything more', async () => {
    const { changes, passed, commands } = await night();
    assert.deepEqual([changes, passed.pairs, passed.packets, commands], [[], [], 0, []]);
  });

  test('the third night one host, one port and one closed port are exactly that, and only the new pairs are asked', async () => {
    const comer = await lan.arrive();
    await lan.open(comer, 110, POP);
    await lan.open(host(2), 21, FTP);
    await lan.close(host(3), 25);
    const { changes, passed, commands } = await night();
    assert.deepEqual(changes.toSorted(), ['device.appeared', 'port.closed 25', 'port.opened 21']);
    assert.deepEqual(commands.toSorted(), [`110 -- ${comer.address}`, '21 -- 10.77.0.2']);
    assert.deepEqual(passed.pairs.toSorted(), ['10.77.0.2 tcp/21', `${comer.address} tcp/110`]);
  });

  test('a week later another version and another SSH key behind ports that never closed are found, and only what is old is asked', async () => {
    await lan.close(host(1), 80);
    await lan.open(host(1), 80, nginx('1.26.3'));
    await servers.ssh(host(4), 22, keys[1] as string);
    const { changes: meanwhile } = await night();
    assert.deepEqual(meanwhile, [], 'not a week old yet');
    age(program, { device: await idOf(program, '10.77.0.1'), port: 'tcp/80', by: 6 * DAY });
    age(program, { device: await idOf(program, '10.77.0.4'), port: 'tcp/22', by: 6 * DAY });
    const { changes, passed, commands } = await night();
    assert.deepEqual(changes.toSorted(), ['service.changed 80', 'service.key-changed 22']);
    assert.deepEqual(passed.pairs.toSorted(), ['10.77.0.1 tcp/80', '10.77.0.4 tcp/22']);
    assert.deepEqual(commands.toSorted(), ['22 -- 10.77.0.4', '80 -- 10.77.0.1']);
    const { stdout, code } = await program.run('diff', '@1m', 'now');
    assert.deepEqual([code, /nginx 1\.18\.0.*nginx 1\.26\.3/s.test(stdout)], [1, true], stdout);
  });

  test('a host that was switched off is away; its ports did not close', async () => {
    await lan.depart(host(2));
    const { changes } = await night();
    assert.deepEqual(
      changes.filter((change) => change.startsWith('port')),
      [],
    );
    await lan.arrive(host(2));
  });

  test('a running daemon does all that by itself: once it has looked for ports, it asks exactly what is new', async () => {
    await lan.open(host(5), 110, POP);
    await lan.open(host(6), 21, FTP);
    const before = (await program.json('scans', '--limit', '1'))[0].id;
    const daemon = await program.daemon();
    await program.json('watch', lan.block);
    const followUp = async (): Promise<Followed | undefined> =>
      (await program.json('scans')).find(({ id, plan, outcome }: Followed) => id > before && plan === 'services' && outcome !== 'running');
    await until('the follow-up', async () => (await followUp()) !== undefined, 120_000);
    const { outcome, commands } = (await followUp()) as Followed;
    assert.deepEqual([outcome, commands.map(askedBy).toSorted()], ['complete', ['110 -- 10.77.0.5', '21 -- 10.77.0.6']]);
    const { device } = await program.json('device', '10.77.0.6');
    assert.deepEqual(
      device.ports.map((one: { port: number; service: { product: string } }) => [one.port, one.service.product]),
      [[21, 'ProFTPD']],
    );
    await daemon.stop();
  });
});

interface Followed {
  readonly id: number;
  readonly plan: string;
  readonly outcome: string;
  readonly commands: readonly (readonly string[])[];
}

/** "22,80 -- 10.77.0.1": what a command asks of whom. */
const askedBy = (command: readonly string[]): string =>
  `${command[command.indexOf('-p') + 1]} -- ${command.slice(command.indexOf('--') + 1).join(' ')}`;

async function idOf(program: Program, address: string): Promise<number> {
  const devices: { id: number; addresses: string[] }[] = await program.json('devices');
  return devices.find(({ addresses }) => addresses.includes(address))?.id ?? 0;
}

/** As if it had been asked so much earlier: a test cannot wait for a week. */
function age({ data }: Program, { device, port, by }: { device: number; port: string; by: number }): void {
  const database = new DatabaseSync(join(data, 'rollcall.db'));
  const { changes } = database.prepare('update sighting set seen_at = seen_at - ? where device = ? and key = ?').run(by, device, port);
  database.prepare('update span set from_at = from_at - ? where device = ? and key = ? and to_at is null').run(by, device, port);
  database.close();
  assert.equal(changes, 1);
}
