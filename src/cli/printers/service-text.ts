import type { CertificateGroupJson, PortGroupJson, ProductGroupJson, ServicesJson } from '../../contract/index.ts';
import type { Output, Piece } from '../terminal/output.ts';

/** Numbers of devices written in one row. */
const SHOWN = 8;
/** Days before its end from which a certificate is marked. */
const SOON = 21;

export function printServices(out: Output, services: ServicesJson): void {
  if (services.by === 'port') out.table(['PORT', 'SERVICE', 'DEVICES', 'IDS'], services.groups.map(portRow));
  else if (services.by === 'product') out.table(['PRODUCT', 'VERSION', 'DEVICES', 'PORTS', 'IDS'], services.groups.map(productRow));
  else out.table(['ENDS', 'DAYS', 'SUBJECT', 'ISSUER', 'PORTS', 'IDS'], services.groups.map(certificateRow));
}

type Group = Pick<PortGroupJson, 'places' | 'devices'>;

const portRow = (group: PortGroupJson): Piece[] => [
  `${group.port}/${group.protocol}`,
  group.name || '-',
  String(group.devices),
  idsIn(group),
];

const productRow = (group: ProductGroupJson): Piece[] => [
  group.product,
  group.version || '-',
  String(group.devices),
  portsIn(group),
  idsIn(group),
];

function certificateRow(group: CertificateGroupJson): Piece[] {
  const { certificate, daysLeft, selfSigned } = group;
  const days = daysLeft === null ? '-' : String(daysLeft);
  return [
    certificate.notAfter?.slice(0, 10) ?? '-',
    daysLeft !== null && daysLeft <= SOON ? { text: days, tone: 'strong' } : days,
    certificate.subject || certificate.names[0] || '-',
    selfSigned ? 'self-signed' : certificate.issuer || '-',
    portsIn(group),
    idsIn(group),
  ];
}

const idsIn = ({ places, devices }: Group): string => {
  const ids = [...new Set(places.map(({ device }) => device))].slice(0, SHOWN);
  return `${ids.join(', ')}${devices > ids.length ? `, +${devices - ids.length}` : ''}`;
};

function portsIn({ places }: Group): string {
  const ports = [...new Set(places.map(({ port, protocol }) => `${port}/${protocol}`))];
  return `${ports.slice(0, SHOWN).join(', ')}${ports.length > SHOWN ? ', ...' : ''}`;
}
