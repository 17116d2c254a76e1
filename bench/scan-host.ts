/** One host of a made-up network, as facts and as nmap 7.93 would print it. Equal numbers make equal hosts. */

interface MadePort {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly state: string;
  readonly service: number;
  /** Counts up when the program is updated. */
  readonly release: number;
  readonly scripted: boolean;
}

export interface MadeHost {
  readonly index: number;
  readonly named: boolean;
  readonly maker: number;
  readonly os: number;
  readonly silent: number;
  readonly ports: readonly MadePort[];
  /** What its file server says; null: it has none. */
  readonly files: string | null;
}

type Draw = () => number;

/** The same numbers each time (mulberry32). */
function numbers(seed: number): Draw {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const below = (draw: Draw, count: number): number => Math.floor(draw() * count);
const hex = (byte: number): string => (byte & 255).toString(16).toUpperCase().padStart(2, '0');

const PORTS = [
  21, 22, 25, 53, 80, 110, 139, 143, 443, 445, 587, 631, 993, 995, 1433, 2049, 3306, 3389, 5432, 5900, 6379, 8000, 8080, 8443, 9100,
];
const OPERATING_SYSTEMS = [
  'Linux 4.15 - 5.8',
  'Linux 5.0 - 5.14',
  'Microsoft Windows 10 1709 - 1909',
  'FreeBSD 12.0-RELEASE - 13.0',
  'HP LaserJet &amp; JetDirect',
];
const MAKERS = ['Synology Incorporated', 'Hewlett Packard', 'Intel Corporate', 'Ubiquiti Networks'];

/** name, product, version without its release, other words in the tag, cpe, what a script says of it */
const SERVICES = [
  [
    'ssh',
    'OpenSSH',
    '9.2p1 Debian 2+deb12u',
    'extrainfo="protocol 2.0" ostype="Linux"',
    'cpe:/a:openbsd:openssh:9.2p1',
    'ssh-hostkey',
    '&#xa;  256 7f:10:c4:9d:21:5e:66:0a:33:d1:4c:0b:9e:f2:18:6d (ECDSA)&#xa;  256 1c:44:0e:b1:7a:95:52:3f:c8:2d:70:e6:01:8b:aa:4f (ED25519)',
  ],
  [
    'http',
    'nginx',
    '1.22.',
    '',
    'cpe:/a:igor_sysoev:nginx:1.22.1',
    'http-title',
    'Welcome to &quot;intranet&quot; &lt;home&gt; &amp; caf&#xc3;&#xa9;',
  ],
  [
    'http',
    'Apache httpd',
    '2.4.5',
    'extrainfo="(Debian)" tunnel="ssl"',
    'cpe:/a:apache:http_server:2.4.57',
    'http-server-header',
    'Apache/2.4.57 (Debian)',
  ],
  ['ipp', 'CUPS', '2.4.', '', 'cpe:/a:apple:cups:2.4', 'http-robots.txt', '1 disallowed entry &#xa;/'],
  [
    'mysql',
    'MySQL',
    '8.0.3',
    '',
    'cpe:/a:mysql:mysql:8.0.36',
    'mysql-info',
    '&#xa;  Protocol: 10&#xa;  Thread ID: 41&#xa;  Status: Autocommit',
  ],
  [
    'domain',
    'ISC BIND',
    '9.18.2',
    'extrainfo="Debian Linux"',
    'cpe:/a:isc:bind:9.18.24',
    'dns-nsid',
    '&#xa;  bind.version: 9.18.24-1-Debian',
  ],
] as const;

/** The nth host of the network, in the address block 10.0.0.0/8. */
export function hostAt(index: number): MadeHost {
  const draw = numbers(index);
  const share = 0.32 + 0.4 * draw();
  const open = PORTS.filter(() => draw() < share);
  return {
    index,
    named: draw() < 0.7,
    maker: below(draw, MAKERS.length),
    os: below(draw, OPERATING_SYSTEMS.length),
    silent: 900 + below(draw, 80),
    ports: open.map((port) => portAt(port, draw)),
    files: draw() < 0.15 ? `FILES-${index}` : null,
  };
}

function portAt(port: number, draw: Draw): MadePort {
  const udp = draw() < 0.05;
  const state = udp ? 'open|filtered' : draw() < 0.85 ? 'open' : 'closed';
  return {
    protocol: udp ? 'udp' : 'tcp',
    port,
    state,
    service: below(draw, SERVICES.length),
    release: below(draw, 9),
    scripted: draw() < 0.3,
  };
}

/** What can happen to a host between two scans. Never only to a script of a port: that crashes Debian's Ndiff. */
const EVENTS: readonly ((host: MadeHost) => MadeHost | null)[] = [
  () => null,
  (host) => ({ ...host, ports: [...host.ports, { protocol: 'tcp', port: 31_337, state: 'open', service: 1, release: 1, scripted: true }] }),
  (host) => withFirstPort(host, { state: 'filtered' }),
  (host) => ({ ...host, ports: host.ports.slice(1) }),
  (host) => withFirstPort(host, { release: 9, state: 'open' }),
  (host) => ({ ...host, os: (host.os + 1) % OPERATING_SYSTEMS.length }),
  (host) => ({ ...host, silent: host.silent - 1 }),
  (host) => ({ ...host, files: `RENAMED-${host.index}` }),
  (host) => ({ ...host, maker: (host.maker + 1) % MAKERS.length }),
];

function withFirstPort(host: MadeHost, change: Partial<MadePort>): MadeHost {
  return { ...host, ports: host.ports.map((port, place) => (place === 0 ? { ...port, ...change } : port)) };
}

/** The same host at both scans; null where it was not there. Of a hundred hosts three differ. */
export function twice(index: number): readonly [MadeHost | null, MadeHost | null] {
  const [draw, host] = [numbers(~index), hostAt(index)];
  if (draw() >= 0.03) return [host, host];
  const then = (EVENTS[below(draw, EVENTS.length)] as (host: MadeHost) => MadeHost | null)(host);
  return draw() < 0.5 ? [host, then] : [then, host];
}

/** As nmap prints it. `scan` shows only in what no comparison looks at: times, hops, uptime. */
export function xmlOf(host: MadeHost, scan: number): string {
  const { index, silent, files } = host;
  const [draw, start] = [numbers(index * 2 + scan), 1_772_445_600 + scan * 86_400 + index];
  const name = host.named ? `<hostname name="host-${index}.example.org" type="PTR"/>\n` : '';
  const script =
    files === null
      ? ''
      : `<hostscript>${scriptXml('nbstat', `NetBIOS name: ${files}, NetBIOS user: &lt;unknown&gt;, NetBIOS MAC: 00:11:32:00:00:01`)}</hostscript>`;
  return (
    `<host starttime="${start}" endtime="${start + below(draw, 300)}"><status state="up" reason="arp-response" reason_ttl="0"/>\n` +
    `<address addr="10.${index >> 16}.${(index >> 8) & 255}.${index & 255}" addrtype="ipv4"/>\n` +
    `<address addr="02:00:0${host.maker}:${hex(index >> 16)}:${hex(index >> 8)}:${hex(index)}" addrtype="mac" vendor="${MAKERS[host.maker]}"/>\n` +
    `<hostnames>\n${name}</hostnames>\n<ports><extraports state="filtered" count="${silent}">\n` +
    `<extrareasons reason="no-response" count="${silent}" proto="tcp" ports="1-19,23-24,26-52,54-79,81-109,1000-1960"/>\n</extraports>\n` +
    `${host.ports.map((port) => portXml(port)).join('')}</ports>\n${osXml(host.os)}` +
    `<uptime seconds="${below(draw, 9_000_000)}" lastboot="Mon Jan  5 08:12:44 2026"/>\n<distance value="1"/>\n` +
    `${script}<times srtt="${below(draw, 900)}" rttvar="${below(draw, 90)}" to="100000"/>\n</host>\n`
  );
}

function portXml({ protocol, port, state, service, release, scripted }: MadePort): string {
  const [name, product, version, words, cpe, id, output] = SERVICES[service] as (typeof SERVICES)[number];
  const open = state === 'open';
  const told = open
    ? `<service name="${name}" product="${product}" version="${version}${release}" ${words} method="probed" conf="10"><cpe>${cpe}</cpe><cpe>cpe:/o:linux:linux_kernel</cpe></service>`
    : `<service name="${name}" method="table" conf="3"/>`;
  const reason = open ? 'syn-ack' : state === 'closed' ? 'reset' : 'no-response';
  return (
    `<port protocol="${protocol}" portid="${port}"><state state="${state}" reason="${reason}" reason_ttl="64"/>` +
    `${told}${open && scripted ? scriptXml(id, output) : ''}</port>\n`
  );
}

const scriptXml = (id: string, output: string): string =>
  `<script id="${id}" output="${output}"><elem key="text">${output}</elem>\n</script>`;

function osXml(os: number): string {
  const name = OPERATING_SYSTEMS[os];
  return (
    '<os><portused state="open" proto="tcp" portid="22"/>\n<portused state="closed" proto="tcp" portid="1"/>\n' +
    `<osmatch name="${name}" accuracy="98" line="67250">\n<osclass type="general purpose" vendor="Linux" osfamily="Linux" osgen="5.X" accuracy="98">` +
    '<cpe>cpe:/o:linux:linux_kernel:5</cpe></osclass>\n</osmatch>\n</os>\n'
  );
}
