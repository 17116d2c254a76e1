import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { jsonTexts } from '../contracts/channel/by-http.ts';
import { type ChannelScene, channelContract, type Stage } from '../contracts/channel.ts';
import { certificate } from '../make/mail-server.ts';
import { mosquitto, USER, until } from '../make/mosquitto.ts';
import { needs } from '../needs.ts';
import { message, NEVER, opened, refused, worldOf } from './sinks/opened.ts';

const PASSWORD = 'C4naryX9C4naryX9';
const TOPIC = 'alerts/rollcall';

/** A real broker behind a wire on which a test can do what it likes, and that is listened in to. */
async function stage(): Promise<Stage> {
  const broker = await mosquitto({ password: PASSWORD });
  const open = new Set<Socket>();
  const published: string[] = [];
  let manner = '';
  const wire = createServer({ allowHalfOpen: true }, (near) => {
    open.add(near.on('error', () => {}).on('close', () => open.delete(near)));
    MANNERS[manner]?.(near);
    if (manner !== '') return;
    const far = connect(broker.port, '127.0.0.1');
    far.on('error', () => near.destroy()).on('close', () => near.destroy());
    const hear = listeningIn((text) => published.push(text));
    near.on('data', hear).pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve));
  const { port } = wire.address() as { port: number };
  return {
    options: { broker: `mqtt://127.0.0.1:${port}`, topic: TOPIC, user: USER, password: PASSWORD },
    world: { reach: [`127.0.0.1:${port}`] },
    heard: () =>
      published.map((text) => {
        const page = JSON.parse(text) as { readonly id: string };
        const texts = jsonTexts(page);
        return {
          id: page.id,
          texts: texts.map((one) => one.text),
          shape: texts.map((one) => one.path.replace(/\.(before|after)\..*/s, '.$1')),
        };
      }),
    behave: (name) => void (manner = name),
    open: () => open.size,
    async stop() {
      for (const socket of open) socket.destroy();
      wire.close();
      await broker.stop();
    },
  };
}

/** The payloads of messages of QoS 1 in what a client sends. */
function listeningIn(hear: (payload: string, id: number) => void): (bytes: Buffer) => void {
  let left = Buffer.alloc(0);
  const packet = (): Buffer | null => {
    let [length, at] = [0, 1];
    for (let more = true; more; at++) {
      const byte = left[at];
      if (byte === undefined) return null;
      length += (byte & 127) << (7 * (at - 1));
      more = byte >= 128;
    }
    if (left.length < at + length) return null;
    const body = left.subarray(at, at + length);
    if ((left[0] ?? 0) >> 4 === 3)
      // MQTT 5 has the length of what it says beside it first: nothing.
      hear(
        body
          .subarray(2 + body.readUInt16BE(0) + 2)
          .toString()
          .replace(/^\0/, ''),
        body.readUInt16BE(2 + body.readUInt16BE(0)),
      );
    left = left.subarray(at + length);
    return body;
  };
  return (bytes) => {
    left = Buffer.concat([left, bytes]);
    while (left.length > 1 && packet() !== null);
  };
}

const LATER = { what: 'channel', again: true } as const;
const CONNACK = Buffer.from([0x20, 2, 0, 0]);

const MANNERS: Readonly<Record<string, (socket: Socket) => void>> = {
  hang: () => {},
  'taken in and never answered': (socket) => void socket.once('data', () => socket.write(CONNACK)),
  'taken, and never let go': (socket) => {
    socket.once('data', () => socket.write(CONNACK));
    const answer = listeningIn((_, id) => socket.write(Buffer.from([0x40, 2, id >> 8, id & 255])));
    socket.on('data', answer);
  },
  'a wrong password': (socket) => void socket.once('data', () => socket.end(Buffer.from([0x20, 2, 0, 4]))),
  'not allowed': (socket) => void socket.once('data', () => socket.end(Buffer.from([0x20, 2, 0, 5]))),
  closed: (socket) => void socket.end(),
  reset: (socket) => void socket.resetAndDestroy(),
  garbage: (socket) => void socket.end('HTTP/1.1 200 OK\r\n\r\n'),
  gigabyte: (socket) => {
    socket.write(Buffer.concat([CONNACK, Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f, 0, 1, 0x61])]));
    const more = (): void =>
      void (socket.destroyed || (socket.write(Buffer.alloc(65_536)) ? setImmediate(more) : socket.once('drain', more)));
    more();
  },
};

const scene: ChannelScene = {
  kind: 'mqtt',
  set: stage,
  canaries: [PASSWORD],
  hangs: true,
  refusals: {
    hang: LATER,
    'taken in and never answered': LATER,
    'taken, and never let go': 'delivered',
    'a wrong password': { what: 'channel', again: false },
    'not allowed': { what: 'channel', again: false },
    closed: LATER,
    reset: LATER,
    garbage: LATER,
    gigabyte: LATER,
  },
  broken: [
    [{ broker: undefined }, 'broker'],
    [{ broker: 'http://10.0.0.5' }, 'broker'],
    [{ broker: 'mqtt://me:canary@10.0.0.5' }, 'broker'],
    [{ broker: 'mqtt://10.0.0.5' }, 'broker'],
    [{ broker: 'mqtt://169.254.169.254' }, 'broker'],
    [{ topic: undefined }, 'topic'],
    [{ topic: 'alerts/#' }, 'topic'],
    [{ topic: 'alerts/+/x' }, 'topic'],
    [{ topic: '$SYS/x' }, 'topic'],
    [{ topic: '/alerts' }, 'topic'],
    [{ topic: 'a\u0000b' }, 'topic'],
    [{ user: undefined }, 'user'],
  ],
};

describe('mqtt', needs('mosquitto'), () => channelContract(scene));

test('an alert goes to the topic with its thread, and is not kept there', needs('mosquitto'), async (t) => {
  const broker = await mosquitto();
  t.after(() => broker.stop());
  const listener = await broker.subscriber(TOPIC);
  const channel = await opened('mqtt', { broker: broker.url, topic: TOPIC }, worldOf([`127.0.0.1:${broker.port}`]));
  assert.deepEqual(await channel.send(message(), NEVER), { outcome: 'delivered', receipt: `broker 127.0.0.1:${broker.port} has it` });
  await until('the alert', () => listener.got.length === 1);
  const page = JSON.parse(listener.got[0]?.text ?? '');
  assert.deepEqual([page.version, page.thread, page.lines[0].device.name], [1, 'home-12-ops', 'nas.lan']);
  assert.equal((await broker.kept('#')).size, 0);
});

test(
  'a topic that the user may not write to is no delivery, though the broker says nothing of it to old clients',
  needs('mosquitto'),
  async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-acl-'));
    t.after(() => rm(folder, { recursive: true }));
    const acl = join(folder, 'acl');
    await writeFile(acl, `topic readwrite allowed/#\n`);
    const broker = await mosquitto({ lines: [`acl_file ${acl}`] });
    t.after(() => broker.stop());
    const to = (topic: string) => opened('mqtt', { broker: broker.url, topic }, worldOf([`127.0.0.1:${broker.port}`]));
    assert.equal((await (await to('allowed/alerts')).send(message(), NEVER)).outcome, 'delivered');
    const { what, again, reason, remedy } = refused(await (await to(TOPIC)).send(message(), NEVER));
    assert.deepEqual([what, again], ['channel', false]);
    assert.match(`${reason}; ${remedy}`, /does not let us publish there.*let the user write to the topic/);
  },
);

test('a broker that knows MQTT 3.1.1 only is spoken to in that', async (t) => {
  const versions: (number | undefined)[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (bytes: Buffer) => {
      const version = bytes[8];
      versions.push(version);
      if (version !== 4) {
        socket.end(Buffer.from([0x20, 2, 0, 1]));
        return;
      }
      socket.write(CONNACK);
      const answer = listeningIn((_, id) => socket.write(Buffer.from([0x40, 2, id >> 8, id & 255])));
      socket.on('data', answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as { port: number };
  const channel = await opened('mqtt', { broker: `mqtt://127.0.0.1:${port}`, topic: TOPIC }, worldOf([`127.0.0.1:${port}`]));
  assert.equal((await channel.send(message(), NEVER)).outcome, 'delivered');
  assert.deepEqual(versions, [5, 4]);
});

test('over TLS a broker must be vouched for, and its name must be the one in the URL', needs('mosquitto', 'openssl'), async (t) => {
  const { path: cert, cert: pem } = certificate();
  const broker = await mosquitto({ tls: { cert, key: join(cert, '../key.pem') } });
  t.after(() => broker.stop());
  const world = worldOf([`127.0.0.1:${broker.port}`], { lookup: async () => ['127.0.0.1'] });
  const options = { broker: `mqtts://localhost:${broker.port}`, topic: TOPIC };
  assert.match(refused(await (await opened('mqtt', options, world)).send(message(), NEVER)).reason, /self.signed certificate/);
  const ca = join(cert, '../ca.pem');
  await writeFile(ca, pem);
  const known = await opened('mqtt', { ...options, ca }, world);
  assert.equal((await known.send(message(), NEVER)).outcome, 'delivered');
  const other = await opened('mqtt', { ...options, broker: `mqtts://elsewhere.example.org:${broker.port}`, ca }, world);
  assert.match(refused(await other.send(message(), NEVER)).reason, /altnames/i);
});

test('S21: a name that leads to where no channel goes is not connected to', async (t) => {
  let connected = 0;
  const server = createServer(() => connected++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as { port: number };
  const channel = await opened(
    'mqtt',
    { broker: `mqtt://inside.example.org:${port}`, topic: TOPIC },
    worldOf([], { lookup: async () => ['127.0.0.1'] }),
  );
  assert.match(refused(await channel.send(message(), NEVER)).reason, /this machine itself/);
  assert.equal(connected, 0);
});
