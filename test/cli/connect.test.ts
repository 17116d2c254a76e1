import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { implement, ORPCError, withEventMeta } from '@orpc/server';
import { RPCHandler } from '@orpc/server/node';
import { connect } from '../../src/cli/connect.ts';
import { askHealth } from '../../src/cli/daemon/health.ts';
import { socketClient } from '../../src/cli/daemon/socket-client.ts';
import { type CliWorld } from '../../src/cli/index.ts';
import { placesOf } from '../../src/cli/places.ts';
import { contract, type LiveItem } from '../../src/contract/index.ts';
import { emptyFolder, rollcall } from './fake-world.ts';
import { device, progress, result, scan, status } from './make.ts';

const servers: { close(): unknown; closeAllConnections?(): void }[] = [];
after(() => {
  for (const server of servers) {
    server.closeAllConnections?.();
    server.close();
  }
});

const os = implement(contract);
const resumed: (string | undefined)[] = [];
let gone = Promise.withResolvers<void>();

/** A few operations of the contract as a daemon answers them, over a socket. */
const handler = new RPCHandler({
  status: { get: os.status.get.handler(() => status()) },
  devices: {
    list: os.devices.list.handler(() => [device(), device({ id: 8 })]),
    get: os.devices.get.handler(({ input, errors }) => {
      if (input.reference === 'bug') throw new TypeError('oops');
      throw errors['not-found']({
        message: `finding device ${JSON.stringify(input.reference)}: there is none`,
        data: { remedy: 'list them' },
      });
    }),
  },
  scans: {
    start: os.scans.start.handler(() => ({ scan: scan({ outcome: 'running' }) })),
    follow: os.scans.follow.handler(async function* () {
      yield progress(0.5);
      yield { kind: 'result' as const, result: result() };
    }),
  },
  ingest: os.ingest.handler(async ({ input }) => {
    const text = await input.file.text();
    return result({ scan: scan({ subject: `${input.name} of ${text.length} for ${[input.covers].flat().join()}` }) });
  }),
  live: os.live.handler(async function* ({ lastEventId, signal }) {
    resumed.push(lastEventId);
    yield withEventMeta({ kind: 'version' as const, version: '9.9.9', seq: 12 }, { id: '12' });
    await once(signal as AbortSignal, 'abort').catch(() => {});
    gone.resolve();
  }),
  doctor: {
    get: os.doctor.get.handler(() => {
      throw new ORPCError('internal', { status: 500, message: 'answering failed inside rollcall', data: { remedy: 'look into the log' } });
    }),
  },
});

async function listen(server: Server, path: string): Promise<void> {
  servers.push(server);
  server.listen(path);
  await once(server, 'listening');
}

async function daemonAt(data: string): Promise<string> {
  const path = join(data, 'rollcall.sock');
  const server = createServer((request, response) => {
    if (request.url === '/healthz') response.end('{}');
    else if (request.url === '/rpc/backup')
      response.writeHead(503).end('{"code":"unavailable","message":"taking in: busy","remedy":"wait"}');
    else if (request.url === '/rpc/networks/list') request.socket.destroy();
    else void handler.handle(request, response, { prefix: '/rpc' });
  });
  await listen(server, path);
  return path;
}

const data = emptyFolder();
const socket = await daemonAt(data);

test('a running daemon is asked over its socket, and nothing is opened here', async () => {
  const places = placesOf({ data }, { env: {}, cwd: '/', home: '/', uid: 1 });
  const connection = await connect(places, {} as CliWorld);
  assert.equal(connection.daemon, true);
  assert.equal((await connection.client.devices.list()).length, 2);
  await connection.close();
});

test('without a daemon, or with the socket a dead one left behind, the house is opened here', async () => {
  const empty = emptyFolder();
  const answers = { 'devices.list': () => [device()] };
  assert.equal((await rollcall(['devices', '--json'], { data: empty, answers })).json().length, 1);
  const left = emptyFolder();
  const server = createTcpServer().listen(join(left, 'rollcall.sock'));
  await once(server, 'listening');
  // A process that is killed leaves its socket file; here it is one nobody listens on any more.
  writeFileSync(join(left, 'rollcall.pid'), '');
  server.close();
  await once(server, 'close');
  writeFileSync(join(left, 'rollcall.sock'), '');
  assert.equal((await rollcall(['devices', '--json'], { data: left, answers })).json().length, 1);
});

test('whole commands work over the socket', async () => {
  const list = await rollcall(['devices'], { data });
  assert.deepEqual([list.code, list.err], [0, '2 devices: 2 present, 0 away, 0 unknown\n']);
  const scanned = await rollcall(['scan', '192.0.2.1', '--json'], { data });
  assert.deepEqual([scanned.code, scanned.json()], [0, result()]);
});

test('a fault of the daemon arrives with its code and remedy', async () => {
  const { code, out } = await rollcall(['device', 'toaster', '--json'], { data });
  assert.equal(code, 2);
  assert.deepEqual(JSON.parse(out).fault, { code: 'not-found', message: 'finding device "toaster": there is none', remedy: 'list them' });
});

test('a bug inside the daemon is told as such, with its log as the remedy, never as a stack of ours', async () => {
  assert.equal((await rollcall(['doctor'], { data })).err, 'rollcall: answering failed inside rollcall\n  remedy: look into the log\n');
  assert.match(
    (await rollcall(['device', 'bug'], { data })).err,
    /^rollcall: asking the daemon: it answered 500 .*\n {2}remedy: look at the end of its log\n$/,
  );
});

test('a refusal from before the call was looked at is read too', async () => {
  assert.equal((await rollcall(['backup', '/tmp/x'], { data })).err, 'rollcall: taking in: busy\n  remedy: wait\n');
});

test('a daemon that goes away in the middle is a fault, not a stack', async () => {
  const { code, err } = await rollcall(['networks'], { data });
  assert.equal(code, 2);
  assert.match(err, /^rollcall: asking the daemon: socket hang up\n {2}remedy: look at it with "rollcall status"/);
});

test('a large report is streamed up, with a bar at a terminal', async () => {
  const file = join(emptyFolder(), 'big.xml');
  writeFileSync(file, 'x'.repeat(5_000_000));
  const { code, out, err } = await rollcall(['ingest', file, '--covers', '192.0.2.0/28'], { data, tty: true, env: { NO_COLOR: '1' } });
  assert.equal(code, 0);
  assert.match(out, /^scan 31 of big\.xml of 5000000 for 192\.0\.2\.0\/28: complete/);
  assert.match(err, /taking in big\.xml \[#{30}\] 100 % 5\.0 MB\r\u001b\[K/);
});

test('a stream says where to go on from, and ends on both sides when it is left', async () => {
  gone = Promise.withResolvers<void>();
  const { client } = socketClient(socket);
  const stop = new AbortController();
  const items = await client.live(undefined, { lastEventId: '7', signal: stop.signal });
  const first = (await items.next()).value as LiveItem;
  assert.equal(first.kind, 'version');
  stop.abort();
  await assert.rejects(async () => {
    await items.next();
  });
  await gone.promise;
  assert.equal(resumed.at(-1), '7');
});

test('a daemon that listens but says nothing is a fault, not an empty list', async () => {
  const mute = emptyFolder();
  const server = createServer(() => {});
  await listen(server, join(mute, 'rollcall.sock'));
  assert.equal(await askHealth(join(mute, 'rollcall.sock'), 100), 'mute');
});
