import { type Certificate, NAMES_KEPT, sha256, TEXT_CAP, type Untrusted, untrusted } from '../core/index.ts';
import { bytesOfBase64 } from './base64.ts';
import type { XmlElem } from './xml-host.ts';

const PEM = /^\s*-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----\s*$/;

/**
 * The certificate that these elements of nmap's ssl-cert tell; null where the certificate itself is not among them, or is
 * cut off: without it there is no fingerprint to know it by.
 */
export function certificateOf(elems: readonly XmlElem[]): Certificate | null {
  const textOf = (path: string): string => elems.find((elem) => elem.path === path)?.text ?? '';
  const bytes = bytesOfBase64(PEM.exec(textOf('pem'))?.[1] ?? '');
  if (bytes === null || !isWhole(bytes)) return null;
  return {
    subject: nameOf(elems, 'subject.'),
    issuer: nameOf(elems, 'issuer.'),
    notBefore: momentOf(textOf('validity.notBefore')),
    notAfter: momentOf(textOf('validity.notAfter')),
    sha256: sha256(bytes),
    names: namesOf(elems),
  };
}

/** One DER sequence from the first byte to the last. */
function isWhole(bytes: Uint8Array): boolean {
  const [tag, first = 0] = bytes;
  if (tag !== 0x30) return false;
  if (first < 0x80) return bytes.length === first + 2;
  const digits = first & 0x7f;
  if (digits === 0 || digits > 4) return false;
  const length = bytes.subarray(2, 2 + digits).reduce((sum, byte) => sum * 256 + byte, 0);
  return bytes.length === length + 2 + digits;
}

/** Usual parts of a distinguished name, in the order they are told. */
const PARTS: readonly (readonly [name: string, short: string])[] = [
  ['commonName', 'CN'],
  ['organizationName', 'O'],
  ['organizationalUnitName', 'OU'],
  ['localityName', 'L'],
  ['stateOrProvinceName', 'ST'],
  ['countryName', 'C'],
];
const SHORT = new Map(PARTS);
const ORDER = new Map(PARTS.map(([name], place) => [name, place]));

/** "CN=nas.lan, O=Example"; a comma or backslash in a value has a backslash before it. */
function nameOf(elems: readonly XmlElem[], group: 'subject.' | 'issuer.'): Untrusted {
  const parts = elems.filter(({ path }) => path.startsWith(group)).map(({ path, text }) => ({ name: path.slice(group.length), text }));
  const place = (name: string): number => ORDER.get(name) ?? PARTS.length;
  const told = parts
    .sort((a, b) => place(a.name) - place(b.name) || (a.name < b.name ? -1 : 1))
    .map(({ name, text }) => `${SHORT.get(name) ?? name}=${text.replace(/[\\,]/g, '\\$&')}`);
  return untrusted(told.join(', '), TEXT_CAP.banner);
}

const MOMENT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:Z|[+-]00:00)?$/;

/** ISO 8601, UTC; null for what is no moment of any calendar. */
function momentOf(text: string): string | null {
  const [, ...digits] = MOMENT.exec(text.trim()) ?? [];
  if (digits.length === 0) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = digits.map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  const iso = date.toISOString();
  // The 31st of February would be a day in March.
  return iso.startsWith(text.trim().slice(0, 19)) ? iso : null;
}

/** "DNS:nas.lan, IP Address:10.0.0.1". */
const NAME = /^(?:DNS|IP Address|URI|email):(.+)$/;

function namesOf(elems: readonly XmlElem[]): Untrusted[] {
  const at = elems.findIndex(({ path, text }) => path === 'extensions..name' && text === 'X509v3 Subject Alternative Name');
  const value = at >= 0 && elems[at + 1]?.path === 'extensions..value' ? (elems[at + 1]?.text ?? '') : '';
  const names = value.split(', ').flatMap((part) => NAME.exec(part)?.[1] ?? []);
  return [...new Set(names.slice(0, NAMES_KEPT).map((name) => untrusted(name, TEXT_CAP.name)))].filter((name) => name !== '');
}
