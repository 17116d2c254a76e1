import { Fault, type Observation } from '../../core/index.ts';
import {
  ClaimsDraft,
  createNmapReader,
  type NmapEnding,
  type NmapHandler,
  observationOf,
  placeText,
  readCommandLine,
  type XmlHost,
} from '../../nmap-xml/index.ts';
import { vendorOf } from '../vendors/vendors.ts';
import type { ForeignScan } from './foreign-scan.ts';
import type { FormatReader } from './format-reader.ts';
import { MOST_HOSTS, tooManyHosts } from './limits.ts';

interface Draft {
  readonly claims: ClaimsDraft;
  readonly observations: Observation[];
  rawFrames: boolean;
}

/** Reads nmap's XML, leniently: files of old and patched versions hold characters XML forbids. */
export function createXmlReport(): FormatReader {
  const draft: Draft = { claims: new ClaimsDraft(), observations: [], rawFrames: false };
  const handler: NmapHandler = {
    onRun: (header) => {
      draft.claims.header = header;
    },
    onScanInfo: (scan) => {
      draft.claims.scanInfo(scan);
      draft.rawFrames ||= scan.type === 'syn';
    },
    onHost: (host) => addHost(draft, host),
  };
  const reader = createNmapReader(handler, { lenient: true });
  return { write: (chunk) => reader.write(chunk), end: () => foreignScan(draft, reader.end()) };
}

function addHost(draft: Draft, host: XmlHost): void {
  if (draft.claims.up >= MOST_HOSTS) throw tooManyHosts();
  const seen = observationOf(host, 0);
  draft.claims.host(host, seen);
  if (seen === null) return;
  draft.rawFrames ||= seen.mac !== null;
  draft.observations.push({ ...seen, vendor: seen.vendor ?? (seen.mac === null ? null : vendorOf(seen.mac)) });
}

function foreignScan({ claims: draft, observations, rawFrames }: Draft, ending: NmapEnding): ForeignScan {
  const claims = draft.claims(ending);
  if (claims === null) throw unreadable(ending);
  const args = draft.header?.args ?? null;
  return {
    ...claims,
    observations,
    tool: { name: draft.header?.scanner ?? 'nmap', version: draft.header?.version ?? '' },
    command: args?.split(' ') ?? null,
    startedAt: millis(draft.header?.start ?? null),
    finishedAt: millis(ending.finished?.time ?? null),
    vantage: { iface: args === null ? null : readCommandLine(args).iface, privileged: rawFrames },
  };
}

function unreadable(ending: NmapEnding): Fault {
  return new Fault(
    'bad-input',
    `${ending.fault?.message ?? 'reading nmap XML: it holds no scan'}${placeText(ending)}`,
    'pass the file that nmap -oX wrote, unchanged',
  );
}

const millis = (seconds: number | null): number | null => (seconds === null ? null : seconds * 1000);
