import type { Observation, ScanReport, Untrusted } from '../src/core/index.ts';
import { blockRange, formatAddress, parseAddress } from '../src/core/index.ts';

const BASE = parseAddress('10.0.0.0') as NonNullable<ReturnType<typeof parseAddress>>;
const word = (text: string): Untrusted => text as Untrusted;

/** The nth host of a made-up network: MAC, name and a few open ports, always the same. */
export function hostAt(index: number, ports = 3): Observation {
  const address = formatAddress({ family: 4, value: BASE.value + BigInt(index + 1) });
  const mac = `00:11:32:${[16, 8, 0].map((shift) => ((index >> shift) & 255).toString(16).padStart(2, '0')).join(':')}`;
  const open = Array.from({ length: ports }, (_, i) => ({
    protocol: 'tcp' as const,
    port: [22, 80, 443, 8080, 9100][i] ?? 10_000 + i,
    state: 'open' as const,
    service: null,
  }));
  const names = [{ name: word(`host-${index}.lan`), source: 'dns' as const }];
  return {
    address,
    mac,
    vendor: word('Synology Incorporated'),
    names,
    reason: 'arp-response',
    seenAt: 0,
    ports: open,
    unlisted: [],
    timedOut: false,
    os: null,
  };
}

/** A scan that saw these hosts in 10.0.0.0/8 at a moment. */
export function reportOf(observations: readonly Observation[], at: number, { ports = false }: { ports?: boolean } = {}): ScanReport {
  return {
    startedAt: at - 2000,
    finishedAt: at,
    outcome: 'complete',
    cause: null,
    asked: 65_536,
    observations,
    warnings: [],
    raw: null,
    coverage: {
      addresses: [blockRange(BASE, 8)],
      ports: ports ? { tcp: [[1, 10_000]] } : {},
      depth: ports ? 'ports' : 'presence',
      basis: 'asked',
    },
    vantage: { iface: 'lan0', privileged: true },
    tool: { name: 'nmap', version: '7.93' },
    commands: [['nmap', '-sn', '--', '10.0.0.0/16']],
  };
}

/** The same hosts as nmap would print them. */
export function xmlOf(hosts: readonly Observation[], at: number): string {
  const seconds = Math.floor(at / 1000);
  const block = ({ address, mac, ports }: Observation): string =>
    `<host><status state="up" reason="arp-response" reason_ttl="0"/>\n<address addr="${address}" addrtype="ipv4"/>\n<address addr="${mac?.toUpperCase()}" addrtype="mac" vendor="Synology Incorporated"/>\n<hostnames>\n</hostnames>\n<ports>${ports
      .map(
        ({ port }) =>
          `<port protocol="tcp" portid="${port}"><state state="open" reason="syn-ack" reason_ttl="64"/><service name="x" method="table" conf="3"/></port>\n`,
      )
      .join('')}</ports>\n</host>\n`;
  const head = `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE nmaprun>\n<nmaprun scanner="nmap" args="nmap -oX - -- 10.0.0.0/16" start="${seconds - 2}" version="7.93" xmloutputversion="1.05">\n<scaninfo type="syn" protocol="tcp" numservices="10000" services="1-10000"/>\n`;
  const tail = `<runstats><finished time="${seconds}" timestr="" elapsed="2" summary="" exit="success"/><hosts up="${hosts.length}" down="${65_536 - hosts.length}" total="65536"/>\n</runstats>\n</nmaprun>\n`;
  return head + hosts.map(block).join('') + tail;
}
