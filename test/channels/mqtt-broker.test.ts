import assert from 'node:assert/strict';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { certificate } from '../make/mail-server.ts';
import { mosquitto, until } from '../make/mosquitto.ts';
import { mirrored, pictureOf } from '../make/picture.ts';
import { needs } from '../needs.ts';
import { mirrorOn } from './mqtt-stand.ts';

const STATUS = 'rollcall/home/status';

/** A wire to a port, until it is cut. */
async function cable(to: number): Promise<{ readonly port: number; cut(): void }> {
  const ends = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const end of [near, far]) ends.add(end.on('error', () => {}));
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    cut() {
      server.close();
      for (const end of ends) end.destroy();
    },
  };
}

describe('a broker that comes and goes', needs('mosquitto', 'openssl'), () => {
  test('one that is not there is a trouble until it is there', async (t) => {
    const broker = await mosquitto();
    t.after(() => broker.stop());
    await broker.halt();
    const { mirror, shown, troubles } = mirrorOn(t, { url: broker.url });
    mirror.show(pictureOf());
    await until('the trouble', () => troubles.length > 0);
    assert.match(troubles[0] ?? '', /^MQTT broker 127\.0\.0\.1:\d+: .*ECONNREFUSED/);
    mirror.show(pictureOf({ devices: [mirrored(4)] }));
    await broker.start();
    await shown();
    assert.equal(troubles.at(-1), null);
    assert.equal((await broker.kept('rollcall/home/device/#')).get('rollcall/home/device/4/state'), 'home');
  });

  test('after a restart of it everything stands again, also where it forgot', async (t) => {
    const broker = await mosquitto();
    t.after(() => broker.stop());
    const { mirror, shown } = mirrorOn(t, { url: broker.url });
    mirror.show(pictureOf({ devices: [mirrored(1), mirrored(2)] }));
    await shown();
    await broker.halt('SIGKILL'); // it had no time to write down what it keeps
    mirror.show(pictureOf({ devices: [mirrored(2, { presence: 'away' })] }));
    await broker.start();
    await shown(2);
    const kept = await broker.kept('rollcall/#');
    assert.deepEqual([kept.get('rollcall/home/device/1/state'), kept.get('rollcall/home/device/2/state')], [undefined, 'not_home']);
    assert.equal(kept.get(STATUS), 'online');
  });

  test('of many devices a broker is asked bit by bit, nothing is told twice, and nothing stays that is gone', async (t) => {
    const broker = await mosquitto();
    t.after(() => broker.stop());
    const house = (from: number, to: number) => pictureOf({ devices: Array.from({ length: to - from }, (_, i) => mirrored(from + i)) });
    const first = mirrorOn(t, { url: broker.url });
    first.mirror.show(house(1, 1200));
    await first.shown();
    await first.mirror.close();
    const other = await broker.subscriber('rollcall/home/device/+/state');
    await until('what is kept', () => other.board.size === 1199);
    const before = other.got.length;
    const second = mirrorOn(t, { url: broker.url });
    second.mirror.show(house(101, 1201));
    await second.shown();
    await until('those that are gone, and the new one', () => other.got.length - before === 101);
    assert.deepEqual(
      [other.board.has('rollcall/home/device/100/state'), other.board.get('rollcall/home/device/1200/state')],
      [false, 'home'],
    );
    const kept = await broker.kept('homeassistant/device_tracker/#');
    assert.equal(kept.size, 1100 + 1);
  });

  test('who is cut off is offline by its last will', async (t) => {
    const broker = await mosquitto();
    t.after(() => broker.stop());
    const wire = await cable(broker.port);
    t.after(() => wire.cut());
    const { mirror, shown, troubles } = mirrorOn(t, { url: `mqtt://127.0.0.1:${wire.port}` });
    mirror.show(pictureOf());
    await shown();
    const other = await broker.subscriber(STATUS);
    await until('it to be there', () => other.board.get(STATUS) === 'online');
    wire.cut();
    await until('the last will', () => other.board.get(STATUS) === 'offline');
    await until('the trouble', () => typeof troubles.at(-1) === 'string');
  });

  test('a broker that wants a password gets it, and without it lets nobody in', async (t) => {
    const broker = await mosquitto({ password: 'can#ary/se?cret@' });
    t.after(() => broker.stop());
    const wrong = mirrorOn(t, { url: broker.url.replace(/:can.*@/, ':canary-wrong@') });
    wrong.mirror.show(pictureOf());
    await until('the refusal', () => wrong.troubles.length > 0);
    assert.match(wrong.troubles[0] ?? '', /does not let us in: check user and password/);
    assert.doesNotMatch([...wrong.notes, ...wrong.troubles].join(), /canary/, 'S24');
    const right = mirrorOn(t, { url: broker.url });
    right.mirror.show(pictureOf());
    await right.shown();
    assert.equal((await broker.kept(STATUS)).get(STATUS), 'online');
    assert.doesNotMatch([right.mirror.name, ...right.notes].join(), /ary/, 'S24');
  });

  test('over TLS only a broker that somebody vouches for is told anything', async (t) => {
    const { path: cert } = certificate();
    const broker = await mosquitto({ tls: { cert, key: join(cert, '../key.pem') }, password: 'secret' });
    t.after(() => broker.stop());
    const strange = mirrorOn(t, { url: broker.url });
    strange.mirror.show(pictureOf());
    await until('the distrust', () => strange.troubles.length > 0);
    assert.match(strange.troubles[0] ?? '', /self.signed certificate/);
    const known = mirrorOn(t, { url: broker.url, ca: cert });
    known.mirror.show(pictureOf());
    await known.shown();
    assert.equal((await broker.kept(STATUS)).get(STATUS), 'online');
    const missing = mirrorOn(t, { url: broker.url, ca: '/nowhere/ca.pem' });
    missing.mirror.show(pictureOf());
    await until('the missing file', () => missing.troubles.length > 0);
    assert.match(missing.troubles[0] ?? '', /reading the certificates of \/nowhere\/ca\.pem: there is no such file$/);
  });

  test('a broker that hangs keeps nobody from stopping', async (t) => {
    const broker = await mosquitto();
    t.after(() => broker.stop());
    const { mirror, shown } = mirrorOn(t, { url: broker.url });
    mirror.show(pictureOf());
    await shown();
    broker.freeze();
    for (let i = 0; i < 5; i++) mirror.show(pictureOf({ devices: Array.from({ length: 200 }, (_, n) => mirrored(n + i)) }));
    const began = performance.now();
    await mirror.close();
    assert.ok(performance.now() - began < 8000);
    broker.thaw();
  });
});
