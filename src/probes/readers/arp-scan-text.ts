import { canonicalAddress, canonicalMac, type Observation, parseAddress, untrusted } from '../../core/index.ts';
import { vendorOf } from '../vendors/vendors.ts';
import type { ForeignScan } from './foreign-scan.ts';
import type { FormatReader } from './format-reader.ts';
import { MOST_HOSTS, tooManyHosts } from './limits.ts';
import { createLineReader, plainSpaces } from './lines.ts';

interface Draft {
  readonly seen: Map<string, Observation>;
  /** Answers, repeated ones included: what arp-scan counts as "responded". */
  rows: number;
  version: string;
  iface: string | null;
  own: string | null;
  asked: number | null;
  responded: number | null;
  readonly warnings: string[];
}

/** Reads what arp-scan prints: one answer a line, tab-separated, between a header and a footer. */
export function createArpScanReport(): FormatReader {
  const draft: Draft = { seen: new Map(), rows: 0, version: '', iface: null, own: null, asked: null, responded: null, warnings: [] };
  const lines = createLineReader((line) => {
    if (!takeAnswer(draft, line)) takeFrame(draft, plainSpaces(line));
  });
  return {
    write: lines.write,
    end() {
      lines.end();
      return foreignScan(draft);
    },
  };
}

/** "10.0.0.5 <tab> 02:00:5e:00:53:01 <tab> Vendor (DUP: 2)" */
function takeAnswer(draft: Draft, line: string): boolean {
  const [first = '', second = '', ...rest] = line.trim().split(/\t| {2,}/);
  const address = canonicalAddress(first.trim());
  const mac = canonicalMac(second.trim());
  if (address === undefined || mac === undefined) return false;
  draft.rows++;
  const known = draft.seen.get(address);
  if (known === undefined) draft.seen.set(address, observation(address, mac, rest.join(' ')));
  else if (known.mac !== mac) warn(draft, `${address} was answered by ${known.mac} and by ${mac}; the first is kept`);
  if (draft.seen.size > MOST_HOSTS) throw tooManyHosts();
  return true;
}

function warn({ warnings }: Draft, text: string): void {
  if (warnings.length < 20) warnings.push(text);
}

function observation(address: string, mac: string, vendorText: string): Observation {
  const vendor = vendorText.replace(/\s*\(DUP: \d+\)\s*$/, '').trim();
  const unknown = vendor === '' || /^\(Unknown/i.test(vendor);
  const seen = { address, mac, vendor: unknown ? vendorOf(mac) : untrusted(vendor) };
  return { ...seen, names: null, reason: 'arp-response', seenAt: 0, ports: [], unlisted: [], timedOut: false, os: null };
}

/** Header and footer. */
function takeFrame(draft: Draft, line: string): void {
  const header = /^Interface: (\S+), .*?(?:IPv4: (\S+))?$/.exec(line);
  if (header !== null) {
    draft.iface = header[1] ?? null;
    draft.own = canonicalAddress(header[2] ?? '') ?? null;
  }
  const footer = /^Ending arp-scan (\S+): (\d+) hosts scanned/.exec(line);
  if (footer !== null) {
    draft.version = untrusted(footer[1] as string, 40);
    draft.asked = Number(footer[2]);
    draft.responded = Number(/(\d+) responded/.exec(line)?.[1] ?? Number.NaN) || null;
  }
}

function foreignScan(draft: Draft): ForeignScan {
  const own = draft.own === null ? undefined : parseAddress(draft.own);
  return {
    tool: { name: 'arp-scan', version: draft.version },
    command: null,
    targets: null,
    commanded: false,
    startedAt: null,
    finishedAt: null,
    ending:
      draft.asked === null
        ? { kind: 'cut', text: 'the text has no "Ending arp-scan" line, so the scan did not finish' }
        : { kind: 'whole' },
    asked: draft.asked,
    up: draft.responded,
    read: draft.rows,
    listOnly: false,
    // arp-scan does not ask the machine it runs on.
    absent: [],
    unasked: own === undefined ? [] : [{ family: own.family, first: own.value, last: own.value }],
    observations: [...draft.seen.values()],
    ports: {},
    depth: 'presence',
    vantage: { iface: draft.iface, privileged: true },
    warnings: draft.warnings,
  };
}
