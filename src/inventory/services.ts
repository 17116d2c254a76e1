import type { Certificate, Device, DeviceId, DevicePort, Instant, Millis, Protocol } from '../core/index.ts';
import { formatFilter } from './filter/format-filter.ts';

/** An open port of a device. */
export interface ServicePlace {
  readonly device: DeviceId;
  readonly protocol: Protocol;
  readonly port: number;
}

/** The same port of several devices. */
export interface PortGroup {
  readonly protocol: Protocol;
  readonly port: number;
  /** What most of them have nmap call it; empty: nobody knows. */
  readonly name: string;
  readonly places: readonly ServicePlace[];
  /** A filter that means these devices. */
  readonly filter: string;
}

/** The same product in the same version, wherever it answers. */
export interface ProductGroup {
  readonly name: string;
  readonly product: string;
  readonly version: string;
  readonly places: readonly ServicePlace[];
  /** A filter that means these devices, and those with other versions of it. */
  readonly filter: string;
}

/** The same certificate, wherever it is shown. */
export interface CertificateGroup {
  readonly certificate: Certificate;
  /** Until its end; negative: since. null: it says none. */
  readonly left: Millis | null;
  readonly places: readonly ServicePlace[];
  readonly filter: string;
}

interface Open {
  readonly place: ServicePlace;
  readonly port: DevicePort;
}

function* openPorts(devices: readonly Device[]): Generator<Open> {
  for (const { id, ports } of devices)
    for (const port of ports) if (port.state === 'open') yield { place: { device: id, protocol: port.protocol, port: port.port }, port };
}

const term = (key: string, value: string): string => formatFilter({ terms: [{ negated: false, key, values: [value] }] });
const placesOf = (open: readonly Open[]): readonly ServicePlace[] => open.map(({ place }) => place);
const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** What is open, port by port; the one that most devices have first. */
export function servicesByPort(devices: readonly Device[]): readonly PortGroup[] {
  const groups = Map.groupBy(openPorts(devices), ({ place }) => `${place.protocol}/${place.port}`);
  const told = [...groups].map(([key, open]): PortGroup => {
    const { protocol, port } = (open[0] as Open).place;
    return { protocol, port, name: usualName(open), places: placesOf(open), filter: term('port', key) };
  });
  return told.sort((a, b) => b.places.length - a.places.length || byText(a.protocol, b.protocol) || a.port - b.port);
}

/** The name that most of them have. */
function usualName(open: readonly Open[]): string {
  const names = Map.groupBy(open, ({ port }) => port.service?.name ?? '');
  const known = [...names].filter(([name]) => name !== '').sort(([a, x], [b, y]) => y.length - x.length || byText(a, b));
  return known[0]?.[0] ?? '';
}

/** What answers, by its product and version, in the order of their names. What nobody could name is left out. */
export function servicesByProduct(devices: readonly Device[]): readonly ProductGroup[] {
  const named = [...openPorts(devices)].filter(({ port }) => (port.service?.product ?? '') !== '');
  const groups = Map.groupBy(named, ({ port: { service } }) => JSON.stringify([service?.product, service?.version]));
  const told = [...groups.values()].map((open): ProductGroup => {
    const { service } = (open[0] as Open).port;
    const [product, version] = [service?.product ?? '', service?.version ?? ''];
    return { name: service?.name ?? '', product, version, places: placesOf(open), filter: term('product', product) };
  });
  const fold = (text: string): string => text.toLowerCase();
  return told.sort((a, b) => byText(fold(a.product), fold(b.product)) || byText(a.version, b.version));
}

/** Certificates as they were shown last; what ends first comes first, and what says no end last. */
export function servicesByCertificate(devices: readonly Device[], now: Instant): readonly CertificateGroup[] {
  const shown = [...openPorts(devices)].filter(({ port }) => port.serving?.certificate);
  const groups = Map.groupBy(shown, ({ port }) => port.serving?.certificate?.sha256 ?? '');
  const told = [...groups].map(([sha256, open]): CertificateGroup => {
    const certificate = (open[0] as Open).port.serving?.certificate as Certificate;
    const end = certificate.notAfter === null ? Number.NaN : Date.parse(certificate.notAfter);
    return { certificate, left: Number.isNaN(end) ? null : end - now, places: placesOf(open), filter: term('cert', sha256) };
  });
  const order = ({ left }: CertificateGroup): number => left ?? Number.POSITIVE_INFINITY;
  return told.sort((a, b) => (order(a) === order(b) ? byText(a.certificate.sha256, b.certificate.sha256) : order(a) - order(b)));
}
