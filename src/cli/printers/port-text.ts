import type { DeviceJson } from '../../contract/index.ts';
import { countPorts, parsePorts, serviceWords } from '../../core/index.ts';

type Port = DeviceJson['ports'][number];

/** "22/tcp ssh OpenSSH 9.2", as far as it is known. */
export function portText({ port, protocol, state, service }: Port): string {
  const words = [`${port}/${protocol}`, state === 'open' ? '' : state, serviceWords(service)];
  return words.filter((word) => word !== '').join(' ');
}

/** Who it showed itself to be, a line for each: host keys, certificate, front page. */
export function servingLines({ serving }: Port): string[] {
  if (!serving) return [];
  const { sshKeys, certificate, httpTitle, httpServer } = serving;
  const page = [httpTitle === null ? '' : JSON.stringify(httpTitle), httpServer === null ? '' : `by ${httpServer}`];
  return [
    ...sshKeys.map(({ type, hash }) => `key ${type} ${hash}`),
    ...(certificate ? [`certificate ${certificate.subject || 'of nobody'}`, ...certificateLines(certificate)] : []),
    ...(page.join('') === '' ? [] : [`page ${page.filter((part) => part !== '').join(' ')}`]),
  ];
}

type CertificateJson = NonNullable<NonNullable<Port['serving']>['certificate']>;

const NAMES = 4;

function certificateLines({ subject, issuer, notBefore, notAfter, sha256, names }: CertificateJson): string[] {
  const day = (at: string | null): string => at?.slice(0, 10) ?? 'no known day';
  const more = names.length > NAMES ? ` and ${names.length - NAMES} more` : '';
  return [
    ...(names.length > 0 ? [`  for ${names.slice(0, NAMES).join(', ')}${more}`] : []),
    `  ${issuer === subject ? 'self-signed' : `by ${issuer}`}, from ${day(notBefore)} until ${day(notAfter)}`,
    `  SHA-256 ${sha256}`,
  ];
}

/** Numbers of the open ports on one short line: "22 80 443 +12". */
export function openPorts(ports: readonly Port[], most = 8): string {
  const open = ports
    .filter(({ state }) => state === 'open')
    .map(({ port, protocol }) => (protocol === 'tcp' ? `${port}` : `${port}/${protocol}`));
  return open.length > most ? `${open.slice(0, most).join(' ')} +${open.length - most}` : open.join(' ');
}

/** Characters shown of a list of ports. */
const LIST = 40;

/** A list of ports as it is, or how many it has and how it begins: "1,000 ports (1,3-4,...)". */
export function portList(list: string): string {
  const ports = list.length > LIST ? parsePorts(list) : undefined;
  if (!ports) return list;
  const begin = list.slice(0, list.lastIndexOf(',', LIST));
  return `${countPorts(ports).toLocaleString('en')} ports (${begin},...)`;
}
