import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { calledSo, HOSTILE } from '../contracts/channel/hostile.ts';
import { type ChannelScene, channelContract, type Heard, type Stage } from '../contracts/channel.ts';
import { certificate, muteServer } from '../make/mail-server.ts';
import { needs } from '../needs.ts';
import { alert, message, NEVER, opened, refused, worldOf } from './sinks/opened.ts';
import { countedSink, datagramSink, readSyslog, type SyslogSink } from './sinks/syslog-sink.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-syslog-'));
after(() => rmSync(folder, { recursive: true }));

function heardBy(sink: SyslogSink): readonly Heard[] {
  return sink.frames.map((frame) => {
    assert.doesNotMatch(frame, /[\r\n]/, 'one message is one line');
    const { values, text } = readSyslog(frame);
    return {
      id: values['id']!,
      texts: [text, ...Object.values(values)],
      shape: Object.keys(values).filter((name) => !['place'].includes(name)),
    };
  });
}

const BROKEN: ChannelScene['broken'] = [
  [{ to: undefined }, 'to'],
  [{ to: 'http://10.0.0.5' }, 'to'],
  [{ to: 'udp://10.0.0.5:99999' }, 'to'],
  [{ to: 'udp://127.1:514' }, 'to'],
  [{ to: 'udp://0x7f.1:514' }, 'to'],
  [{ to: 'udp://user@10.0.0.5' }, 'to'],
  [{ to: 'tcp://127.0.0.1:1' }, 'to'],
  [{ to: 'udp://169.254.169.254' }, 'to'],
  [{ to: 'unix:///run/docker.sock' }, 'to'],
  [{ to: 'unix:///run/../run/x/log' }, 'to'],
  [{ facility: 'kern' }, 'facility'],
  [{ app: 'a b' }, 'app'],
  [{ app: 'a\nb' }, 'app'],
  [{ ca: 'x.pem' }, 'ca'],
];

interface Way {
  readonly name: string;
  readonly scheme: string;
  readonly sink: () => Promise<SyslogSink>;
  readonly options?: Readonly<Record<string, string>>;
  readonly refusals?: ChannelScene['refusals'];
}

function contractOf({ name, scheme, sink: make, options = {}, refusals = {} }: Way): void {
  describe(name, () =>
    channelContract({
      kind: 'syslog',
      canaries: [],
      hangs: false,
      refusals,
      broken: BROKEN,
      async set(): Promise<Stage> {
        const sink = await make();
        return {
          options: { to: `${scheme}://127.0.0.1:${sink.port}`, ...options },
          world: { reach: [`127.0.0.1:${sink.port}`] },
          heard: () => heardBy(sink),
          behave: () => {},
          stop: () => sink.stop(),
        };
      },
    }),
  );
}

contractOf({ name: 'UDP', scheme: 'udp', sink: datagramSink });
contractOf({ name: 'TCP', scheme: 'tcp', sink: () => countedSink() });

describe('TLS', needs('openssl'), () => {
  const { key, cert, path } = certificate();
  contractOf({ name: 'with a certificate of our own', scheme: 'tls', sink: () => countedSink({ key, cert }), options: { ca: path } });

  test('a certificate nobody vouches for is refused, and so is a receiver that never answers', async () => {
    const sink = await countedSink({ key, cert });
    const strange = await opened('syslog', { to: `tls://127.0.0.1:${sink.port}` }, worldOf([`127.0.0.1:${sink.port}`]));
    assert.match(refused(await strange.send(message(), NEVER)).reason, /certificate is not trusted/);
    assert.deepEqual(sink.frames, []);
    await sink.stop();
    const mute = await muteServer();
    const silent = await opened('syslog', { to: `tls://127.0.0.1:${mute.port}` }, worldOf([`127.0.0.1:${mute.port}`], { most: 300 }));
    assert.match(refused(await silent.send(message(), NEVER)).reason, /took more than 0\.3 s/);
    const stop = new AbortController();
    const sending = silent.send(message(), stop.signal);
    setImmediate(() => stop.abort());
    assert.match(refused(await sending).reason, /the sending was stopped/);
    await mute.stop();
  });
});

test('a line of RFC 5424 says how grave it is, of what it is, and holds the device', async () => {
  const sink = await countedSink();
  const channel = await opened('syslog', { to: `tcp://127.0.0.1:${sink.port}`, facility: 'local3' }, worldOf([`127.0.0.1:${sink.port}`]));
  await channel.send(message(), NEVER);
  await channel.send(message({ alert: alert({ kind: 'resolved' }) }), NEVER);
  const [left, over] = sink.frames.map(readSyslog);
  assert.deepEqual(
    { ...left, process: '' },
    {
      priority: 19 * 8 + 4,
      time: '2026-11-28T01:00:01.000Z',
      host: 'watcher',
      app: 'rollcall',
      process: '',
      about: 'device.left',
      values: {
        id: 'home-12-opened-ops',
        site: 'home',
        kind: 'opened',
        urgency: 'high',
        rule: 'important-left',
        incident: '12',
        device: 'nas.lan',
        address: '10.0.0.7',
        mac: '52:54:00:12:34:56',
      },
      text: 'nas.lan left, last seen 00:58',
    },
  );
  assert.equal(over?.priority, 19 * 8 + 6);
  await sink.stop();
});

test('a datagram is never longer than every receiver takes, and no character of it is halved', async () => {
  const sink = await datagramSink();
  const channel = await opened('syslog', { to: `udp://127.0.0.1:${sink.port}` }, worldOf([`127.0.0.1:${sink.port}`]));
  for (const name of ['ä'.repeat(5000), '\u{1f5a8}'.repeat(5000), '\u3042x'.repeat(3000)]) await channel.send(calledSo(name), NEVER);
  assert.equal(sink.frames.length, 3);
  for (const frame of sink.frames) {
    assert.ok(Buffer.byteLength(frame) <= 2048, `${Buffer.byteLength(frame)} bytes`);
    assert.doesNotMatch(readSyslog(frame).text, /\ufffd/);
  }
  await sink.stop();
});

test('a syslog that is not there, or hangs up, is told', async () => {
  const gone = await countedSink();
  await gone.stop();
  const world = worldOf([`127.0.0.1:${gone.port}`]);
  for (const scheme of ['tcp', 'udp', 'tls']) {
    const channel = await opened('syslog', { to: `${scheme}://127.0.0.1:${gone.port}` }, world);
    const { what, again, reason } = refused(await channel.send(message(), NEVER));
    assert.deepEqual([what, again], ['channel', true]);
    assert.match(reason, /nobody listens there \(ECONNREFUSED\)/, scheme);
  }
  for (const hangUp of ['resetAndDestroy', 'destroy', 'end'] as const) {
    const rude = await countedSink(null, (socket) => void socket[hangUp]());
    const channel = await opened('syslog', { to: `tcp://127.0.0.1:${rude.port}` }, worldOf([`127.0.0.1:${rude.port}`]));
    for (const _ of [1, 2, 3]) assert.equal(refused(await channel.send(message(), NEVER)).again, true, hangUp);
    await rude.stop();
  }
});

describe('the syslog of this machine', needs('python3'), () => {
  test('a socket of datagrams gets one line for each message, whatever a device is called', async () => {
    const path = join(folder, 'log');
    const script = join(folder, 'listen.py');
    writeFileSync(script, LISTENER);
    const listener = spawn('python3', [script, path, join(folder, 'got')], { stdio: ['pipe', 'pipe', 'inherit'] });
    await new Promise((resolve) => listener.stdout.once('data', resolve));
    const channel = await opened('syslog', { to: `unix://${path}`, app: 'watch' }, worldOf());
    const names = ['nas', ...HOSTILE];
    for (const name of names) assert.equal((await channel.send(calledSo(name), NEVER)).outcome, 'delivered');
    listener.stdin.end();
    await new Promise((resolve) => listener.once('close', resolve));
    const datagrams = JSON.parse(readFileSync(join(folder, 'got'), 'utf8')) as string[];
    assert.equal(datagrams.length, names.length);
    for (const datagram of datagrams)
      assert.match(datagram, /^<28>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d (?:[!-~]+ )?watch: [^\n\r\x1b]+\0?$/);
  });

  test('a socket where nobody listens is told', async () => {
    const channel = await opened('syslog', { to: `unix://${join(folder, 'nobody', 'log')}` }, worldOf());
    const { what, again } = refused(await channel.send(message(), NEVER));
    assert.deepEqual([what, again], ['channel', true]);
    assert.equal(refused(await channel.send(message(), AbortSignal.abort())).again, true);
  });
});

/** Takes datagrams until its stdin ends, and writes them down as JSON. */
const LISTENER = `
import json, select, socket, sys
listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
listener.bind(sys.argv[1])
print("ready", flush=True)
got, open_ = [], True
while open_ or select.select([listener], [], [], 0)[0]:
    ready = select.select([listener, sys.stdin] if open_ else [listener], [], [])[0]
    if listener in ready: got.append(listener.recv(65536).decode())
    elif sys.stdin in ready: open_ = False
json.dump(got, open(sys.argv[2], "w"))
`;
