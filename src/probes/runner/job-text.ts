import {
  type AddressRange,
  bad,
  canonicalAddress,
  flag,
  formatRange,
  good,
  like,
  PLAN_NAMES,
  type Plan,
  type PortChoice,
  type PortRange,
  type PortSet,
  type PortsAsked,
  parsePorts,
  parseTarget,
  type Reader,
  type Result,
  SCRIPT_CHOICES,
  show,
} from '../../core/index.ts';
import type { Job } from '../jobs.ts';
import { andThen, exactly, list, nullOr, number, record, whole } from './readers.ts';

const DAY = 86_400_000;
/** Blocks, ranges and single addresses of one run: as many as an order may name, cut apart by what is left out of them. */
const MOST_RANGES = 16_384;
/** Port ranges that 65,535 ports can be cut into. */
const MOST_PORT_RANGES = 32_768;
const REMEDY = 'run daemon and runner of the same version';

/** A job as JSON: ranges as text, since JSON has no big integers. */
export function jobText(job: Job): unknown {
  if (job.kind === 'capture') return job;
  const budget = Math.max(0, job.budget);
  return 'ranges' in job.facts
    ? { ...job, facts: { ...job.facts, ranges: job.facts.ranges.map(formatRange) }, budget }
    : { ...job, budget };
}

/** Reads a job strictly: nothing beside what its kind has, every number within its limits, only canonical addresses. */
export function readJob(value: unknown): Result<Job> {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
  const read = typeof kind === 'string' && Object.hasOwn(JOBS, kind) ? JOBS[kind as Job['kind']] : undefined;
  return read === undefined ? bad(`${show(kind)} is no kind of job`, REMEDY) : read(value);
}

const range: Reader<AddressRange> = (value) => {
  const target = typeof value === 'string' && value.length <= 100 ? parseTarget(value) : bad(`${show(value)} is no range`, REMEDY);
  if (!target.ok) return target;
  const [only, ...others] = target.value.kind === 'ranges' ? target.value.ranges : [];
  return only === undefined || others.length > 0 ? bad(`${show(value)} is no range of addresses`, REMEDY) : good(only);
};

const ranges: Reader<readonly AddressRange[]> = andThen(list(range, MOST_RANGES), (all) =>
  all.length === 0 ? bad('it names no address', REMEDY) : good(all),
);

/** As Linux allows them, and nothing a program could take for an option. */
const iface = like(/^[a-z0-9_][^\s/:]{0,14}$/i, 'the name of an interface', REMEDY);

const address: Reader<string> = (value) =>
  typeof value === 'string' && value.length <= 45 && canonicalAddress(value) === value
    ? good(value)
    : bad(`${show(value)} is no canonical address`, REMEDY);

const portRange: Reader<PortRange> = andThen(list(whole(0, 65_535), 2), (ends) => {
  const [first, last] = ends;
  return first !== undefined && last !== undefined && first <= last
    ? good([first, last])
    : bad(`${show(ends)} is no range of ports`, REMEDY);
});

/** Once more through the reader of texts, so that it is sorted and disjoint. */
const portSet: Reader<PortSet> = andThen(list(portRange, MOST_PORT_RANGES), (all) => {
  const ports = parsePorts(all.map((one) => one.join('-')).join(',')) ?? [];
  return ports.length === 0 ? bad('it names no port', REMEDY) : good(ports);
});

const portChoice: Reader<PortChoice> = (value) => {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
  if (kind === 'top') return record<PortChoice & { kind: 'top' }>({ kind: exactly('top'), count: whole(1, 65_535) })(value);
  if (kind === 'list') return record<PortChoice & { kind: 'list' }>({ kind: exactly('list'), ports: portSet })(value);
  return record<PortChoice & { kind: 'all' }>({ kind: exactly('all') })(value);
};

const rate = number(0, 1_000_000_000);
const length = number(0, 7 * DAY);

const plan: Reader<Plan> = record<Plan>(
  {
    name: exactly(...PLAN_NAMES),
    ports: nullOr(portChoice),
    protocol: exactly('tcp', 'udp'),
    versions: flag,
    scripts: exactly(...SCRIPT_CHOICES),
    assumeUp: flag,
    timing: exactly(2, 3, 4),
    maxRate: nullOr(rate),
    hostTimeout: nullOr(length),
    budget: number(0, 366 * DAY),
  },
  ['scripts'],
);

const portsByProtocol: Reader<PortsAsked> = record<Pick<PortsAsked, 'tcp' | 'udp'>>({ tcp: portSet, udp: portSet }, ['tcp', 'udp']);

const portsAsked: Reader<PortsAsked> = andThen(portsByProtocol, (ports) =>
  Object.keys(ports).length === 0 ? bad('they are of no protocol', REMEDY) : good(ports),
);

type Facts<Kind extends Job['kind']> = Extract<Job, { kind: Kind }>['facts'];

const nmap = record<Facts<'nmap'>>(
  {
    plan,
    family: exactly(4, 6),
    ranges,
    ports: portsAsked,
    iface: nullOr(iface),
    privileged: exactly(true),
    local: flag,
    thorough: flag,
    pace: record({ rate: nullOr(rate), perHost: nullOr(rate) }),
    fragile: flag,
  },
  ['ports', 'thorough', 'pace', 'fragile'],
);

const arpScan = record<Facts<'arp-scan'>>({
  iface,
  source: nullOr(address),
  ranges,
  pace: record({ rate: whole(0, 1_000_000), tries: whole(1, 10), patience: whole(1, 10_000) }),
});

/** How long a run may take in all: whoever forgets to stop it is not waited for. */
const budget = number(0, 7 * DAY);

const JOBS: { readonly [Kind in Job['kind']]: Reader<Extract<Job, { kind: Kind }>> } = {
  nmap: record<Extract<Job, { kind: 'nmap' }>>({ kind: exactly('nmap'), facts: nmap, budget }),
  'arp-scan': record<Extract<Job, { kind: 'arp-scan' }>>({ kind: exactly('arp-scan'), facts: arpScan, budget }),
  echo: record<Extract<Job, { kind: 'echo' }>>({ kind: exactly('echo'), facts: record({ iface, source: nullOr(address) }), budget }),
  capture: record<Extract<Job, { kind: 'capture' }>>({ kind: exactly('capture'), facts: record({ iface }) }),
};
