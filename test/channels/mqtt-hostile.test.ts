import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import packets from 'mqtt-packet';
import { until } from '../make/mosquitto.ts';
import { mirrored, pictureOf } from '../make/picture.ts';
import { mirrorOn } from './mqtt-stand.ts';

const CONNACK = Buffer.from([0x20, 2, 0, 0]);
const CONNACK5 = Buffer.from([0x20, 3, 0, 0, 0]);
const VERSIONS = [5, 4] as const;

/** Lets in whoever speaks a version, and sends something at once; sends others away as old brokers do. */
function letIn(socket: Socket, knows: 4 | 5, then: (version: 4 | 5) => Buffer): void {
  socket.once('data', (bytes: Buffer) => {
    if (bytes[8] !== knows) socket.end(Buffer.from([0x20, 2, 0, 1]));
    else socket.write(Buffer.concat([knows === 5 ? CONNACK5 : CONNACK, then(knows)]));
  });
}

/** Something that takes connections, and does what a test says with them. */
async function fakeBroker(t: TestContext, work: (socket: Socket) => void): Promise<{ readonly url: string; readonly taken: () => number }> {
  const open = new Set<Socket>();
  let taken = 0;
  const server = createServer((socket) => {
    taken++;
    open.add(socket.on('error', () => {}));
    work(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return { url: `mqtt://127.0.0.1:${(server.address() as { port: number }).port}`, taken: () => taken };
}

test('a broker that sends garbage, or closes at once, is tried again and told of', async (t) => {
  for (const [said, told] of [
    [Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), /./],
    [Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff]), /./],
    [Buffer.alloc(0), /it closed the connection/],
    [Buffer.from([0x20, 2, 0, 5]), /does not let us in/],
    [Buffer.from([0x20, 2, 0, 200]), /./],
    [Buffer.concat([CONNACK, Buffer.from([0xd0, 0x7f])]), /it closed the connection/],
  ] as const) {
    const broker = await fakeBroker(t, (socket) => void socket.end(said));
    const { mirror, troubles } = mirrorOn(t, { url: broker.url });
    mirror.show(pictureOf());
    await until('the third try', () => broker.taken() >= 3);
    assert.match(troubles.join(), told);
    assert.match(troubles[0] ?? '', /^MQTT broker 127\.0\.0\.1:\d+: /);
    await mirror.close();
  }
});

for (const version of VERSIONS)
  for (const [what, bytes] of [
    ['a release without a number', [0x62, 0]],
    ['a message with half a number', [0x32, 4, 0, 1, 0x61, 0]],
    ['a message to be taken twice', version === 5 ? [0x34, 6, 0, 1, 0x61, 0, 1, 0] : [0x34, 5, 0, 1, 0x61, 0, 1]],
    ['a question', version === 5 ? [0x82, 7, 0, 1, 0, 0, 1, 0x61, 0] : [0x82, 6, 0, 1, 0, 1, 0x61, 0]],
  ] as const)
    test(`a broker of MQTT ${version} that sends ${what} is left, and nobody falls over it`, async (t) => {
      const broker = await fakeBroker(t, (socket) => letIn(socket, version, () => Buffer.from(bytes)));
      const { mirror, troubles } = mirrorOn(t, { url: broker.url });
      mirror.show(pictureOf());
      await until('the trouble', () => troubles.length > 0);
      assert.match(troubles.join(), /does not speak MQTT as a broker does|Not supported|Invalid|Cannot/);
      await mirror.close();
    });

test('a message without end is cut off long before it fills the memory', async (t) => {
  let sent = 0;
  const block = Buffer.alloc(65_536);
  const broker = await fakeBroker(t, (socket) => {
    socket.write(Buffer.concat([CONNACK, Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f, 0, 1, 0x61])]));
    const more = (): void => {
      while (!socket.destroyed && sent < 100_000_000) {
        sent += block.length;
        if (!socket.write(block)) return void socket.once('drain', more);
      }
    };
    socket.on('data', () => {});
    more();
  });
  const { mirror, troubles } = mirrorOn(t, { url: broker.url });
  mirror.show(pictureOf());
  await until('the end of it', () => troubles.length > 0);
  assert.match(troubles[0] ?? '', /a message without end/);
  assert.ok(sent < 20_000_000, `${sent} bytes were sent`);
});

for (const version of VERSIONS)
  test(`messages that nobody asked for change nothing, by MQTT ${version}`, async (t) => {
    const publish = (topic: string, payload: string): Buffer => {
      const properties = version === 5 ? '\0' : '';
      const body = Buffer.concat([Buffer.from([0, topic.length]), Buffer.from(topic + properties + payload)]);
      return Buffer.concat([Buffer.from([0x30, body.length]), body]);
    };
    const topics = ['rollcall/home/command', 'rollcall/home/echo', 'homeassistant/status', '__proto__', '$SYS/x'];
    const broker = await fakeBroker(t, (socket) => {
      letIn(socket, version, () => Buffer.concat(topics.map((topic) => publish(topic, 'scan'))));
      setTimeout(() => socket.end(), 100);
    });
    const { mirror, orders, troubles } = mirrorOn(t, { url: broker.url });
    mirror.show(pictureOf());
    await until('the end of it', () => troubles.length > 0);
    assert.match(troubles.join(), /closed the connection/);
    assert.deepEqual(orders, []);
  });

test('what a broker of MQTT 5 says when it lets go is told in words, and no text of it', async (t) => {
  for (const [code, words] of [
    [142, /another one of our name took our place: two Rollcalls at one broker need different sites or topics$/],
    [139, /it shuts down$/],
    [128, /it let go of us \(code 128\)$/],
  ] as const) {
    const text = Buffer.from('canary');
    const reason = Buffer.concat([Buffer.from([0x1f, 0, text.length]), text]);
    const leave = Buffer.concat([Buffer.from([0xe0, 2 + reason.length, code, reason.length]), reason]);
    const broker = await fakeBroker(t, (socket) => {
      letIn(socket, 5, () => leave);
      socket.once('data', () => socket.end());
    });
    const { mirror, troubles, notes } = mirrorOn(t, { url: broker.url });
    mirror.show(pictureOf());
    await until('the trouble', () => troubles.length > 0);
    assert.match(troubles[0] ?? '', words);
    assert.doesNotMatch([...troubles, ...notes].join(), /canary/);
    await mirror.close();
  }
});

/** A broker of MQTT 5 that receipts nothing before a test says so. */
async function slowBroker(t: TestContext, room: number) {
  const waiting: Buffer[] = [];
  const at: { most: number; taken: number; socket: Socket | null } = { most: 0, taken: 0, socket: null };
  const broker = await fakeBroker(t, (socket) => {
    at.socket = socket;
    const parser = packets.parser({ protocolVersion: 5 });
    parser.on('packet', (packet) => {
      const { messageId } = packet;
      if (packet.cmd === 'connect') socket.write(Buffer.from([0x20, 6, 0, 0, 3, 0x21, room >> 8, room & 255]));
      else if (packet.cmd === 'subscribe') socket.write(Buffer.from([0x90, 4, (messageId ?? 0) >> 8, (messageId ?? 0) & 255, 0, 0x87]));
      else if (packet.cmd === 'publish') waiting.push(Buffer.from([0x40, 2, (messageId ?? 0) >> 8, (messageId ?? 0) & 255]));
      at.most = Math.max(at.most, waiting.length);
    });
    socket.on('data', (bytes: Buffer) => parser.parse(bytes));
  });
  return {
    ...broker,
    at,
    waiting,
    receipt: () => {
      const [one] = waiting.splice(0, 1);
      at.taken++;
      at.socket?.write(one as Buffer);
    },
  };
}

test('a broker never has more to receipt than it said it takes at once', async (t) => {
  const broker = await slowBroker(t, 7);
  const { mirror, troubles } = mirrorOn(t, { url: broker.url });
  mirror.show(pictureOf({ devices: Array.from({ length: 40 }, (_, i) => mirrored(i + 1)) }));
  await until('as many as it takes', () => broker.waiting.length === 7);
  for (let i = 0; i < 120; i++) {
    await until('the next', () => broker.waiting.length > 0);
    broker.receipt();
  }
  assert.equal(broker.at.most, 7);
  assert.deepEqual(
    troubles.filter((text) => text !== null && /closed|took no message/.test(text)),
    [],
  );
});

test('what a broker says twice of what it takes holds nobody up, and leaving it is no longer than it may be', async (t) => {
  const broker = await fakeBroker(t, (socket) => {
    const parser = packets.parser({ protocolVersion: 5 });
    const twice = [0x21, 0, 1, 0x21, 0, 5, 0x27, 0, 0, 4, 0, 0x27, 0, 1, 0, 0];
    parser.on('packet', ({ cmd, messageId = 0 }) => {
      const id = [messageId >> 8, messageId & 255];
      if (cmd === 'connect') socket.write(Buffer.from([0x20, 3 + twice.length, 0, 0, twice.length, ...twice]));
      else if (cmd === 'subscribe') socket.write(Buffer.from([0x90, 4, ...id, 0, 0x87]));
      else if (cmd === 'publish') socket.write(Buffer.from([0x40, 2, ...id]));
    });
    socket.on('data', (bytes: Buffer) => parser.parse(bytes));
  });
  const { mirror, troubles } = mirrorOn(t, { url: broker.url });
  mirror.show(pictureOf());
  await until('all of it to be shown', () => troubles.some((text) => text?.includes('does not tell what it keeps')));
  assert.match((await mirror.clear(null, new AbortController().signal)) ?? '', /does not tell what it keeps/);
});
