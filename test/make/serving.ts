import { type Certificate, NO_IDENTITY, type ServiceIdentity, type SshKey, sha256, untrusted } from '../../src/core/index.ts';

/** Makers of who a service is: each test says only what it is about. */

export const serving = (fields: Partial<ServiceIdentity> = {}): ServiceIdentity => ({ ...NO_IDENTITY, ...fields });

export const sshKey = (hash: string, type = 'ed25519'): SshKey => ({ type: untrusted(type), hash: untrusted(`SHA256:${hash}`) });

type CertificateFields = Partial<Record<'subject' | 'issuer' | 'notBefore' | 'notAfter' | 'serial', string>> & {
  readonly names?: readonly string[];
};

/** One of a public authority for 90 days, from January 2026 on; another `serial` makes another one of the same words. */
export function certificate(fields: CertificateFields = {}): Certificate {
  const { subject = 'CN=nas.example', issuer = "CN=R10, O=Let's Encrypt, C=US", names = ['nas.example'] } = fields;
  const { notBefore = '2026-01-01T00:00:00.000Z', notAfter = '2026-04-01T00:00:00.000Z', serial = '1' } = fields;
  const told = [subject, issuer, notBefore, notAfter, ...names, serial].join('\n');
  return {
    subject: untrusted(subject),
    issuer: untrusted(issuer),
    notBefore,
    notAfter,
    sha256: sha256(Uint8Array.from(told, (character) => character.charCodeAt(0) & 255)),
    names: names.map((name) => untrusted(name)),
  };
}

export const page = (httpTitle: string | null, httpServer: string | null = null): ServiceIdentity =>
  serving({ httpTitle: httpTitle === null ? null : untrusted(httpTitle), httpServer: httpServer === null ? null : untrusted(httpServer) });
