import {
  bad,
  type Certificate,
  type Device,
  type DevicePort,
  good,
  parseDuration,
  type Result,
  type ServiceIdentity,
} from '../../core/index.ts';
import type { Fits } from './filter.ts';
import { within } from './values.ts';

const openPorts = ({ ports }: Device): readonly DevicePort[] => ports.filter(({ state }) => state === 'open');
const servingOf = (device: Device): ServiceIdentity[] => openPorts(device).flatMap(({ serving }) => serving ?? []);
const certificatesOf = (device: Device): Certificate[] => servingOf(device).flatMap(({ certificate }) => certificate ?? []);

/** Keys about who serves on open ports. */
export const SERVING_KEYS = {
  title: within((device) => servingOf(device).flatMap(({ httpTitle }) => httpTitle ?? [])),
  cert: within((device) => certificatesOf(device).flatMap(({ subject, issuer, sha256, names }) => [subject, issuer, sha256, ...names])),
  expires: readExpiry,
  key: readKey,
};

/** expires:30d within the next 30 days, expired ones included; expires:>30d later; expires:0d has expired. */
function readExpiry(value: string): Result<Fits> {
  const later = value.startsWith('>');
  const length = parseDuration(value.replace(/^[<>]/, ''));
  if (length === undefined) return bad('it is no length of time', 'write one like 30d; expired already: 0d; later than that: >30d');
  return good((device, { now }) =>
    certificatesOf(device).some(({ notAfter }) => {
      const end = notAfter === null ? Number.NaN : Date.parse(notAfter);
      return later ? end > now + length : end <= now + length;
    }),
  );
}

/** Case matters: it is the fingerprint as ssh prints it, or the beginning of one. */
function readKey(value: string): Result<Fits> {
  const wanted = value.replace(/^SHA256:/i, '');
  if (!/^[A-Za-z0-9+/]{4,43}=?$/.test(wanted))
    return bad('it is no fingerprint', 'write at least four digits of it, like key:SHA256:nv2Bz81Y');
  const hash = `SHA256:${wanted.replace(/=$/, '')}`;
  return good((device) => servingOf(device).some(({ sshKeys }) => sshKeys.some((key) => key.hash.startsWith(hash))));
}
