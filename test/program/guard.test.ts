// Shares the machine: it mostly waits for nmap, and measures nothing.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { type Capture, captureSent, createLan, type Lan, type Sent } from '../lan/index.ts';
import { needs } from '../needs.ts';
import { newProgram, type Program } from './program.ts';
import { recorder } from './recorder.ts';

type Scan = { id: number; outcome: string; cause: { code: string; text: string } | null };

describe('S3.6: a guard says where this machine must stand', needs('nmap', 'netns', 'python3', 'tcpdump', 'arp-scan'), () => {
  let lan: Lan;
  let program: Program;
  let capture: Capture;
  before(async () => {
    lan = await createLan({ hosts: 4 });
    await lan.buildElsewhere(4);
    await lan.run(['ip', 'route', 'add', 'default', 'via', lan.addressAt(1)]);
    program = await newProgram({ config: '[self]\nwatch = false\n', prefix: ['ip', 'netns', 'exec', lan.probe.namespace] });
    capture = await captureSent(lan);
  });
  after(async () => {
    capture?.end();
    await program?.end();
    await lan?.stop();
  });

  const targets = (): string => `${lan.addressAt(2)}-${lan.addressAt(9)}`;
  const gateway = (): string => lan.hosts[0]?.mac as string;
  /** What was sent to anybody but the gateway since then. */
  const sentSince = async (count: number): Promise<Sent[]> =>
    (await capture.sent()).slice(count).filter(({ to }) => to !== lan.addressAt(1));
  const newest = async (): Promise<Scan> => (await program.json('scans', '--limit', '1'))[0];

  test('at home the gateway answers from its card, and the scan is made', async () => {
    const from = (await capture.sent()).length;
    const ran = await program.run(
      'scan',
      targets(),
      '--plan',
      'sweep',
      '--guard',
      `gateway=${gateway().toUpperCase()}`,
      '--guard',
      `network=${lan.block}`,
    );
    assert.equal(ran.code, 0, ran.stderr + ran.stdout);
    assert.ok((await sentSince(from)).length >= 8, 'everybody was asked');
  });

  test('in another network of the same numbers nothing is sent to the targets, and it says what was expected and found', async () => {
    await lan.carry('elsewhere');
    await lan.run(['ip', 'neigh', 'flush', 'all']);
    const from = (await capture.sent()).length;
    for (const plan of ['sweep', 'ports', 'deep']) {
      const ran = await program.run('scan', targets(), '--plan', plan, '--guard', `gateway=${gateway()}`);
      assert.equal(ran.code, 2, ran.stdout);
      assert.match(
        ran.stdout + ran.stderr,
        new RegExp(`expects a gateway that answers from ${gateway()}, and found ${lan.addressAt(1)} at `),
      );
    }
    assert.equal((await newest()).cause?.code, 'wrong-vantage');
    assert.deepEqual(await sentSince(from), []);
    await lan.carry('home');
  });

  test('a gateway that keeps silent proves nothing, and nothing is sent either', async () => {
    const host = lan.hosts[0];
    assert.ok(host);
    await lan.depart(host);
    const from = (await capture.sent()).length;
    const ran = await program.run('scan', targets(), '--plan', 'ports', '--guard', `gateway=${gateway()}`);
    assert.equal(ran.code, 2, ran.stdout);
    assert.equal((await newest()).cause?.code, 'vantage-unproven');
    assert.deepEqual(await sentSince(from), []);
    await lan.arrive(host);
  });

  test('a network this machine is not in stops it before anybody is asked anything', async () => {
    const from = (await capture.sent()).length;
    const ran = await program.run('scan', targets(), '--plan', 'ports', '--guard', 'network=192.168.7.0/24');
    assert.equal(ran.code, 2);
    assert.equal((await newest()).cause?.code, 'wrong-vantage');
    assert.deepEqual((await capture.sent()).slice(from), []);
  });

  test('what no guard can be, or nobody could answer, is refused before a scan begins', async () => {
    const before = (await newest()).id;
    for (const guard of ['gateway=-iL', 'gateway', '=x', 'iface=lan0', 'public=10.0.0.0/8', 'network=0/0', 'public=203.0.113.7'])
      assert.equal((await program.run('scan', targets(), '--guard', guard)).code, 2, guard);
    assert.equal((await newest()).id, before);
  });
});

describe('S3.6: a guard by the public address asks the page of the config, and nobody else', () => {
  test('the address must be the one that is expected; this machine itself may always be scanned', async (t) => {
    let says = '203.0.113.7';
    let asked = 0;
    const server = createServer((_, response) => {
      asked++;
      response.writeHead(200, { 'content-type': 'text/plain' }).end(says);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const nmap = recorder(); // whatever goes wrong, nothing is sent
    const config = `[guard]\npublic = "203.0.113.7"\nask = "http://127.0.0.1:${port}/"\n[self]\nwatch = false\n${nmap.config}`;
    const program = await newProgram({ config });
    t.after(async () => {
      server.close();
      await program.end();
      nmap.remove();
    });
    await program.run('scan', '127.0.0.1', '--ports', '22');
    assert.equal(nmap.calls().length, 1);
    assert.equal(asked, 0, 'whoever asks this machine itself stands where it stands');
    says = '203.0.113.8';
    const ran = await program.run('scan', '10.255.255.1', '--plan', 'ports');
    assert.equal(ran.code, 2);
    assert.match(ran.stdout + ran.stderr, /expects the public address 203\.0\.113\.7, and found 203\.0\.113\.8: nothing was sent/);
    assert.ok(asked >= 1);
    assert.equal(nmap.calls().length, 1, 'no process was started');
    says = '203.0.113.7';
    await program.run('scan', '10.255.255.1', '--plan', 'ports');
    assert.equal(nmap.calls().length, 2);
  });
});
