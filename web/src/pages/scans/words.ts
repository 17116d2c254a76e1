import type { CoverageJson, PortJson, ScanJson } from '../../../../src/contract/index.ts';

/** Most ports of one host, and blocks of a coverage, that are told in a line. */
const [MOST_PORTS, MOST_BLOCKS] = [12, 20];

/** The open ports of a host in a line: "22/tcp 80/tcp …". */
export function portsOf(ports: readonly PortJson[]): string {
  const open = ports.filter(({ state }) => state === 'open').map(({ port, protocol }) => `${port}/${protocol}`);
  return some(open, MOST_PORTS, ' ');
}

/** How long a scan took, or has taken, in ms. */
export const lengthOfScan = ({ startedAt, finishedAt }: ScanJson, now: number): number =>
  (finishedAt === null ? now : Date.parse(finishedAt)) - Date.parse(startedAt);

export interface CoverageLine {
  readonly addresses: string;
  /** "tcp 1-1000"; empty: only who is there was asked. */
  readonly ports: string;
}

/** What a scan really asked: who was asked which ports, line by line. May hold text from reports. */
export function coverageLines({ addresses, ports, apart = [] }: CoverageJson): CoverageLine[] {
  const whole = { addresses: some(addresses, MOST_BLOCKS, ', '), ports: portsAsked(ports) };
  return [whole, ...apart.map((part) => ({ addresses: some(part.addresses, MOST_BLOCKS, ', '), ports: portsAsked(part.ports) }))];
}

const portsAsked = (ports: CoverageJson['ports']): string =>
  Object.entries(ports)
    .map(([protocol, text]) => `${protocol} ${text}`)
    .join(', ');

const some = (texts: readonly string[], most: number, by: string): string =>
  texts.length > most ? `${texts.slice(0, most).join(by)}${by}… (+${texts.length - most})` : texts.join(by);

/** The path of a scan among others: nobody else makes links of numbers. */
export const pathOf = (scan: number): string => `/scans/${scan}`;
