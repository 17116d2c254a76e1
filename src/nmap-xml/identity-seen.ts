import {
  KEYS_KEPT,
  NO_IDENTITY,
  type ServiceIdentity,
  type SshKey,
  sha256,
  showsNothing,
  TEXT_CAP,
  type Untrusted,
  untrusted,
} from '../core/index.ts';
import { bytesOfBase64 } from './base64.ts';
import { certificateOf } from './certificate-seen.ts';
import type { XmlElem, XmlScript } from './xml-host.ts';

/** Who a service showed itself to be to the scripts that ask for that; null: none did, or it did not answer. */
export function identityOf(scripts: readonly XmlScript[]): ServiceIdentity | null {
  if (scripts.length === 0) return null;
  const identity = scripts.reduce<ServiceIdentity>((known, script) => ({ ...known, ...READERS.get(script.id)?.(script) }), NO_IDENTITY);
  return showsNothing(identity) ? null : identity;
}

type Reader = (script: XmlScript) => Partial<ServiceIdentity>;

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['ssh-hostkey', (script) => ({ sshKeys: sshKeysOf(script) })],
  ['ssl-cert', ({ elems }) => ({ certificate: certificateOf(elems ?? []) })],
  ['http-title', (script) => ({ httpTitle: titleOf(script) })],
  ['http-server-header', (script) => ({ httpServer: serverOf(script) })],
]);

/** "256 SHA256:nv2Bz81Y... (ED25519)". */
const PRINTED = /^\s*\d+ (SHA256:[A-Za-z0-9+/]{43}) \(([\w@.-]{1,40})\)/gm;

/** From the keys themselves where they are given: nmap prints the fingerprint that its user asked for, MD5 unasked. */
function sshKeysOf({ elems = [], output }: XmlScript): readonly SshKey[] {
  const given = keysOf(elems);
  const printed = [...output.matchAll(PRINTED)].map(([, hash = '', type = '']) => keyOf(type, hash));
  const keys = new Map((given.length > 0 ? given : printed).map((key) => [`${key.type} ${key.hash}`, key]));
  return [...keys]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, KEYS_KEPT)
    .map(([, key]) => key);
}

function keysOf(elems: readonly XmlElem[]): SshKey[] {
  const types = elems.filter(({ path }) => path === '.type');
  const blobs = elems.filter(({ path }) => path === '.key');
  if (types.length !== blobs.length) return [];
  return blobs.flatMap(({ text }, i) => {
    const bytes = bytesOfBase64(text);
    return bytes === null ? [] : [keyOf(types[i]?.text ?? '', `SHA256:${base64OfHex(sha256(bytes))}`)];
  });
}

const keyOf = (type: string, hash: string): SshKey => ({ type: untrusted(typeOf(type), 40), hash: untrusted(hash) });

/** "ssh-ed25519" and "ED25519" are one. */
function typeOf(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/^ssh-/, '')
    .replace(/^ecdsa-sha2-nistp\d+$/, 'ecdsa');
  return plain === 'dss' ? 'dsa' : plain;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** 64 hexadecimal digits as 43 of base 64, without padding. */
function base64OfHex(hex: string): string {
  const bits = BigInt(`0x${hex}`) << 2n; // 256 bits and two more are 43 times six
  return Array.from({ length: 43 }, (_, i) => DIGITS[Number((bits >> BigInt((42 - i) * 6)) & 63n)]).join('');
}

/** Words of the script where there is no title. */
const NO_TITLE = /^(?:Site doesn't have a title|Did not follow redirect to |Requested resource was )/;

function titleOf({ elems = [], output }: XmlScript): Untrusted | null {
  const said = elems.find(({ path }) => path === 'title')?.text ?? output.split('\n').find((line) => line.trim() !== '') ?? '';
  const title = untrusted(said.replace(/\s+/g, ' ').trim(), TEXT_CAP.name);
  return title === '' || NO_TITLE.test(title) ? null : title;
}

function serverOf({ elems = [], output }: XmlScript): Untrusted | null {
  const said = elems.length > 0 ? elems.map(({ text }) => text) : output.split('\n');
  const names = [...new Set(said.map((name) => untrusted(name.trim(), TEXT_CAP.name)))].filter((name) => name !== '').sort();
  return names.length === 0 ? null : untrusted(names.join(' | '), TEXT_CAP.name);
}
