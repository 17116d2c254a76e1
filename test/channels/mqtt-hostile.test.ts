import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { until } from '../make/mosquitto.ts';
import { pictureOf } from '../make/picture.ts';
import { mirrorOn } from './mqtt-stand.ts';

const CONNACK = Buffer.from([0x20, 2, 0, 0]);

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

for (const [what, bytes] of [
  ['a release without a number', [0x62, 0]],
  ['a message with half a number', [0x32, 4, 0, 1, 0x61, 0]],
  ['a message to be taken twice', [0x34, 5, 0, 1, 0x61, 0, 1]],
  ['a question', [0x82, 6, 0, 1, 0, 1, 0x61, 0]],
] as const)
  test(`a broker that sends ${what} is left, and nobody falls over it`, async (t) => {
    const broker = await fakeBroker(t, (socket) => void socket.write(Buffer.concat([CONNACK, Buffer.from(bytes)])));
    const { mirror, troubles } = mirrorOn(t, { url: broker.url });
    mirror.show(pictureOf());
    await until('the second try', () => broker.taken() >= 2);
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

test('messages that nobody asked for change nothing', async (t) => {
  const publish = (topic: string, payload: string): Buffer => {
    const body = Buffer.concat([Buffer.from([0, topic.length]), Buffer.from(topic + payload)]);
    return Buffer.concat([Buffer.from([0x30, body.length]), body]);
  };
  const broker = await fakeBroker(t, (socket) => {
    socket.write(CONNACK);
    for (const topic of ['rollcall/home/command', 'rollcall/home/echo', 'homeassistant/status', '__proto__', '$SYS/x'])
      socket.write(publish(topic, 'scan'));
    setTimeout(() => socket.end(), 100);
  });
  const { mirror, orders } = mirrorOn(t, { url: broker.url });
  mirror.show(pictureOf());
  await until('the second try', () => broker.taken() >= 2);
  assert.deepEqual(orders, []);
});
