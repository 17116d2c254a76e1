import { mergePorts, type Observation, type PortSet, type Protocol } from '../core/index.ts';
import { AddressDraft } from './address-draft.ts';
import { readCommandLine } from './command-line.ts';
import type { ScanClaims } from './judge-scan.ts';
import type { NmapEnding, NmapHeader, NmapScanInfo } from './nmap-run.ts';
import { asProtocol } from './observed-ports.ts';
import type { XmlHost } from './xml-host.ts';

/** What an nmap document says of its scan, gathered while it is read. */
export class ClaimsDraft {
  header: NmapHeader | null = null;
  /** How many hosts are up. */
  up = 0;
  /** Addresses that are down. */
  readonly absent = new AddressDraft();
  readonly #ports: Partial<Record<Protocol, PortSet>> = {};
  #listOnly = false;
  #probed = false;

  scanInfo({ protocol: text, services }: NmapScanInfo): void {
    const protocol = asProtocol(text);
    if (protocol) this.#ports[protocol] = mergePorts([...(this.#ports[protocol] ?? []), ...services]);
  }

  /** Takes a host, and what was seen of it. */
  host(host: XmlHost, seen: Observation | null): void {
    if (host.state === 'up') this.up++;
    else if (host.state === 'unknown') this.#listOnly = true;
    else if (host.state === 'down') for (const { addr } of host.addresses) this.absent.add(addr);
    this.#probed ||= seen?.ports.some(({ service }) => service?.method === 'probed') ?? false;
  }

  /** null when it is no nmap XML at all. */
  claims(ending: NmapEnding): ScanClaims | null {
    if (ending.ending === 'unreadable') return null;
    const line = this.header?.args ? readCommandLine(this.header.args) : null;
    const depth = line?.versions || this.#probed ? 'versions' : 'ports';
    return {
      targets: line?.targets ?? null,
      commanded: line !== null,
      ending: endingOf(ending),
      asked: ending.finished?.total ?? null,
      up: ending.finished?.up ?? null,
      read: this.up,
      listOnly: this.#listOnly,
      unasked: [],
      absent: this.absent.ranges,
      ports: this.#ports,
      depth: Object.keys(this.#ports).length === 0 ? 'presence' : depth,
      warnings: ending.warnings,
    };
  }
}

function endingOf(ending: NmapEnding): ScanClaims['ending'] {
  const { finished, closed, fault } = ending;
  if (finished?.exit === 'error') return { kind: 'failed', text: `nmap failed: ${finished.errorMessage ?? 'it gave no reason'}` };
  const place = placeText(ending);
  if (finished !== null && closed) return fault === null ? { kind: 'whole' } : { kind: 'more', text: `${MORE}${place}` };
  return { kind: 'cut', text: `the XML ends before its scan does${fault === null ? '' : `: ${fault.message}`}${place}` };
}

const MORE = 'more follows after the scan ends, and only the first scan is read';

/** Where a fault is, for people: " (line 3, column 7, byte 81)"; empty without one. */
export function placeText({ fault }: NmapEnding): string {
  return fault === null ? '' : ` (line ${fault.line}, column ${fault.column}, byte ${fault.offset})`;
}
