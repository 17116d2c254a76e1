import { type Difference, type DifferenceKind, serviceWords } from '../../../../../src/core/index.ts';

/** One line of a device that differs: what it is about, and how it is on each side. Text from the network, as it came. */
export interface Pair {
  readonly kind: DifferenceKind;
  /** "22/tcp", "names"; empty: the device itself. */
  readonly subject: string;
  /** null: nothing is there on this side. */
  readonly left: string | null;
  readonly right: string | null;
}

type Part = Readonly<Record<string, unknown>>;

/** The lines of a difference, paired left and right. */
export function pairsOf({ kind, before, after }: Difference): Pair[] {
  const [was, is] = [before as Part | null, after as Part | null];
  const pair = (subject: string, left: string | null, right: string | null): Pair => ({ kind, subject, left, right });
  switch (kind) {
    case 'device.appeared':
      return [pair('', null, addressesOf(is)), ...portsOf(is).map((port) => pair(placeOf(port), null, servedBy(port)))];
    case 'device.left':
      return [pair('', addressesOf(was), null)];
    case 'device.returned':
      return [pair('', null, addressesOf(is))];
    case 'device.readdressed':
    case 'identity.changed':
      return [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])].map((key) =>
        pair(key, listOf(was?.[key]), listOf(is?.[key])),
      );
    case 'os.changed':
      return [pair('', text(was?.['os']), text(is?.['os']))];
    case 'script.changed':
      return [pair(`${placeOf(was ?? is)} ${text((was ?? is)?.['id']) ?? ''}`.trim(), text(was?.['output']), text(is?.['output']))];
    default:
      return [pair(placeOf(is ?? was), servedBy(was), servedBy(is))];
  }
}

const MOST_PORTS = 50;

const text = (value: unknown): string | null => (typeof value === 'string' || typeof value === 'number' ? String(value) : null);

const listOf = (value: unknown): string | null =>
  Array.isArray(value) ? value.map((one) => text(one) ?? '').join(', ') || null : text(value);

const addressesOf = (part: Part | null): string => listOf(part?.['addresses']) ?? '';

const portsOf = (part: Part | null): Part[] => (Array.isArray(part?.['ports']) ? (part['ports'] as Part[]).slice(0, MOST_PORTS) : []);

function placeOf(part: Part | null): string {
  const inner = part?.['port'];
  if (typeof inner === 'object' && inner !== null) return placeOf(inner as Part);
  const [port, protocol] = [text(inner), text(part?.['protocol'])];
  return port === null ? '' : `${port}/${protocol ?? ''}`;
}

/** State, service and sentence of a port; null where the port is not told. */
function servedBy(part: Part | null): string | null {
  if (part === null) return null;
  const service = serviceWords(part['service'] as Parameters<typeof serviceWords>[0]);
  const page = (part['page'] ?? null) as Part | null;
  const told = [text(part['state']), service, text(page?.['title']), text(page?.['server']), text(part['text'])];
  return told.filter((one) => one !== null && one !== '').join(' · ') || null;
}
