import type { Untrusted } from './untrusted.ts';

/** One host key of an SSH server. */
export interface SshKey {
  /** "ed25519", "ecdsa", "rsa", "dsa", or whatever else it is called. */
  readonly type: Untrusted;
  /** "SHA256:" and its fingerprint, as ssh prints it. */
  readonly hash: Untrusted;
}

/** The certificate a server shows to whoever speaks TLS with it. */
export interface Certificate {
  /** "CN=nas.lan, O=Example". */
  readonly subject: Untrusted;
  readonly issuer: Untrusted;
  /** ISO 8601, UTC; null where it says none that is one. */
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  /** Fingerprint of all of it: 64 hexadecimal digits. */
  readonly sha256: string;
  /** The first {@link NAMES_KEPT} names and addresses it is for. */
  readonly names: readonly Untrusted[];
}

/** Who a service showed itself to be, beside its version. null and empty: it did not show that, or nobody asked. */
export interface ServiceIdentity {
  readonly sshKeys: readonly SshKey[];
  readonly certificate: Certificate | null;
  /** Title of its front page. */
  readonly httpTitle: Untrusted | null;
  /** What it calls itself in the header "Server"; of several, all. */
  readonly httpServer: Untrusted | null;
}

export const NO_IDENTITY: ServiceIdentity = { sshKeys: [], certificate: null, httpTitle: null, httpServer: null };

/** Most names of a certificate, and most host keys of a server, that are kept: a hostile one may have as many as it likes. */
export const NAMES_KEPT = 32;
export const KEYS_KEPT = 8;

/** Parts of what a service says that can change one without the other. */
export const ANSWER_PARTS = ['version', 'ssh', 'tls', 'page'] as const;
export type AnswerPart = (typeof ANSWER_PARTS)[number];

/** Several answers of one port that are given in turn, as by several servers behind one address. */
export interface Turns {
  /** Short hashes of those it gave before the one believed now, newest first, each with the moment it was replaced (epoch ms). */
  readonly former: readonly (readonly [hash: string, until: number])[];
  /** Since when they are known to take turns; null while each is only a former one. */
  readonly since: number | null;
}

/** What was told of a port, so that it is not told again. */
export interface PortTold {
  readonly turns?: Readonly<Partial<Record<AnswerPart, Turns>>>;
  /** That this certificate expires soon, or has expired. */
  readonly expiry?: { readonly sha256: string; readonly stage: ExpiryStage };
}

/** In rising order. */
export const EXPIRY_STAGES = ['soon', 'expired'] as const;
export type ExpiryStage = (typeof EXPIRY_STAGES)[number];

/** In words: "SSH key ed25519 SHA256:...; certificate CN=nas.lan until 2026-12-12, SHA-256 0fbb11...; title \"Home\"". Foreign text. */
export function identityText({ sshKeys, certificate, httpTitle, httpServer }: ServiceIdentity): string {
  return [
    ...sshKeys.map(({ type, hash }) => `SSH key ${type} ${hash}`),
    ...(certificate ? [`certificate ${certificateText(certificate)}`] : []),
    ...(httpTitle === null ? [] : [`title ${JSON.stringify(httpTitle)}`]),
    ...(httpServer === null ? [] : [`server ${httpServer}`]),
  ].join('; ');
}

/** "CN=nas.lan by CN=R10, O=Let's Encrypt until 2026-12-12, SHA-256 0fbb11...". */
export function certificateText({ subject, issuer, names, notAfter, sha256 }: Certificate): string {
  const whose = subject || names[0] || 'of nobody';
  const by = issuer === subject ? 'self-signed' : `by ${issuer}`;
  return `${whose} ${by} until ${notAfter?.slice(0, 10) ?? 'no known day'}, SHA-256 ${sha256.slice(0, 16)}...`;
}

/** Whether there is anything in it. */
export function showsNothing({ sshKeys, certificate, httpTitle, httpServer }: ServiceIdentity): boolean {
  return sshKeys.length === 0 && certificate === null && httpTitle === null && httpServer === null;
}

/** Whether two show the same. A certificate is its fingerprint: all else is read off it. */
export function sameIdentity(a: ServiceIdentity, b: ServiceIdentity): boolean {
  if (a.httpTitle !== b.httpTitle || a.httpServer !== b.httpServer || a.sshKeys.length !== b.sshKeys.length) return false;
  if (a.certificate?.sha256 !== b.certificate?.sha256) return false;
  return a.sshKeys.every(({ type, hash }, i) => type === b.sshKeys[i]?.type && hash === b.sshKeys[i].hash);
}
