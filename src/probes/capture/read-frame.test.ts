import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as make from '../../../test/capture/frames.ts';
import type { FrameReading, FrameSeen } from './frame-seen.ts';
import { readFrame } from './read-frame.ts';

const FROM = 'f0:18:98:00:00:01';
const ANOTHER = '00:11:32:00:00:02';

function seen(frame: Uint8Array): FrameSeen {
  const reading = readFrame(frame);
  assert.ok(typeof reading === 'object', String(reading));
  return reading;
}

/** A reading as one line: way, address, names, clues. */
function said(frame: Uint8Array): string {
  const { way, mac, address, names, clues } = seen(frame);
  assert.equal(mac, FROM);
  return [
    way,
    address,
    ...names.map(({ name, source }) => `${source}:${name}`),
    ...clues.map(({ kind, value }) => `${kind}=${value}`),
  ].join(' ');
}

describe('ARP', () => {
  const ask = (fields: Partial<make.Arp>): Buffer => make.arp({ from: FROM }, { sender: '10.77.0.9', target: '10.77.0.1', ...fields });

  test('a request and a reply show their sender at its address', () => {
    assert.equal(said(ask({})), 'arp 10.77.0.9');
    assert.equal(said(ask({ operation: 2 })), 'arp 10.77.0.9');
    assert.equal(seen(ask({})).line, 'arp who-has 10.77.0.1 tell 10.77.0.9');
    assert.equal(seen(ask({ target: '10.77.0.9' })).line, 'arp announce 10.77.0.9');
  });

  test('a probe asks whether an address is free, and has none yet', () => {
    const probe = seen(ask({ sender: '0.0.0.0', target: '10.77.0.9' }));
    assert.deepEqual([probe.address, probe.line], [null, 'arp probe 10.77.0.9']);
  });

  test('a claim for another card than the sender’s is not believed', () => {
    assert.equal(seen(ask({ card: ANOTHER })).address, null);
  });

  test('group and null senders, short frames and other protocols are no sightings', () => {
    const cases: [Uint8Array, FrameReading][] = [
      [make.arp({ from: 'ff:ff:ff:ff:ff:ff' }, { sender: '10.77.0.9', target: '10.77.0.9' }), 'malformed'],
      [make.arp({ from: '01:00:5e:00:00:fb' }, { sender: '10.77.0.9', target: '10.77.0.9' }), 'malformed'],
      [make.arp({ from: '00:00:00:00:00:00' }, { sender: '10.77.0.9', target: '10.77.0.9' }), 'malformed'],
      [ask({}).subarray(0, 40), 'malformed'],
      [ask({ operation: 9 }), 'passed'],
      [Buffer.alloc(0), 'malformed'],
    ];
    for (const [frame, reading] of cases) assert.equal(readFrame(frame), reading);
  });
});

describe('VLAN tags', () => {
  const tagged = (...tags: [number, number][]): Buffer => make.arp({ from: FROM, tags }, { sender: '10.77.0.9', target: '10.77.0.1' });

  test('a tagged sender is seen; its address belongs to another network', () => {
    const reading = seen(tagged([0x8100, 5]));
    assert.deepEqual([reading.mac, reading.address, reading.line], [FROM, null, 'arp who-has 10.77.0.1 tell 10.77.0.9 (vlan 5)']);
    assert.match(seen(tagged([0x88a8, 7], [0x8100, 5])).line, /vlan 5/);
  });

  test('VLAN 0 is only a priority', () => {
    assert.equal(said(tagged([0x8100, 0x6000])), 'arp 10.77.0.9');
  });

  test('three tags are too many, and a tag needs a frame after it', () => {
    assert.equal(readFrame(tagged([0x8100, 1], [0x8100, 2], [0x8100, 3])), 'malformed');
    assert.equal(readFrame(tagged([0x8100, 1]).subarray(0, 17)), 'malformed');
  });
});

describe('DHCP', () => {
  const KINDS = { discover: 1, request: 3, ack: 5, inform: 8 } as const;
  const message = (kind: keyof typeof KINDS, fields: Partial<make.Dhcp> = {}): Buffer =>
    make.dhcp({ from: FROM }, { card: FROM, ...fields, options: [[53, Buffer.from([KINDS[kind]])], ...(fields.options ?? [])] });
  const at = (...octets: number[]): Buffer => Buffer.from(octets);

  test('a client lets slip its name, identifier, vendor class and the options it asks for', () => {
    const options = [
      [12, 'phone'],
      [61, at(1, 0xf0, 0x18, 0x98, 0, 0, 1)],
      [60, 'android-dhcp-14'],
      [55, at(1, 3, 6, 15)],
    ] as const;
    assert.equal(
      said(message('discover', { options })),
      'dhcp  dhcp:phone dhcp.client=01f01898000001 dhcp.vendor=android-dhcp-14 dhcp.options=1,3,6,15',
    );
  });

  test('it is at the address it has, or takes from an offer; not at one it had once', () => {
    assert.equal(seen(message('inform', { has: '10.77.0.9' })).address, '10.77.0.9');
    const requested = [50, at(10, 77, 0, 9)] as const;
    assert.equal(seen(message('request', { options: [requested, [54, at(10, 77, 0, 1)]] })).address, '10.77.0.9');
    assert.equal(seen(message('request', { options: [requested] })).address, null);
    assert.match(seen(message('request', { options: [requested] })).line, /^dhcp request for 10\.77\.0\.9 from/);
  });

  test('a server is seen as itself: nothing in its answer is its own', () => {
    const payload = make.dhcpMessage({
      operation: 2,
      card: ANOTHER,
      given: '10.77.0.9',
      options: [
        [53, at(KINDS.ack)],
        [12, 'not-mine'],
      ],
    });
    const ends = { from: FROM, to: ANOTHER };
    assert.equal(said(make.udp4(ends, { source: '10.77.0.1', destination: '10.77.0.9', ports: [67, 68], payload })), 'dhcp 10.77.0.1');
  });

  test('what a relay passes on, or is asked for another card, is not the sender’s', () => {
    assert.equal(readFrame(message('discover', { relay: '10.78.0.1' })), 'passed');
    assert.equal(said(message('inform', { card: ANOTHER, has: '10.77.0.9', options: [[12, 'other']] })), 'dhcp ');
  });

  test('a full name (option 81) is read in both its forms', () => {
    assert.match(said(message('request', { options: [[81, at(0, 0, 0, ...Buffer.from('pc.example.org.'))]] })), /dhcp:pc\.example\.org$/);
    const labels = at(4, 0, 0, 2, 0x70, 0x63, 3, 0x6c, 0x61, 0x6e, 0);
    assert.match(said(message('request', { options: [[81, labels]] })), /dhcp:pc\.lan$/);
  });

  test('options that end too early are malformed; a missing end mark is forgiven', () => {
    const whole = make.dhcpMessage({ card: FROM, options: [[12, 'phone']] });
    const frame = (payload: Uint8Array): Buffer =>
      make.udp4({ from: FROM }, { source: '0.0.0.0', destination: '255.255.255.255', ports: [68, 67], payload });
    assert.match(said(frame(whole.subarray(0, -1))), /phone/);
    assert.equal(readFrame(frame(whole.subarray(0, -2))), 'malformed');
    assert.equal(readFrame(frame(whole.subarray(0, 239))), 'malformed');
  });
});

describe('mDNS', () => {
  const answer = (...records: Parameters<typeof make.dnsAnswer>[0]): Buffer => make.mdns(FROM, '10.77.0.9', make.dnsAnswer(records));

  test('an announcement tells name, services, model and identifier', () => {
    const frame = answer(
      { type: 'PTR', name: '_ipp._tcp.local', data: 'Printer (2)._ipp._tcp.local' },
      { type: 'SRV', name: 'Printer (2)._ipp._tcp.local', data: { port: 631, target: 'printer.local', priority: 0, weight: 0 } },
      { type: 'TXT', name: 'Printer (2)._ipp._tcp.local', data: ['ty=Brother HL', 'DeviceID=AA:BB:CC', 'id=1', 'junk', '=x'] },
      { type: 'PTR', name: '_services._dns-sd._udp.local', data: '_airplay._tcp.local' },
      { type: 'A', name: 'printer.local', data: '10.77.0.9' },
      { type: 'AAAA', name: 'printer.local', data: 'fe80::9' },
    );
    assert.equal(
      said(frame),
      'mdns 10.77.0.9 mdns:printer.local mdns.id=AA:BB:CC mdns.service=_ipp._tcp mdns.service=_airplay._tcp mdns.model=Brother HL',
    );
  });

  test('over IPv6 the name stands beside the IPv6 address', () => {
    const payload = make.dnsAnswer([{ type: 'AAAA', name: 'mac.local', data: 'fe80::9' }]);
    assert.equal(said(make.mdns6(FROM, 'fe80::9', payload)), 'mdns fe80::9 mdns:mac.local');
  });

  test('a question shows its sender only', () => {
    assert.equal(said(make.mdns(FROM, '10.77.0.9', make.dnsQuestion('_ipp._tcp.local'))), 'mdns 10.77.0.9');
  });

  test('what is passed on for somebody else (a reflector, a sleep proxy) says nothing of its sender', () => {
    const frame = answer(
      { type: 'A', name: 'sleeper.local', data: '10.77.0.77' },
      { type: 'TXT', name: 'x._ipp._tcp.local', data: ['id=stolen'] },
    );
    assert.equal(said(frame), 'mdns 10.77.0.9');
  });

  test('names outside .local, and .local alone, are nobody’s', () => {
    assert.equal(said(answer({ type: 'A', name: 'bank.example.com', data: '10.77.0.9' })), 'mdns 10.77.0.9');
    assert.equal(said(answer({ type: 'A', name: 'local', data: '10.77.0.9' })), 'mdns 10.77.0.9');
  });

  test('what is taken back (no time to live) does not count', () => {
    assert.equal(said(answer({ type: 'A', name: 'mac.local', data: '10.77.0.9', ttl: 0 })), 'mdns 10.77.0.9');
  });

  test('S8: hostile names are cleaned and cut', () => {
    const evil = '\u001b[31mred\u202egnp\u0007';
    assert.match(said(answer({ type: 'A', name: `${evil}.local`, data: '10.77.0.9' })), /mdns:\[31mredgnp\.local$/);
    const many = Array.from({ length: 100 }, (_, i) => ({ type: 'A' as const, name: `h${i}.local`, data: '10.77.0.9' }));
    assert.equal(seen(answer(...many)).names.length, 8);
  });

  test('S8: pointers to themselves, in circles and past the end, counts and lengths that lie: malformed at once', () => {
    const message = (hex: string, counts = '0000000100000000'): Buffer =>
      make.mdns(FROM, '10.77.0.9', Buffer.from(`00008400${counts}${hex}`, 'hex'));
    const hostile = [
      message('c00c000100010000007800040a4d0009'),
      message('c00ec00c00010001000000780004'),
      message('ffff00010001000000780004'),
      message('3f61'),
      message('0161', 'ffffffffffffffff'),
      message('', 'ffffffffffffffff'),
      message('01610000100001000000780005ff6162'),
      message('0161000001800100000078ffff0a'),
    ];
    for (const frame of hostile) assert.equal(readFrame(frame), 'malformed');
  });

  test('sound records before a broken one count', () => {
    const whole = make.dnsAnswer([
      { type: 'A', name: 'mac.local', data: '10.77.0.9' },
      { type: 'TXT', name: 'mac.local', data: ['id=17'] },
    ]);
    assert.equal(said(make.mdns(FROM, '10.77.0.9', whole.subarray(0, -3))), 'mdns 10.77.0.9 mdns:mac.local');
  });
});

describe('neighbour discovery', () => {
  const frame = (fields: make.Ndp): Buffer => make.ndp({ from: FROM }, fields);

  test('who looks for an address, or whether it is free, is seen', () => {
    assert.equal(said(frame({ type: 135, source: 'fe80::9', target: 'fe80::1', options: [[1, FROM]] })), 'nd fe80::9');
    assert.equal(said(frame({ type: 135, source: '::', target: 'fe80::9' })), 'nd fe80::9');
  });

  test('an advertisement speaks for its target; its router flag is a clue', () => {
    assert.equal(said(frame({ type: 136, source: 'fe80::9', target: 'fd77::9', options: [[2, FROM]] })), 'nd fd77::9');
    assert.equal(said(frame({ type: 136, source: 'fe80::9', target: 'fe80::9', flags: 0xa0000000 })), 'nd fe80::9 router=nd');
  });

  test('a router’s advertisement makes it a router, unless its lifetime is 0', () => {
    const advertisement = (lifetime: number): Buffer =>
      frame({ type: 134, source: 'fe80::1', flags: 0x40000000 + lifetime, body: '0000000000000000', options: [[1, FROM]] });
    assert.equal(said(advertisement(1800)), 'nd fe80::1 router=nd');
    assert.equal(said(advertisement(0)), 'nd fe80::1');
    assert.equal(said(frame({ type: 133, source: '::' })), 'nd ');
  });

  test('a claim for another card is not believed', () => {
    assert.equal(said(frame({ type: 136, source: 'fe80::9', target: 'fe80::9', options: [[2, ANOTHER]] })), 'nd ');
    assert.equal(said(frame({ type: 135, source: 'fe80::9', target: 'fe80::1', options: [[1, ANOTHER]] })), 'nd ');
  });

  test('what came through a router is passed over; options without a length never end', () => {
    assert.equal(readFrame(frame({ type: 135, source: 'fe80::9', target: 'fe80::1', hops: 64 })), 'passed');
    assert.equal(readFrame(frame({ type: 135, source: 'fe80::9', target: 'fe80::1', body: '0100' })), 'malformed');
    assert.equal(readFrame(frame({ type: 136, source: 'fe80::9', target: 'ff02::1' })), 'malformed');
  });
});

describe('LLDP and CDP', () => {
  test('a switch introduces itself', () => {
    assert.equal(
      said(make.lldp(FROM, { name: 'sw-1', description: 'Switch OS 7', managed: '10.77.0.2' })),
      'lldp 10.77.0.2 lldp.system=sw-1: Switch OS 7',
    );
    assert.equal(said(make.lldp(FROM, { name: '' })), 'lldp ');
    assert.equal(
      said(make.cdp(FROM, { device: 'ap-1', platform: 'cisco AIR', address: '10.77.0.3' })),
      'cdp 10.77.0.3 lldp.system=ap-1: cisco AIR',
    );
  });

  test('other protocols to the same group are passed over, cut-off ones are malformed', () => {
    const cdp = make.cdp(FROM, { device: 'ap-1', platform: 'cisco AIR' });
    assert.equal(readFrame(cdp.subarray(0, -1)), 'malformed');
    cdp.writeUInt16BE(0x2003, 20);
    assert.equal(readFrame(cdp), 'passed');
    assert.equal(readFrame(make.lldp(FROM, { name: 'sw-1' }).subarray(0, 30)), 'malformed');
    assert.equal(readFrame(make.ethernet({ from: FROM }, 0x88cc, Buffer.alloc(46))), 'malformed');
  });
});

test('fragments, other ports and other protocols are passed over', () => {
  const udp = make.udp4({ from: FROM }, { source: '10.77.0.9', destination: '10.77.0.1', ports: [5000, 53], payload: Buffer.alloc(20) });
  assert.equal(readFrame(udp), 'passed');
  const fragment = make.mdns(FROM, '10.77.0.9', make.dnsQuestion('x.local'));
  fragment.writeUInt16BE(0x2000, 20);
  assert.equal(readFrame(fragment), 'passed');
  assert.equal(readFrame(make.ethernet({ from: FROM }, 0x9000, Buffer.alloc(46))), 'passed');
});
