import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import type { Observation } from '../../src/core/index.ts';
import type { NamesOptions } from '../../src/probes/index.ts';
import { createLan, type Lan, type LanHost } from '../lan/index.ts';
import { seen } from '../make/device.ts';
import { needs } from '../needs.ts';
import { comesTrue } from '../probes/clocks.ts';
import type { NameOrder, NameReply } from './name-from-here.ts';

const HOUR = 3_600_000;
const at = (address: string, mac: string): Observation => ({ ...seen(address), mac });
const ALL: NamesOptions = { enabled: false, mdns: true, netbios: true, llmnr: true, hostsFile: '/nowhere', deviceTimeout: 600 };

/** A device that answers for its names; `asked` are the ports it was asked at. */
interface Named {
  readonly child: ChildProcess;
  readonly asked: string[];
}

describe('devices asked for their names', needs('netns', 'python3'), () => {
  let lan: Lan;
  const children: ChildProcess[] = [];
  before(async () => {
    lan = await createLan({ hosts: 40 });
  });
  after(async () => {
    for (const child of children) child.kill('SIGKILL');
    await lan.stop();
  });

  async function answering(host: LanHost, name: string, how = 'fine'): Promise<Named> {
    const words = [`${import.meta.dirname}/responder.py`, host.address, name, 'HOMEGROUP', 'MacBookPro18,3', how];
    const child = spawn('ip', ['netns', 'exec', host.namespace, 'python3', ...words], { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    const asked: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => asked.push(line));
    assert.ok(await comesTrue(() => asked[0] === 'ready', 5000), 'the responder did not start');
    asked.length = 0;
    return { child, asked };
  }

  /** Asks from where the probe stands; its memory lives as long as the test. */
  function asker(options: NamesOptions = ALL): (order: NameOrder) => Promise<NameReply> {
    const words = [process.execPath, `${import.meta.dirname}/name-from-here.ts`, JSON.stringify(options)];
    const child = lan.spawn(words, { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
    return async (order) => {
      child.stdin!.write(`${JSON.stringify(order)}\n`);
      return JSON.parse(String((await lines.next()).value)) as NameReply;
    };
  }

  const met = ({ address, mac }: LanHost): Observation => at(address, mac);
  const texts = ({ seen: all }: NameReply) => all.map(({ names }) => names?.map(({ source, name }) => `${source}:${name}`) ?? null);

  test('each way gives its name and clues; again only after the refresh, at once for a directed look', async () => {
    const [host, silent] = [lan.hosts[0]!, lan.hosts[1]!];
    const device = await answering(host, 'macbook');
    const ask = asker();
    const first = await ask({ seen: [met(host), met(silent)], at: 0 });
    assert.deepEqual(texts(first), [['mdns:macbook.local', 'netbios:MACBOOK', 'llmnr:macbook'], null]);
    assert.deepEqual(
      first.seen[0]!.clues?.map(({ kind, value }) => `${kind} ${value}`),
      ['mdns.model MacBookPro18,3', 'netbios.group HOMEGROUP'],
    );
    await comesTrue(() => device.asked.length >= 4, 5000);
    assert.deepEqual(device.asked.toSorted(), ['137', '5353', '5353', '5355']);
    device.asked.length = 0;
    for (const minute of [1, 2, 30, 359]) assert.deepEqual(texts(await ask({ seen: [met(host)], at: minute * 60_000 })), [null]);
    assert.deepEqual(device.asked, []);
    assert.equal(texts(await ask({ seen: [met(host)], at: 6 * HOUR }))[0]?.length, 3);
    assert.equal(texts(await ask({ seen: [met(host)], at: 6 * HOUR + 1, fresh: true }))[0]?.length, 3);
    await comesTrue(() => device.asked.length >= 8, 5000);
    assert.equal(device.asked.length, 8);
  });

  test('who was silent is asked again after a quarter, an hour, six hours; a closed port costs no wait', async () => {
    const host = lan.hosts[2]!;
    const ask = asker();
    const { took } = await ask({ seen: [met(host)], at: 0 });
    assert.ok(took < 400, `nobody listens there, and it took ${took} ms`);
    const device = await answering(host, 'late');
    assert.deepEqual(texts(await ask({ seen: [met(host)], at: HOUR / 4 - 1 })), [null]);
    assert.deepEqual(device.asked, []);
    assert.equal(texts(await ask({ seen: [met(host)], at: HOUR / 4 }))[0]?.length, 3);
  });

  test('S8: wrong packets before the right one change nothing, and a flood of them is cut off', async () => {
    const [hostile, liar] = [lan.hosts[3]!, lan.hosts[4]!];
    await answering(hostile, 'nas', 'hostile');
    await answering(liar, 'nas', 'liar');
    const reply = await asker()({ seen: [met(hostile), met(liar)], at: 0 });
    assert.deepEqual(texts(reply), [['mdns:nas.local', 'netbios:NAS', 'llmnr:nas'], null]);
    assert.ok(reply.took < 2500, `${reply.took} ms`);
  });

  test('nobody is asked without a MAC, against a wish, or on the internet', async () => {
    const host = lan.hosts[5]!;
    const device = await answering(host, 'private');
    const ask = asker();
    const others = [seen(host.address), at('198.51.100.7', host.mac), at('fe80::1', host.mac), at('127.0.0.1', host.mac)];
    assert.deepEqual(texts(await ask({ seen: others, at: 0 })), [null, null, null, []]);
    assert.deepEqual(texts(await ask({ seen: [met(host)], spared: [host.address], at: 0 })), [null]);
    assert.deepEqual(device.asked, []);
  });

  test('no way out, an address nobody has, and many of them: silence, within the deadline', async () => {
    const nobody = Array.from({ length: 100 }, (_, i) => at(lan.addressAt(100 + i), '02:00:5e:00:00:01'));
    const beyond = at('192.168.99.9', '02:00:5e:00:00:02');
    const reply = await asker({ ...ALL, deadline: 800, deviceTimeout: 5000 })({ seen: [beyond, ...nobody], at: 0 });
    assert.ok(texts(reply).every((names) => names === null));
    assert.ok(reply.took < 2000, `${reply.took} ms`);
  });

  test('a sweep each minute asks nobody most of the time', async () => {
    const devices = await Promise.all(lan.hosts.slice(10, 20).map((host, i) => answering(host, `host${i}`)));
    const ask = asker();
    const sweep = lan.hosts.slice(10, 20).map(met);
    await ask({ seen: sweep, at: 0 });
    for (const { asked } of devices) asked.length = 0;
    let longest = 0;
    for (let minute = 1; minute < 60; minute++) longest = Math.max(longest, (await ask({ seen: sweep, at: minute * 60_000 })).took);
    assert.equal(devices.flatMap(({ asked }) => asked).length, 0);
    assert.ok(longest < 200, `${longest} ms`);
  });
});
