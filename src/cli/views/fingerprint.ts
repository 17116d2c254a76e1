import { hash } from 'node:crypto';
import { byPort, type Coverage, type Observation, type PortSeen, type UnlistedPorts } from '../../core/index.ts';
import type { XmlHost } from '../../nmap-xml/index.ts';

/** 128 bits. */
const BYTES = 16;

/**
 * Of all that a comparison can see of a host, without times and reasons: two hosts with the same one are the same.
 * A cryptographic hash, since who is scanned chooses what is in it, and could else make a change look like none.
 */
export function fingerprintOf(host: XmlHost, addresses: readonly string[], seen: Observation): string {
  const { mac, vendor, names, timedOut, os } = seen;
  const scripts = [host.scripts, ...host.ports.map((port) => [port.protocol, port.portid, port.scripts])];
  const ports = seen.ports.toSorted(byPort).map(portParts);
  return sha256(JSON.stringify([addresses, mac, vendor, names, timedOut, os, ports, seen.unlisted.map(unlistedParts), scripts]));
}

/** Of a device that is these hosts of one scan. What a port that is not listed is depends on what was asked. */
export function deviceFingerprint(hosts: readonly string[], asked: string): string {
  return asked + (hosts.length === 1 ? (hosts[0] as string) : sha256(hosts.toSorted().join(' ')));
}

/** Of the ports a scan asked of every host. */
export function askedFingerprint(ports: Coverage['ports']): string {
  return sha256(JSON.stringify(Object.entries(ports).sort(([a], [b]) => (a < b ? -1 : 1))));
}

const sha256 = (text: string): string => hash('sha256', text, 'buffer').toString('base64url', 0, BYTES);

const portParts = ({ protocol, port, state, service }: PortSeen): readonly unknown[] =>
  service === null
    ? [protocol, port, state]
    : [protocol, port, state, service.name, service.product, service.version, service.extra, service.tunnel, service.method];

const unlistedParts = ({ protocol, state, count, ports }: UnlistedPorts): readonly unknown[] => [protocol, state, count, ports];
