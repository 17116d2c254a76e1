import {
  type AddressRange,
  blocksOf,
  type Family,
  formatPorts,
  type Pace,
  type Plan,
  type PortChoice,
  type PortSet,
  type PortsAsked,
  parsePorts,
} from '../../core/index.ts';
import { count, paceArgs } from './pace-args.ts';
import { scriptArgs } from './scripts.ts';

/** What an nmap command line is made of: typed facts only, never a string somebody wrote. */
export interface ArgvFacts {
  readonly plan: Plan;
  readonly family: Family;
  readonly ranges: readonly AddressRange[];
  /** These ports and no others, in place of the plan's. */
  readonly ports?: PortsAsked;
  /** Interface to look from, as the kernel names it; null leaves it to nmap. */
  readonly iface: string | null;
  readonly privileged: boolean;
  /** All addresses are this machine's own: no packet reaches a wire. */
  readonly local: boolean;
  /** Past ARP: by ICMP, TCP and UDP, for who may miss a broadcast. */
  readonly thorough?: boolean;
  /** What it may cost the network; left out: as the plan says. */
  readonly pace?: Pace;
  /** Fragile ports are asked what they serve like others. */
  readonly fragile?: boolean;
}

/**
 * Devices of automation and building control that a version probe upsets or halts (Modbus, S7, IEC 104, DNP3,
 * EtherNet/IP, BACnet). They are asked only when the ports are named one by one; printers (9100-9107) nmap spares itself.
 */
const FRAGILE_PORTS = '102,502,2404,20000,44818,47808';

/** The arguments of one nmap, without its own name. What follows `--` is canonical blocks and addresses only. */
export function buildArgv(facts: ArgvFacts): string[] {
  const { plan, family, iface, privileged } = facts;
  return [
    ...(family === 6 ? ['-6'] : []),
    '-n',
    '-oX',
    '-',
    '--stats-every',
    '1s',
    '--noninteractive',
    ...(iface === null ? [] : ['-e', iface]),
    // Said outright: without it nmap judges by uid, and falls back to connecting without a word.
    privileged ? '--privileged' : '--unprivileged',
    ...techniqueArgs(facts),
    ...(plan.assumeUp ? ['-Pn'] : []),
    `-T${plan.timing}`,
    ...paceArgs(facts),
    '--',
    ...facts.ranges.flatMap(blocksOf),
  ];
}

/** Ports phones, printers and servers answer at; 62078 is an iPhone's. UDP: mDNS, NetBIOS, SNMP and one nobody has. */
const KNOCKS = ['-PS22,80,443,445,62078', '-PU137,161,5353,40125'];

/** Questions under way at once. Left to itself nmap takes silence for a crowded wire and asks ever more slowly: 18 s for 16 silent addresses instead of 4. */
const ABREAST = '64';

function presenceArgs({ thorough, privileged, local, family }: ArgvFacts): string[] {
  if (thorough !== true || local) return ['-sn'];
  if (!privileged) return ['-sn', KNOCKS[0] as string];
  // The kernel sends, and asks a neighbour it knows by itself: not by the broadcast that was missed.
  const knocks = ['-PE', ...(family === 4 ? ['-PP'] : []), ...KNOCKS];
  return ['-sn', '--disable-arp-ping', '--send-ip', ...knocks, '--max-retries', '2', '--min-parallelism', ABREAST];
}

function techniqueArgs(facts: ArgvFacts): string[] {
  const { plan, privileged, local } = facts;
  const versions = plan.versions ? ['-sV', ...scriptArgs(plan.scripts)] : [];
  if (facts.ports !== undefined) return [...exactArgs(facts.ports, privileged), ...versions];
  if (plan.ports === null) return presenceArgs(facts);
  const ports = local && plan.protocol === 'tcp' ? widened(plan.ports) : plan.ports;
  return [
    scanArg(plan.protocol, privileged),
    ...portArgs(ports),
    ...versions,
    ...(plan.versions && ports.kind !== 'list' && !local && facts.fragile !== true ? ['--exclude-ports', FRAGILE_PORTS] : []),
  ];
}

const scanArg = (protocol: Plan['protocol'], privileged: boolean): string => {
  if (protocol === 'udp') return '-sU';
  return privileged ? '-sS' : '-sT';
};

/** Exactly these ports: "22,80" of TCP alone, else "T:22,U:53". */
function exactArgs({ tcp, udp }: PortsAsked, privileged: boolean): string[] {
  const listed = (letter: string, ports: PortSet): string => `${letter}:${formatPorts(canonicalPorts(ports))}`;
  if (udp === undefined) return [scanArg('tcp', privileged), '-p', formatPorts(canonicalPorts(tcp ?? []))];
  const both = tcp === undefined ? [] : [scanArg('tcp', privileged)];
  return [...both, '-sU', '-p', [...(tcp === undefined ? [] : [listed('T', tcp)]), listed('U', udp)].join(',')];
}

/** All 65535 ports of the loopback take about a second, and this machine's own services often sit on odd ones. */
function widened(ports: PortChoice): PortChoice {
  return ports.kind === 'top' ? { kind: 'all' } : ports;
}

function portArgs(ports: PortChoice): string[] {
  if (ports.kind === 'top') return ['--top-ports', count(ports.count, 65_535)];
  if (ports.kind === 'all') return ['-p', '1-65535'];
  return ['-p', formatPorts(canonicalPorts(ports.ports))];
}

/** A list that came through JSON or a file once more through the strict reader: argv gets digits, commas and dashes only. */
function canonicalPorts(ports: PortSet): PortSet {
  return parsePorts(formatPorts(ports)) ?? [];
}
