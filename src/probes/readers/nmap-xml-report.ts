import { Fault, type Observation, type PortSet, type Protocol } from '../../core/index.ts';
import { createNmapReader, type NmapEnding, type NmapHeader, observationOf, type XmlHost } from '../../nmap-xml/index.ts';
import { vendorOf } from '../vendors/vendors.ts';
import { type CommandLine, readCommandLine } from './command-line.ts';
import type { ForeignScan } from './foreign-scan.ts';
import type { FormatReader } from './format-reader.ts';
import { MOST_HOSTS, tooManyHosts } from './limits.ts';

interface Draft {
  header: NmapHeader | null;
  observations: Observation[];
  up: number;
  listOnly: boolean;
  rawFrames: boolean;
  ports: Partial<Record<Protocol, PortSet>>;
}

/** Reads nmap's XML, leniently: files of old and patched versions hold characters XML forbids. */
export function createXmlReport(): FormatReader {
  const draft: Draft = { header: null, observations: [], up: 0, listOnly: false, rawFrames: false, ports: {} };
  const handler = {
    onRun: (header: NmapHeader): void => {
      draft.header = header;
    },
    onScanInfo: ({ type, protocol, services }: { type: string; protocol: string; services: PortSet }): void => {
      draft.ports[protocol as Protocol] = services;
      draft.rawFrames ||= type === 'syn';
    },
    onHost: (host: XmlHost): void => addHost(draft, host),
  };
  const reader = createNmapReader(handler, { lenient: true });
  return { write: (chunk) => reader.write(chunk), end: () => foreignScan(draft, reader.end()) };
}

function addHost(draft: Draft, host: XmlHost): void {
  if (draft.up >= MOST_HOSTS) throw tooManyHosts();
  draft.listOnly ||= host.state === 'unknown';
  if (host.state === 'up') draft.up++;
  const seen = observationOf(host, 0);
  if (seen === null) return;
  draft.rawFrames ||= seen.mac !== null;
  draft.observations.push({ ...seen, vendor: seen.vendor ?? (seen.mac === null ? null : vendorOf(seen.mac)) });
}

const NO_HEADER: NmapHeader = { scanner: null, version: null, args: null, start: null, xmlOutputVersion: null };
const NOT_FINISHED = { time: null, total: null, up: null };

function foreignScan(draft: Draft, ending: NmapEnding): ForeignScan {
  if (ending.ending === 'unreadable') throw unreadable(ending);
  const header = draft.header ?? NO_HEADER;
  const finished = ending.finished ?? NOT_FINISHED;
  const line = header.args === null ? null : readCommandLine(header.args);
  return {
    ...draft,
    tool: { name: header.scanner ?? 'nmap', version: header.version ?? '' },
    command: header.args?.split(' ') ?? null,
    targets: line?.targets ?? null,
    startedAt: millis(header.start),
    finishedAt: millis(finished.time),
    ending: endingOf(ending),
    asked: finished.total,
    up: finished.up,
    read: draft.up,
    unasked: [],
    depth: depthOfReport(draft, line),
    vantage: { iface: line?.iface ?? null, privileged: draft.rawFrames },
    warnings: ending.warnings,
  };
}

function unreadable({ fault }: NmapEnding): Fault {
  const place = fault === null ? '' : ` (line ${fault.line}, column ${fault.column})`;
  return new Fault(
    'bad-input',
    `${fault?.message ?? 'reading nmap XML: it holds no scan'}${place}`,
    'pass the file that nmap -oX wrote, unchanged',
  );
}

const millis = (seconds: number | null): number | null => (seconds === null ? null : seconds * 1000);

function endingOf({ ending, fault, finished }: NmapEnding): ForeignScan['ending'] {
  if (finished?.exit === 'error') return { kind: 'failed', text: `nmap failed: ${finished.errorMessage ?? 'it gave no reason'}` };
  if (ending === 'complete' && finished !== null) return { kind: 'whole' };
  return {
    kind: 'cut',
    text: `the XML ends before its scan does${fault === null ? '' : `: ${fault.message} (line ${fault.line}, column ${fault.column})`}`,
  };
}

function depthOfReport({ ports, observations }: Draft, line: CommandLine | null): ForeignScan['depth'] {
  if (Object.keys(ports).length === 0) return 'presence';
  const probed = observations.some((seen) => seen.ports.some(({ service }) => service?.method === 'probed'));
  return line?.versions || probed ? 'versions' : 'ports';
}
