import { setImmediate as othersTurn } from 'node:timers/promises';
import { canonicalAddress, Fault, type HostName, type Observation } from '../../core/index.ts';
import {
  Answers,
  ClaimsDraft,
  createNmapReader,
  type HostPlace,
  type NmapEnding,
  type NmapReader,
  observationOf,
  type XmlHost,
} from '../../nmap-xml/index.ts';
import type { SeekableFile } from '../files/seekable.ts';
import { fingerprintOf } from './fingerprint.ts';

/** All that is kept of a host between the first reading of the file and the second. */
export interface HostSketch extends HostPlace {
  readonly address: string;
  /** That one, and any other. */
  readonly addresses: readonly string[];
  readonly mac: string | null;
  readonly names: readonly HostName[] | null;
  readonly fingerprint: string;
  /** As the host had it, for reading it again. */
  readonly scanProtocol: string | null;
}

/** What the first reading of a file found. */
export interface Survey {
  readonly claims: ClaimsDraft;
  readonly answers: Answers;
  readonly ending: NmapEnding;
  readonly hosts: readonly HostSketch[];
  /** Hosts that are up, at no address that is one. */
  readonly nowhere: number;
  /** Whether a script printed something about any host. */
  readonly scripts: boolean;
}

const CHUNK = 256 * 1024;
/** So many chunks are read before others get their turn. */
const STRETCH = 16;
/** More hosts than a /12 has addresses: their sketches alone would fill the memory. */
const MOST_HOSTS = 1_048_576;
/** By more names than that nobody is recognised. */
const MOST_NAMES = 32;

/**
 * Reads a file to its end, and keeps of each host only by what it is known and where it lies. Throws a Fault when there
 * are too many of them. `title`: for that fault.
 */
export async function surveyFile(file: SeekableFile, title: string, mostHosts: number = MOST_HOSTS): Promise<Survey> {
  const [claims, answers, hosts] = [new ClaimsDraft(), new Answers(), [] as HostSketch[]];
  let nowhere = 0;
  let scripts = false;
  const onHost = (host: XmlHost, place: HostPlace): void => {
    scripts ||= host.scripts.length > 0 || host.ports.some((port) => port.scripts.length > 0);
    const seen = observationOf(host, 0);
    claims.host(host, seen);
    if (seen === null && host.state === 'up') nowhere++;
    if (seen !== null && answers.add(seen)) hosts.push(sketchOf(host, seen, place));
    if (hosts.length + answers.silent.ranges.length + claims.absent.ranges.length > mostHosts) throw tooManyHosts(title, mostHosts);
  };
  const reader = createNmapReader(
    {
      onRun: (header) => {
        claims.header = header;
      },
      onScanInfo: (scan) => claims.scanInfo(scan),
      onHost,
    },
    { lenient: true },
  );
  await pour(file, reader);
  return { claims, answers, ending: reader.end(), hosts, nowhere, scripts };
}

async function pour(file: SeekableFile, reader: NmapReader): Promise<void> {
  const buffer = new Uint8Array(CHUNK);
  let position = 0;
  for (let turn = 1; !reader.stopped; turn++) {
    const read = file.read(buffer, position);
    reader.write(buffer.subarray(0, read));
    position += read;
    if (read < buffer.length) return;
    if (turn % STRETCH === 0) await othersTurn();
  }
}

function sketchOf(host: XmlHost, seen: Observation, { offset, length }: HostPlace): HostSketch {
  const addresses = addressesOf(host, seen);
  const { address, mac, names } = seen;
  const fingerprint = fingerprintOf(host, addresses, seen);
  return {
    address,
    addresses,
    mac,
    names: names && names.slice(0, MOST_NAMES),
    fingerprint,
    offset,
    length,
    scanProtocol: host.scanProtocol,
  };
}

/** The address of its observation first, then any other the host has. */
export function addressesOf({ addresses }: XmlHost, { address }: Observation): readonly string[] {
  const all = addresses.flatMap(({ addr, type }) => (type === 'mac' ? [] : (canonicalAddress(addr) ?? [])));
  return all.length === 1 ? all : [...new Set([address, ...all])];
}

function tooManyHosts(title: string, most: number): Fault {
  return new Fault('bad-input', `reading ${title}: it holds more than ${most} hosts`, 'scan smaller targets, and compare them one by one');
}
