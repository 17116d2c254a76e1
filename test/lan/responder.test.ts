import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { needs } from '../needs.ts';
import { createLan, type Lan, type Responder, startResponder, type VirtualHost } from './index.ts';

const ghosts: VirtualHost[] = Array.from({ length: 100 }, (_, i) => ({
  address: `10.77.0.${100 + i}`,
  mac: `00:1b:a9:07:00:${i.toString(16).padStart(2, '0')}`,
}));

describe('hosts that do not exist', needs('netns', 'python3', 'arp-scan', 'nmap'), () => {
  let lan: Lan;
  let responder: Responder;
  before(async () => {
    lan = await createLan({ hosts: 2 });
    responder = await startResponder(lan, { hosts: ghosts });
  });
  after(() => lan.stop());

  const sweep = async (retries = 2): Promise<Map<string, string>> => {
    const argv = ['arp-scan', '-I', lan.probe.iface, '-x', '-q', '-g', '-r', String(retries), '-t', '100', '-B', '2M', lan.block];
    const { stdout } = await lan.run(argv);
    return new Map(
      stdout
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split('\t') as [string, string]),
    );
  };

  test('they answer ARP with their MACs, beside the real hosts', async () => {
    const seen = await sweep(3);
    assert.equal(seen.size, 102);
    for (const { address, mac } of ghosts) assert.equal(seen.get(address), mac);
  });

  test('they answer pings', async () => {
    const { stdout } = await lan.run(['nmap', '-sn', '-n', '-PE', '--disable-arp-ping', '10.77.0.100-109']);
    assert.match(stdout, /\(10 hosts up\)/);
  });

  test('R36: at 50 % loss a single question misses about half of them', async () => {
    await responder.turn({ loss: 0.5, seed: 7 });
    const found = (await sweep(1)).size - 2;
    assert.ok(found > 30 && found < 70, `${found} of 100 answered`);
    await responder.turn({ loss: 0 });
  });

  test('R37: asleep, they are silent; the real hosts are not', async () => {
    await responder.turn({ awake: 0, of: 6 });
    assert.equal((await sweep()).size, 2);
    await responder.turn({ awake: 1, of: 1 });
    assert.equal((await sweep(3)).size, 102);
  });

  test('S7: with churn no MAC is seen twice', async () => {
    await responder.turn({ churn: true });
    const [first, second] = [await sweep(1), await sweep(1)];
    const macs = ghosts.flatMap(({ address }) => [first.get(address), second.get(address)]);
    assert.equal(new Set(macs).size, macs.length);
    await responder.turn({ churn: false });
  });

  test('R41: with proxy ARP every address is up, and the real hosts keep their own MACs', async () => {
    await responder.turn({ proxy: '78:8a:20:00:00:01' });
    const seen = await sweep(3);
    assert.ok(seen.size > 250, `${seen.size} answered`);
    for (const { address, mac } of lan.hosts) assert.equal(seen.get(address), mac);
    await responder.turn({ proxy: null });
  });

  test('it counts what it was asked and what it answered', async () => {
    const start = await responder.turn({ loss: 1 });
    await sweep(1);
    const end = await responder.turn({ loss: 0 });
    assert.ok(end.asked >= start.asked + 100);
    assert.equal(end.answered, start.answered);
  });
});
