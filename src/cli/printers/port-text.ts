import type { DeviceJson } from '../../contract/index.ts';
import { countPorts, parsePorts } from '../../core/index.ts';

type Port = DeviceJson['ports'][number];

/** "22/tcp ssh OpenSSH 9.2", as far as it is known. */
export function portText({ port, protocol, state, service }: Port): string {
  const words = [`${port}/${protocol}`, state === 'open' ? '' : state, serviceText(service)];
  return words.filter((word) => word !== '').join(' ');
}

/** "ssh OpenSSH 9.2", or nothing. */
export function serviceText(service: Partial<NonNullable<Port['service']>> | null | undefined): string {
  const tunnel = service?.tunnel ? `${service.tunnel}/` : '';
  return [`${tunnel}${service?.name ?? ''}`, service?.product, service?.version].filter(Boolean).join(' ');
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
