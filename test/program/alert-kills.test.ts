// Shares the machine: it measures nothing, and waits for a daemon that starts a hundred times.
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { socketClient } from '../../src/cli/daemon/socket-client.ts';
import { openStore } from '../../src/store/index.ts';
import { newProgram, type Program, until } from './program.ts';

/** `ROLLCALL_KILLS=1000` for all of them. */
const KILLS = Number(process.env['ROLLCALL_KILLS'] ?? 100);
/** After the first change of a life: long enough for all of them to be told, short enough to end most lives in the middle of that. */
const LATEST = 60;
const HOSTS = 12;

/** A receiver that keeps the ids of what comes to it, and takes its time to say thanks. */
interface Sink {
  readonly url: string;
  readonly place: string;
  /** Ids in the order in which they came, and of each which changes it told. */
  readonly ids: string[];
  readonly seqs: Map<string, readonly number[]>;
  readonly server: Server;
}

async function sink(): Promise<Sink> {
  const ids: string[] = [];
  const seqs = new Map<string, readonly number[]>();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('error', () => {});
    request.on('end', () => {
      if (!request.complete || parts.length === 0) return; // whoever sent it was killed in the middle
      const id = String(request.headers['x-rollcall-id']);
      ids.push(id);
      seqs.set(id, seqsIn(Buffer.concat(parts).toString()));
      setTimeout(() => response.on('error', () => {}).end('ok'), ids.length % 7);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}/hook`, place: `127.0.0.1:${port}`, ids, seqs, server };
}

/** Numbers of the changes in the body of a webhook. */
function seqsIn(body: string): number[] {
  const found: number[] = [];
  JSON.parse(body, (key, value) => {
    if (key === 'seq' && typeof value === 'number') found.push(value);
    return value;
  });
  return [...new Set(found)];
}

describe(`kill -9 at ${KILLS} random points between a change and the receipt of its alert (R16, R17, G1)`, () => {
  let [program, aware, plain]: [Program?, Sink?, Sink?] = [];
  before(async () => {
    [aware, plain] = [await sink(), await sink()];
    const quiet = '[listen]\nenabled = false\n[self]\nwatch = false\n';
    program = await newProgram({ config: `${quiet}[alerts]\nusual = false\nreach = ["${aware.place}", "${plain.place}"]\n` });
  });
  after(async () => {
    for (const one of [aware, plain]) {
      one?.server.closeAllConnections();
      one?.server.close();
    }
    await program?.end();
  });

  test('loses none, repeats none by id, and elsewhere at most one for each kill', async (t) => {
    assert.ok(program && aware && plain);
    const { data } = program;
    const { client } = socketClient(join(data, 'rollcall.sock'));
    const report = Array.from({ length: HOSTS }, (_, i) => `Nmap scan report for 10.9.0.${i + 1}\nHost is up (0.001s latency).\n`);
    let daemon = await program.daemon();
    const text = `Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 03:14 UTC\n${report.join('')}Nmap done: 256 IP addresses (${HOSTS} hosts up) scanned in 2.05 seconds\n`;
    const ingested = await program.feed(text, 'ingest', '--json');
    assert.equal(ingested.code, 0, ingested.stderr);
    for (const [name, { url }] of Object.entries({ aware, plain }))
      await client.channels.put({ name, kind: 'webhook', options: { url }, ceiling: 0 });
    await client.rules.put({ name: 'edits', on: ['device.edited'], to: ['aware', 'plain'], group: 'subject', resolved: false });
    const waits = fc.sample(fc.integer({ min: 0, max: LATEST }), { numRuns: KILLS, seed: 20261128 });
    const doubles = (): number => (plain?.ids.length ?? 0) - new Set(plain?.ids).size;
    let inTheMiddle = 0;
    for (const [life, wait] of waits.entries()) {
      if (life > 0) daemon = await program.daemon();
      assert.ok(doubles() <= life, `${life} kills repeated ${doubles()} messages to one sink`);
      const edits = Array.from({ length: 4 }, (_, i) => edited(client, ((life + i * 3) % HOSTS) + 1, `life ${life}`));
      await Promise.race(edits);
      await new Promise((resolve) => setTimeout(resolve, wait));
      await daemon.stop('SIGKILL');
      await Promise.allSettled(edits);
      inTheMiddle += await leftOver(data);
    }
    daemon = await program.daemon();
    await until('everything to be delivered', async () => (await client.notifications.list({ state: 'waiting' })).length === 0, 60_000);
    await daemon.stop('SIGTERM');
    assert.ok(inTheMiddle > KILLS / 4, `only ${inTheMiddle} of ${KILLS} kills fell between a change and its receipt`);
    t.diagnostic(`${inTheMiddle} kills in the middle, ${plain.ids.length} messages to each sink, ${doubles()} of them doubles`);
    await checkSinks(data, { aware, plain });
  });
});

/** Whoever is killed meanwhile does not answer. */
const edited = (client: ReturnType<typeof socketClient>['client'], device: number, note: string): Promise<unknown> =>
  client.devices.edit({ reference: String(device), note }).catch(() => undefined);

/** 1 when something was committed and not told when the process died; the store is sound in any case. */
async function leftOver(data: string): Promise<0 | 1> {
  const store = await openStore({ kind: 'sqlite', path: join(data, 'rollcall.db') });
  try {
    assert.deepEqual(await store.check(), []);
    const { judged } = await store.alertMemory('home', Date.now());
    const [newest] = await store.changes({ newestFirst: true, limit: 1 });
    const waiting = await store.notifications({ site: 'home', states: ['waiting'], limit: 1 });
    return waiting.length > 0 || judged < (newest?.seq ?? 0) ? 1 : 0;
  } finally {
    await store.close();
  }
}

async function checkSinks(data: string, { aware, plain }: { aware: Sink; plain: Sink }): Promise<void> {
  const store = await openStore({ kind: 'sqlite', path: join(data, 'rollcall.db') });
  const changes = await store.changes({ kinds: ['device.edited'], limit: 100_000 });
  const dead = await store.notifications({ site: 'home', states: ['dead'], limit: 1 });
  await store.close();
  const expected = changes.map(({ seq }) => seq);
  assert.ok(expected.length > KILLS, `only ${expected.length} changes in ${KILLS} lives: nothing was put to the test`);
  assert.deepEqual(dead, []);
  for (const { ids, seqs } of [aware, plain]) {
    const told = [...new Set(ids)].flatMap((id) => seqs.get(id) ?? []).toSorted((a, b) => a - b);
    assert.deepEqual(told, expected, 'each change is told once by the messages that differ in their id');
  }
  const doubles = plain.ids.length - new Set(plain.ids).size;
  assert.ok(doubles <= KILLS, `${doubles} messages were repeated by ${KILLS} kills`);
}
