// Shares the machine: it measures nothing, and waits for programs to start.
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { seriesOf } from '../http/series.ts';
import { newProgram, type Program, until } from './program.ts';

/** nmap's text about these hosts of 10.9.0.0/24. */
const report = (...hosts: readonly number[]): string =>
  [
    'Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 03:14 UTC',
    ...hosts.map((host) => `Nmap scan report for 10.9.0.${host}\nHost is up (0.001s latency).`),
    `Nmap done: 256 IP addresses (${hosts.length} hosts up) scanned in 2.05 seconds\n`,
  ].join('\n');

describe('who was told, in numbers', () => {
  let program: Program;
  let server: Server;
  let status = 200;
  let token: string;

  before(async () => {
    server = createServer((request, response) => void request.resume().on('end', () => response.writeHead(status).end()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    program = await newProgram({
      config: `[listen]\nenabled = false\n[self]\nwatch = false\n[alerts]\nreach = ["127.0.0.1:${port}"]\n`,
    });
    await program.daemon();
    token = (await program.run('token')).stdout.trim();
    await program.json('channel', 'add', 'hook', 'webhook', `url=http://127.0.0.1:${port}/`);
  });
  after(async () => {
    server?.closeAllConnections();
    server?.close();
    await program?.end();
  });

  async function read(): Promise<Map<string, number>> {
    const headers = { authorization: `Bearer ${token}` };
    return seriesOf(await (await fetch(`http://127.0.0.1:${program.port}/metrics`, { headers })).text());
  }
  const value = async (name: string): Promise<number> => (await read()).get(name) ?? 0;
  const saw = async (...hosts: readonly number[]): Promise<void> => {
    const { code, stderr } = await program.feed(report(...hosts), 'ingest', '--covers', '10.9.0.0/24');
    assert.equal(code, 0, stderr);
  };
  const DELIVERED = 'rollcall_notifications_total{channel="hook",state="delivered"}';

  test('a newcomer is one delivery and one open incident, and nothing is left to be judged', async () => {
    await saw(1, 2);
    await until('the delivery', async () => (await value(DELIVERED)) === 1);
    const series = await read();
    assert.equal(series.get('rollcall_incidents_open{urgency="normal"}'), 1);
    assert.equal(series.get('rollcall_incidents_unacknowledged'), 1);
    assert.equal(series.get('rollcall_outbox_notifications{channel="hook"}'), 0);
    assert.equal(series.get('rollcall_delivery_failures_total{channel="hook"}'), 0);
    assert.equal(series.get('rollcall_judging_lag_changes'), 0);
  });

  test('a check warns of it until somebody takes note', async () => {
    const check = () => program.run('check', '--incidents', '--stale', '1h', '-v');
    const before = await check();
    assert.equal(before.code, 1, before.stdout);
    assert.match(before.stdout, /^ROLLCALL WARNING - 2 hosts present, 1 open incident: .* incidents=1 age=\d+s;;;0\n/);
    await program.json('ack', 'all');
    const noted = await check();
    assert.equal(noted.code, 0, noted.stdout);
    assert.match(noted.stdout, /^ROLLCALL OK - 2 hosts present \|.* incidents=0 /);
    assert.equal(await value('rollcall_incidents_unacknowledged'), 0);
  });

  test('what a receiver refuses waits, is counted, and grows old', async () => {
    status = 503;
    await saw(1, 2, 3);
    await until('a failure', async () => (await value('rollcall_delivery_failures_total{channel="hook"}')) >= 1);
    assert.equal(await value('rollcall_outbox_notifications{channel="hook"}'), 1);
    status = 200;
    await until('the delivery', async () => (await value(DELIVERED)) >= 2);
    const series = await read();
    assert.equal(series.get('rollcall_outbox_notifications{channel="hook"}'), 0);
    assert.equal(series.get('rollcall_notifications_total{channel="hook",state="dead"}'), 0);
  });

  test('after a restart open incidents and what waits are known, and deliveries are counted anew', async () => {
    const open = await value('rollcall_incidents_open{urgency="normal"}');
    assert.ok(open > 0);
    assert.equal((await program.run('stop')).code, 0);
    await program.daemon();
    assert.equal(await value('rollcall_incidents_open{urgency="normal"}'), open);
    assert.equal(await value(DELIVERED), 0);
  });
});
