import type {
  CivilTime,
  LocalTime,
  NdiffAddress,
  NdiffHeader,
  NdiffHost,
  NdiffPort,
  NdiffScript,
  NdiffService,
} from '../../src/ndiff/index.ts';
import { localTime } from '../../src/ndiff/index.ts';

/** Makers of what Ndiff takes of a scan. Hosts are up and at 10.0.0.1, ports open, unless a test says otherwise. */

export const script = (id: string, output: string): NdiffScript => ({ id, output });

/** "10.0.0.1", "fe80::1" and "02:00:5e:00:00:01" are told apart by their looks. */
export function address(text: string, type: NdiffAddress['type'] = typeOf(text)): NdiffAddress {
  return { type, text };
}

function typeOf(text: string): NdiffAddress['type'] {
  if (/^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(text)) return 'mac';
  return text.includes(':') ? 'ipv6' : 'ipv4';
}

export const service = (fields: Partial<NdiffService> = {}): NdiffService => ({
  name: null,
  product: null,
  version: null,
  extrainfo: null,
  tunnel: null,
  ...fields,
});

export interface PortFields {
  readonly state?: string | null;
  readonly service?: Partial<NdiffService>;
  readonly scripts?: readonly NdiffScript[];
}

/** "22/tcp". */
export function port(spec: string, { state = 'open', service: fields, scripts = [] }: PortFields = {}): NdiffPort {
  const [number = '', protocol = ''] = spec.split('/');
  return {
    number: Number.isSafeInteger(Number(number)) ? Number(number) : BigInt(number),
    protocol,
    state,
    service: service(fields),
    scripts,
  };
}

export interface HostFields {
  readonly state?: string | null;
  readonly at?: readonly (string | NdiffAddress)[];
  readonly names?: readonly string[];
  readonly extraports?: readonly (readonly [state: string | null, count: number | bigint])[];
  readonly ports?: readonly NdiffPort[];
  readonly os?: readonly string[];
  readonly scripts?: readonly NdiffScript[];
}

export function host({
  state = 'up',
  at = ['10.0.0.1'],
  names = [],
  extraports = [],
  ports = [],
  os = [],
  scripts = [],
}: HostFields = {}): NdiffHost {
  return {
    state,
    addresses: at.map((one) => (typeof one === 'string' ? address(one) : one)),
    hostnames: names,
    extraports: new Map(extraports),
    ports: new Map(ports.map((one) => [`${one.number}/${one.protocol}`, one])),
    os,
    scripts,
  };
}

export const header = (fields: Partial<NdiffHeader> = {}): NdiffHeader => ({
  scanner: null,
  version: null,
  args: null,
  start: null,
  end: null,
  preScripts: [],
  postScripts: [],
  ...fields,
});

/** A wall clock that shows UTC. */
export const utc: LocalTime = localTime(() => 0);

/** "2023-11-14 22:13:20". */
export function clock({ year, month, day, hour, minute, second }: CivilTime): string {
  const [date, time] = [
    [`${year}`.padStart(4, '0'), two(month), two(day)],
    [two(hour), two(minute), two(second)],
  ];
  return `${date.join('-')} ${time.join(':')}`;
}

const two = (number: number): string => `${number}`.padStart(2, '0');
