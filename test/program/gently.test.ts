// Shares the machine: it mostly waits for nmap, and measures nothing.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Capture, captureSent, createLan, type Lan, mostInASecond, type Sent } from '../lan/index.ts';
import { needs } from '../needs.ts';
import { newProgram, type Program } from './program.ts';

const FRAGILE = [102, 502, 2404, 9100, 9101, 9107, 20_000, 44_818, 47_808];

describe('printers and devices of automation, as captured on the wire', needs('nmap', 'netns', 'python3', 'tcpdump', 'arp-scan'), () => {
  let lan: Lan;
  let program: Program;
  let capture: Capture;
  before(async () => {
    lan = await createLan({ hosts: 3 });
    const [printer, controller, server] = lan.hosts;
    assert.ok(printer && controller && server);
    await Promise.all([
      lan.open(printer, 80, 'HTTP/1.0 200 OK\r\nServer: ews\r\n\r\n'),
      lan.open(printer, 9100, ''),
      lan.open(controller, 502, ''),
      lan.open(controller, 80, 'HTTP/1.0 200 OK\r\nServer: plc\r\n\r\n'),
      lan.open(server, 80, 'HTTP/1.0 200 OK\r\nServer: nginx/1.22.1\r\n\r\n'),
    ]);
    program = await newProgram({ config: '[self]\nwatch = false\n', prefix: ['ip', 'netns', 'exec', lan.probe.namespace] });
    capture = await captureSent(lan);
    assert.equal((await program.run('scan', lan.block, '--ports', '80,502,9100')).code, 0);
    for (const { address } of lan.hosts)
      await program.run('device', 'set', address, '--type', address === printer.address ? 'printer' : 'server');
  });
  after(async () => {
    capture?.end();
    await program?.end();
    await lan?.stop();
  });

  const sentTo = async (place: number, from: number): Promise<Sent[]> => {
    const sent = (await capture.sent()).slice(from);
    return sent.filter(({ to, arp }) => to === lan.addressAt(place) && !arp);
  };

  test('are asked for a few ports, slowly, by SYN alone, and never what they serve, while others are', async () => {
    const from = (await capture.sent()).length;
    const ran = await program.run('scan', lan.block, '--plan', 'services', '--ports', 'top 100');
    assert.equal(ran.code, 0, ran.stderr);
    assert.match(ran.stdout, /is asked gently: .* \(it is a printer\)/);
    assert.match(ran.stdout, /is asked gently: .* \(Modbus answers at port 502\)/);
    for (const place of [1, 2]) {
      const sent = await sentTo(place, from);
      assert.ok(sent.length >= 90, `${sent.length}`);
      assert.deepEqual([...new Set(sent.filter(({ port }) => FRAGILE.includes(port ?? 0)).map(({ port }) => port))], []);
      assert.ok(mostInASecond(sent) <= 14, `${mostInASecond(sent)} in a second`);
      const talk = sent.filter(({ port }) => port === 80);
      assert.ok(talk.length <= 3, `a SYN and a reset, and no conversation: ${talk.length} packets`);
    }
    const talk = (await sentTo(3, from)).filter(({ port }) => port === 80);
    assert.ok(talk.length >= 5, 'the server was asked what it serves');
  });

  test('are asked like any other once a person allows it', async () => {
    await program.run('device', 'set', lan.addressAt(1), '--probe', 'yes');
    const from = (await capture.sent()).length;
    await program.run('scan', lan.addressAt(1), '--plan', 'services', '--ports', '80');
    assert.ok((await sentTo(1, from)).filter(({ port }) => port === 80).length >= 5);
    await program.run('device', 'set', lan.addressAt(1), '--probe', 'gently');
    const ran = await program.run('scan', lan.addressAt(1), '--plan', 'services', '--ports', '80');
    assert.match(ran.stdout, /it is to be asked gently/);
  });
});
