import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { createLan, type Lan } from '../lan/index.ts';
import { ipBatch } from '../lan/ip.ts';
import { needs } from '../needs.ts';
import { comesTrue } from '../probes/clocks.ts';
import * as make from './frames.ts';
import { type Sender, type Station, startSender, startStation } from './station.ts';

const PHONE = 'f0:18:98:00:00:01';

/** The tcpdump of a station. */
const tcpdumpOf = (pid: number): number | undefined => running(pid, 'tcpdump\0-i')[0];

/** What a station keeps running: not what it only asks a question. */
const toolsOf = (pid: number): number[] => [...running(pid, 'tcpdump\0-i'), ...running(pid, 'monitor\0neigh')];

function running(pid: number, words: string): number[] {
  return children(pid).filter((child) => {
    try {
      return readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(words);
    } catch {
      return false;
    }
  });
}

function children(pid: number): number[] {
  return readdirSync('/proc').flatMap((entry) => {
    try {
      return /^\d+$/.test(entry) && parentOf(entry) === pid ? [Number(entry)] : [];
    } catch {
      return [];
    }
  });
}

const parentOf = (entry: string): number => Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${entry}/status`, 'utf8'))?.[1]);

describe('listening on a LAN', needs('netns', 'tcpdump', 'setpriv', 'python3'), () => {
  let lan: Lan;
  let station: Station;
  let sender: Sender;
  before(async () => {
    lan = await createLan({ hosts: 2 });
    // A switch keeps LLDP to itself unless it is told not to.
    await ipBatch(['link set br0 type bridge group_fwd_mask 0x4000'], lan.switch);
    sender = await startSender(lan);
    station = await startStation(lan, sender);
  });
  after(async () => {
    await station.stop();
    await lan.stop();
  });

  const announce = (address = '10.77.0.50', from = PHONE): Buffer => make.arp({ from }, { sender: address, target: address });

  test('who announces itself is told with its address, at the moment the kernel saw it', async () => {
    const [left] = await sender.send(announce());
    const { sighting } = await station.hears(({ mac, way }) => mac === PHONE && way === 'arp');
    assert.deepEqual([sighting.address, sighting.iface, sighting.line], ['10.77.0.50', lan.probe.iface, 'arp announce 10.77.0.50']);
    assert.ok(Math.abs(sighting.at - (left as number)) < 1000);
  });

  test('a real host that arrives is heard by what its own kernel sends', async () => {
    const host = await lan.arrive();
    const { sighting } = await station.hears(({ mac }) => mac === host.mac);
    assert.equal(sighting.way, 'nd');
    assert.match(sighting.address ?? '', /^fe80::/);
  });

  test('DHCP, mDNS over both families, neighbour discovery, LLDP, CDP and tagged frames are all understood', async () => {
    const from = 'f0:18:98:00:00:02';
    const name = make.dnsAnswer([{ type: 'A', name: 'phone.local', data: '10.77.0.51' }]);
    const name6 = make.dnsAnswer([{ type: 'AAAA', name: 'phone.local', data: 'fe80::51' }]);
    await sender.send(
      make.dhcp({ from }, { card: from, options: [[53, Buffer.from([1])], [12, 'phone']] }), // biome-ignore format: one message, one line
      make.mdns(from, '10.77.0.51', name),
      make.mdns6(from, 'fe80::51', name6),
      make.ndp({ from, to: '33:33:00:00:00:01' }, { type: 136, source: 'fe80::51', target: 'fe80::52', flags: 0x20000000 }),
      make.lldp(from, { name: 'sw-1', description: 'Switch OS', managed: '10.77.0.52' }),
      make.cdp(from, { device: 'ap-1', platform: 'cisco', address: '10.77.0.53' }),
      make.arp({ from, tags: [[0x8100, 5]] }, { sender: '10.77.0.54', target: '10.77.0.54' }),
      make.arp({ from, tags: [[0x8100, 0]] }, { sender: '10.77.0.55', target: '10.77.0.55' }),
      make.arp({ from: PHONE, tags: [[0x88a8, 7], [0x8100, 6]] }, { sender: '10.77.0.56', target: '10.77.0.56' }), // biome-ignore format: two tags, one line
    );
    const said = async (line: string): Promise<unknown[]> => {
      const { sighting } = await station.hears((heard) => heard.line.startsWith(line));
      return [sighting.way, sighting.address, ...sighting.names.map(({ name }) => name), ...sighting.clues.map(({ value }) => value)];
    };
    assert.deepEqual(await said(`dhcp discover from ${from}`), ['dhcp', null, 'phone']);
    assert.deepEqual(await said('mdns answer from 10.77.0.51'), ['mdns', '10.77.0.51', 'phone.local']);
    assert.deepEqual(await said('mdns answer from fe80::51'), ['mdns', 'fe80::51', 'phone.local']);
    assert.deepEqual(await said('nd advertisement fe80::52'), ['nd', 'fe80::52']);
    assert.deepEqual(await said(`lldp from ${from}`), ['lldp', '10.77.0.52', 'sw-1: Switch OS']);
    assert.deepEqual(await said(`cdp from ${from}`), ['cdp', '10.77.0.53', 'ap-1: cisco']);
    assert.deepEqual(await said('arp announce 10.77.0.54 (vlan 5)'), ['arp', null]);
    assert.deepEqual(await said('arp announce 10.77.0.55'), ['arp', '10.77.0.55']);
    assert.deepEqual(await said('arp announce 10.77.0.56 (vlan 6)'), ['arp', null]);
  });

  test('what the kernel finds out by itself is told, and only for this interface', async () => {
    const host = lan.hosts[0]!;
    // Speaking to a host makes the kernel ask for it; nobody listens there, and that is fine.
    await lan.run(['python3', '-c', `import socket; socket.socket(2, 2).sendto(b'x', ('${host.address}', 9))`]);
    const { sighting } = await station.hears(({ way, mac }) => way === 'neighbour' && mac === host.mac);
    assert.deepEqual([sighting.address, sighting.iface], [host.address, lan.probe.iface]);
  });

  test('tcpdump is killed, and listening goes on', async () => {
    for (const round of [1, 2]) {
      const killed = tcpdumpOf(station.pid) as number;
      assert.ok(killed > 0);
      process.kill(killed, 'SIGKILL');
      assert.ok(await comesTrue(() => (tcpdumpOf(station.pid) ?? killed) !== killed, 5000), 'no new tcpdump came');
      await heardAgain(`10.77.0.${60 + round}`);
    }
  });

  test('the interface goes down and up again, and listening goes on', async () => {
    await lan.probeDown();
    await lan.probeUp();
    await heardAgain('10.77.0.70');
  });

  /** Announces until it is heard: how long a new tcpdump takes to listen cannot be seen from outside. */
  async function heardAgain(address: string): Promise<void> {
    const deadline = performance.now() + 15_000;
    for (;;) {
      await sender.send(announce(address));
      const found = await station.hears((heard) => heard.address === address, 200).catch(() => undefined);
      if (found !== undefined) return;
      assert.ok(performance.now() < deadline, `${address} is not heard any more`);
    }
  }

  test('tcpdump may do nothing but capture: nobody’s uid, one capability', async () => {
    const status = readFileSync(`/proc/${tcpdumpOf(station.pid)}/status`, 'utf8');
    assert.match(status, /^Uid:\s+65534\s+65534/m);
    assert.match(status, /^CapEff:\s+0000000000002000$/m);
    assert.match(status, /^CapBnd:\s+0000000000002000$/m);
  });

  test('R13: stopped, it ends its tools and says nothing is wrong; killed, it takes them along', async () => {
    const stopped = await startStation(lan, sender);
    assert.ok(await comesTrue(() => toolsOf(stopped.pid).length === 2, 5000));
    const tools = toolsOf(stopped.pid);
    await stopped.stop();
    assert.equal(await stopped.ended, null);
    assert.deepEqual(tools.filter(isAlive), []);
    const killed = await startStation(lan, sender);
    assert.ok(await comesTrue(() => toolsOf(killed.pid).length === 2, 5000));
    const left = toolsOf(killed.pid);
    process.kill(killed.pid, 'SIGKILL');
    assert.ok(await comesTrue(() => !left.some(isAlive), 5000), 'something is left');
  });

  test('R12: a daemon that is not root and holds CAP_NET_RAW alone listens as well', async () => {
    const only = ['--inh-caps=-all,+net_raw', '--ambient-caps=-all,+net_raw', '--bounding-set=-all,+net_raw'];
    const modest = await startStation(lan, sender, {
      before: ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups', ...only, '--'],
    });
    await sender.send(announce('10.77.0.80', 'f0:18:98:00:00:03'));
    assert.equal((await modest.hears(({ mac }) => mac === 'f0:18:98:00:00:03')).sighting.address, '10.77.0.80');
    await modest.stop();
    assert.equal(await modest.ended, null);
  });

  test('R11: without the right to capture it ends at once and says so', async () => {
    const powerless = await startStation(lan, null, {
      before: ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups', '--'],
    });
    const cause = await powerless.ended;
    assert.equal(cause?.code, 'no-privilege');
    assert.match(cause.text, /^listening on lan0: tcpdump ended: .*permission/);
    await powerless.stop();
  });
});

const isAlive = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

describe('a flood', needs('netns', 'tcpdump', 'setpriv', 'python3'), () => {
  test('S9: memory stays, what is lost is counted, and known devices are heard all the while', async (t) => {
    const lan = await createLan({ hosts: 1, block: '10.77.0.0/16' });
    t.after(() => lan.stop());
    const [sender, blaster] = [await startSender(lan), await startSender(lan)];
    const station = await startStation(lan, sender, { knows: PHONE });
    const known = make.arp({ from: PHONE }, { sender: '10.77.0.50', target: '10.77.0.50' });
    await sender.send(known);
    await station.hears(({ mac }) => mac === PHONE);
    const before = await station.report();
    const flood = { over: false };
    const blasted = blaster.flood({ rate: 100_000, seconds: 10 }).finally(() => {
      flood.over = true;
    });
    let [heard, memory] = [0, 0];
    while (!flood.over) {
      // As a device that keeps its address alive: a frame may get lost, the next one does not.
      await sender.send(known);
      if (await station.hears(({ mac }) => mac === PHONE, 300).catch(() => null)) heard++;
      memory = Math.max(memory, (await station.report()).memory);
    }
    const sent = await blasted;
    const last = await afterCounting(station);
    assert.ok(sent > 100_000, `only ${sent} were sent`);
    assert.ok(heard >= 4, `heard ${heard} times in ten seconds`);
    assert.ok(memory - before.memory < 96 * 2 ** 20, `grew by ${(memory - before.memory) / 2 ** 20} MiB`);
    const { heard: arrived, told, passed, malformed, dropped } = last.count;
    assert.equal(told + passed + malformed, arrived);
    assert.ok(arrived + dropped >= sent * 0.8, `${sent} sent, ${arrived} arrived, ${dropped} dropped`);
    assert.ok(told < 20_000 && passed > sent / 10, JSON.stringify(last.count));
    await station.stop();
  });
});

/** tcpdump is asked for its losses every five seconds: this waits for two answers at most. */
async function afterCounting(station: Station) {
  let last = await station.report();
  await comesTrue(() => {
    void station.report().then((report) => {
      last = report;
    });
    return false;
  }, 6000);
  return last;
}
