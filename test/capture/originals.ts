import * as make from './frames.ts';

const FROM = 'f0:18:98:00:00:01';
const ends = { from: FROM };

/** One sound frame of every sort that is read, some of them long. */
export function originals(): Buffer[] {
  return [...arps(), ...dhcps(), ...mdnses(), ...ndps(), ...introductions()];
}

function arps(): Buffer[] {
  const announce = { sender: '10.77.0.9', target: '10.77.0.9' };
  return [
    make.arp(ends, announce),
    make.arp(ends, { operation: 2, sender: '10.77.0.9', target: '10.77.0.1' }),
    make.arp({ from: FROM, tags: [[0x8100, 5]] }, announce),
    make.arp({ from: FROM, tags: [[0x88a8, 7], [0x8100, 5]] }, announce), // biome-ignore format: two tags, one line
  ];
}

function dhcps(): Buffer[] {
  const options = [
    [53, Buffer.from([3])],
    [61, Buffer.from('01f01898000001', 'hex')],
    [50, Buffer.from([10, 77, 0, 9])],
    [54, Buffer.from([10, 77, 0, 1])],
    [12, 'Jané’s-phone'],
    [60, 'android-dhcp-14'],
    [55, Buffer.from([1, 3, 6, 15, 26, 28, 51, 58, 59, 43])],
    [81, Buffer.from('040000027063036c616e00', 'hex')],
  ] as const;
  const payload = make.dhcpMessage({ operation: 2, card: FROM, given: '10.77.0.9', options });
  return [
    make.dhcp(ends, { card: FROM, options }),
    make.dhcp(ends, { card: FROM, has: '10.77.0.9', options }),
    make.udp4(ends, { source: '10.77.0.1', destination: '10.77.0.9', ports: [67, 68], payload }),
  ];
}

function mdnses(): Buffer[] {
  const services = ['_ipp._tcp', '_airplay._tcp', '_hap._tcp', '_googlecast._tcp', '_device-info._tcp'];
  const announcement = make.dnsAnswer(
    services.flatMap((service) => [
      { type: 'PTR' as const, name: `${service}.local`, data: `Living room.${service}.local` },
      { type: 'PTR' as const, name: '_services._dns-sd._udp.local', data: `${service}.local` },
      { type: 'SRV' as const, name: `Living room.${service}.local`, data: { port: 631, target: 'tv.local', priority: 0, weight: 0 } },
      {
        type: 'TXT' as const,
        name: `Living room.${service}.local`,
        data: ['md=Chromecast', 'id=0011223344', 'deviceid=AA:BB:CC:DD:EE:FF'],
      },
    ]),
    [
      { type: 'A', name: 'tv.local', data: '10.77.0.9' },
      { type: 'AAAA', name: 'tv.local', data: 'fe80::9' },
      { type: 'NSEC', name: 'tv.local', data: { nextDomain: 'tv.local', rrtypes: ['A', 'AAAA'] } },
      { type: 'HINFO', name: 'tv.local', data: { cpu: 'ARM', os: 'LINUX' } },
    ],
  );
  // Each name points to the one before it: compressed as no sound sender would, and allowed all the same.
  const address = '000100010000007800040a4d0009';
  const pointers = Array.from({ length: 7 }, (_, i) => `c0${(i === 0 ? 12 : 29 + (i - 1) * 16).toString(16).padStart(2, '0')}${address}`);
  const chain = Buffer.from(`000084000000000800000000016100${address}${pointers.join('')}`, 'hex');
  return [
    make.mdns(FROM, '10.77.0.9', announcement),
    make.mdns6(FROM, 'fe80::9', announcement),
    make.mdns(FROM, '10.77.0.9', make.dnsQuestion('_ipp._tcp.local')),
    make.mdns(FROM, '10.77.0.9', chain),
  ];
}

function ndps(): Buffer[] {
  const card = (kind: number) => [[kind, FROM]] as const;
  return [
    make.ndp(ends, { type: 135, source: 'fe80::9', target: 'fe80::1', options: card(1) }),
    make.ndp(ends, { type: 135, source: '::', target: 'fe80::9' }),
    make.ndp(ends, { type: 136, source: 'fe80::9', target: 'fd77::9', flags: 0xa0000000, options: card(2) }),
    make.ndp(ends, { type: 134, source: 'fe80::1', flags: 0x40000708, body: '0000000000000000', options: card(1) }),
    make.ndp(ends, { type: 133, source: 'fe80::9', options: card(1) }),
  ];
}

const introductions = (): Buffer[] => [
  make.lldp(FROM, { name: 'sw-1', description: 'Switch OS 7.1, build 42', managed: '10.77.0.2' }),
  make.cdp(FROM, { device: 'ap-1', platform: 'cisco AIR-AP', address: '10.77.0.3' }),
];
