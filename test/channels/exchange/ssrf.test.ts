import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { exchange } from '../../../src/channels/exchange/exchange.ts';
import { createChannelMaker, createGuard } from '../../../src/channels/index.ts';
import { httpSink } from '../sinks/http-sink.ts';
import { message, NEVER, refused, worldOf } from '../sinks/opened.ts';

/** Ways to write "this machine", and places nobody should be sent to. PORT is a port where something listens on every address. */
const URLS: readonly string[] = [
  'http://127.0.0.1:PORT/',
  'http://127.1:PORT/',
  'http://127.0.1:PORT/',
  'http://0x7f.1:PORT/',
  'http://0x7f.0.0.1:PORT/',
  'http://0x7f000001:PORT/',
  'http://0177.0.0.1:PORT/',
  'http://017700000001:PORT/',
  'http://2130706433:PORT/',
  'http://127.0.0.1.:PORT/',
  'http://127.000.000.001:PORT/',
  'http://127.9.8.7:PORT/',
  'http://0:PORT/',
  'http://0.0.0.0:PORT/',
  'http://0x0:PORT/',
  'http://localhost:PORT/',
  'http://LOCALHOST:PORT/',
  'http://localhost.:PORT/',
  'http://%6c%6f%63%61lhost:PORT/',
  'http://127%2e0%2e0%2e1:PORT/',
  'http://[::1]:PORT/',
  'http://[0:0:0:0:0:0:0:1]:PORT/',
  'http://[::]:PORT/',
  'http://[::ffff:127.0.0.1]:PORT/',
  'http://[::ffff:7f00:1]:PORT/',
  'http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/',
  'http://[::127.0.0.1]:PORT/',
  'http://[64:ff9b::127.0.0.1]:PORT/',
  'http://[2002:7f00:1::]:PORT/',
  'http://[::1%25lo]:PORT/',
  'http://[fe80::1]:PORT/',
  'http://[fe80::1%25eth0]:PORT/',
  'http://user@127.0.0.1:PORT/',
  'http://user:canary@127.0.0.1:PORT/',
  'http://example.org@127.0.0.1:PORT/',
  'http://example.org:80@127.0.0.1:PORT/',
  'http://127.0.0.1:PORT@example.org/',
  'http://127.0.0.1:PORT#@example.org/',
  'http://127.0.0.1:PORT\\@example.org/',
  'http:\\\\127.0.0.1:PORT\\',
  'http:127.0.0.1:PORT/',
  'http:/127.0.0.1:PORT/',
  'http:///127.0.0.1:PORT/',
  '//127.0.0.1:PORT/',
  '127.0.0.1:PORT/',
  ' http://127.0.0.1:PORT/',
  'http://127.0.0.1:PORT/\r\nX: y',
  'ht\ntp://127.0.0.1:PORT/',
  'http://127.0.\t0.1:PORT/',
  'http://１２７.０.０.１:PORT/',
  'http://①②⑦.⓪.⓪.①:PORT/',
  'http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/',
  'http://127。0。0。1:PORT/',
  'http://loc\u00adalhost:PORT/',
  'file:///etc/passwd',
  'gopher://127.0.0.1:PORT/_x',
  'dict://127.0.0.1:PORT/x',
  'ftp://127.0.0.1:PORT/',
  'ws://127.0.0.1:PORT/',
  'data:text/plain,x',
  'javascript:alert(1)',
  'unix:/run/docker.sock',
  'http://169.254.169.254/latest/meta-data/',
  'http://[fd00:ec2::254]/latest/',
  'http://[::ffff:169.254.169.254]/',
  'http://0xa9fea9fe/',
  'http://2852039166/',
  'http://100.100.100.200/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://10.0.0.1/',
  'http://172.16.0.1/',
  'http://192.168.0.1/',
  'http://100.64.0.1/',
  'http://[fd00::1]/',
  'http://[ff02::1]/',
  'https://127.0.0.1:PORT/',
  'https://[::1]:PORT/',
];

describe('S21: what must never be reached', () => {
  let server: Server;
  let port = 0;
  let connections = 0;
  before(async () => {
    server = createServer((socket) => {
      connections++;
      socket.destroy();
    });
    // On every address of the loopback; nothing is sent from here.
    await new Promise<void>((resolve) => server.listen({ port: 0, host: '::', ipv6Only: false }, resolve));
    port = (server.address() as { port: number }).port;
  });
  after(() => new Promise((resolve) => server.close(resolve)));

  test(`${URLS.length} URLs are refused before anything is connected, by whoever saves them and by the exchange itself`, async () => {
    assert.ok(URLS.length >= 60);
    const guard = createGuard({ reach: [], ownPorts: () => [] });
    const maker = createChannelMaker(worldOf([]));
    for (const url of URLS.map((text) => text.replace('PORT', String(port)))) {
      const [fault] = maker.check('webhook', { url });
      assert.equal(fault?.key, 'url', `${url} could be saved`);
      const got = await exchange({ method: 'POST', url, body: 'x' }, { guard, signal: NEVER, secrets: [] });
      assert.ok('outcome' in got, `${url} was answered`);
      assert.equal(got.again, false, `${url}: ${got.reason}`);
      assert.doesNotMatch(got.reason, /canary/);
    }
    assert.equal(connections, 0);
  });

  test('names that mean this machine, or mean it a moment later, are refused when they are asked for', async () => {
    const guard = createGuard({ reach: [], ownPorts: () => [] });
    const answers = [['127.0.0.1'], ['::1', '::ffff:127.0.0.1'], ['10.0.0.1', '169.254.169.254'], ['0.0.0.0'], ['fe80::1']];
    for (const answer of answers) {
      const got = await exchange(
        { method: 'POST', url: `http://rebind.example:${port}/` },
        { guard, signal: NEVER, secrets: [], lookup: async () => answer },
      );
      assert.ok('outcome' in got && !got.again && /connecting to rebind\.example: /.test(got.reason), JSON.stringify(got));
    }
    assert.equal(connections, 0);
  });

  test('a name is asked once, and what was judged is what is connected to', async () => {
    const sink = await httpSink();
    const guard = createGuard({ reach: [sink.reach], ownPorts: () => [] });
    let asked = 0;
    // The second answer is elsewhere; the first holds a refused one beside the good one.
    const lookup = async (): Promise<string[]> => (asked++ === 0 ? ['169.254.169.254', '127.0.0.1'] : ['127.0.0.2']);
    const got = await exchange({ method: 'POST', url: `http://once.example:${sink.port}/` }, { guard, signal: NEVER, secrets: [], lookup });
    assert.ok('status' in got && got.status === 200, JSON.stringify(got));
    assert.deepEqual([asked, sink.requests[0]?.headers['host']], [1, `once.example:${sink.port}`]);
    await sink.stop();
  });

  test('an address that sends on is not followed', async () => {
    const sink = await httpSink();
    const channel = await createChannelMaker(worldOf([sink.reach])).open('webhook', { url: sink.url });
    for (const status of [301, 302, 303, 307, 308]) {
      sink.answerWith({ status, headers: { Location: `http://127.0.0.1:${port}/` } });
      const { what, again, remedy } = refused(await channel.send(message(), NEVER));
      assert.deepEqual([what, again], ['channel', false]);
      assert.match(remedy, /no redirect is followed/);
    }
    assert.equal(connections, 0);
    await sink.stop();
  });

  test('what listens for us is refused even where it is opened', async () => {
    const guard = createGuard({
      reach: [`127.0.0.1:${port}`, '192.168.1.0/24'],
      ownPorts: () => [port],
      ownAddresses: () => ['192.168.1.5', '2a00::5', '1.2.3.4'],
    });
    for (const address of ['127.0.0.1', '::ffff:127.0.0.1', '192.168.1.5', '2a00::5', '1.2.3.4'])
      assert.match(String((guard.judge(address, port) as { reason?: string }).reason), /is Rollcall itself/, address);
    assert.equal(guard.judge('192.168.1.5', 80).allowed, true);
    assert.equal(guard.judge('192.168.1.6', port).allowed, true);
  });

  test('the config file opens what it names, and nothing beside it', () => {
    const guard = createGuard({
      reach: ['10.0.0.5', '192.168.1.0/24', '127.0.0.1:8080', '[::1]:8081', 'fd00::/8', '10.9.9.9:443'],
      ownPorts: () => [],
    });
    const judged = (address: string, to = 80): string => {
      const passage = guard.judge(address, to);
      return passage.allowed ? (passage.open ? 'open' : 'closed') : passage.remedy;
    };
    assert.equal(judged('10.0.0.5'), 'open');
    assert.equal(judged('192.168.1.77'), 'closed', 'of a block nobody is shown what it answers');
    assert.equal(judged('127.0.0.1', 8080), 'open');
    assert.equal(judged('::1', 8081), 'open');
    assert.equal(judged('10.9.9.9', 443), 'open');
    assert.equal(judged('fd12::1'), 'closed');
    assert.equal(judged('10.9.9.9', 80), 'add "10.9.9.9" to reach under [alerts] in the config file');
    assert.equal(judged('127.0.0.1', 8081), 'add "127.0.0.1:8081" to reach under [alerts] in the config file');
    assert.equal(judged('::1', 8080), 'add "[::1]:8080" to reach under [alerts] in the config file');
    for (const never of ['169.254.169.254', 'fd00:ec2::254', '0.0.0.0', '255.255.255.255'])
      assert.match(judged(never), /^name a receiver/, never);
  });
});
