import type { Certificate, Instant, ServiceIdentity, SshKey } from '../core/index.ts';
import { withoutNoise } from './version-noise.ts';

/** How one identity became another; null: it is the same, or one of the two is not known. */
export interface IdentityStep {
  readonly kind: 'service.key-changed' | 'certificate.renewed';
  /** Which of the two it is about. */
  readonly what: 'ssh' | 'tls';
  /** The end of a sentence: what is unusual about it, or usual. */
  readonly how: string;
}

/** Whether the server shows another key than before: of one type another one, or none of those known. */
export function sshStep(before: readonly SshKey[], after: readonly SshKey[]): IdentityStep | null {
  if (before.length === 0 || after.length === 0) return null;
  const known = new Set(before.map(({ hash }) => hash));
  const strange = changedTypes(before, after);
  if (strange.length > 0) return { kind: 'service.key-changed', what: 'ssh', how: `another ${strange.join(' and ')} key` };
  if (after.some(({ hash }) => known.has(hash))) return null;
  return { kind: 'service.key-changed', what: 'ssh', how: 'none of the keys known' };
}

/** Types of which both sides have keys, and none in common. */
export function changedTypes(before: readonly SshKey[], after: readonly SshKey[]): string[] {
  const known = new Set(before.map(({ hash }) => hash));
  const types = new Set(before.map(({ type }) => type));
  const byType = Map.groupBy(after, ({ type }) => type);
  return [...byType].flatMap(([type, keys]) => (types.has(type) && !keys.some(({ hash }) => known.has(hash)) ? [type] : []));
}

/**
 * Whether another certificate is the successor that its owner was bound to get: same subject, same issuer, later dates, and more
 * than half of the old one's time used up (ACME clients renew in the last third, of certificates of six days in the last half).
 */
export function tlsStep(before: Certificate | null, after: Certificate | null, at: Instant): IdentityStep | null {
  if (before === null || after === null || before.sha256 === after.sha256) return null;
  const odd = oddities(before, after, at);
  if (odd.length === 0) return { kind: 'certificate.renewed', what: 'tls', how: 'same subject and issuer, later dates' };
  return { kind: 'service.key-changed', what: 'tls', how: odd.join(', ') };
}

function oddities(before: Certificate, after: Certificate, at: Instant): string[] {
  return [
    ...(sameSubject(before, after) ? [] : ['another subject']),
    ...(sameIssuer(before, after) ? [] : ['another issuer']),
    ...(isLater(before, after) ? [] : ['not valid for longer than the one before']),
    ...(isDue(before, at) ? [] : ['long before the one before would end']),
  ];
}

function sameSubject(before: Certificate, after: Certificate): boolean {
  if (before.subject !== '' && before.subject === after.subject) return true;
  // Short-lived ones of public authorities have names only.
  return before.names.length > 0 && before.names.toSorted().join() === after.names.toSorted().join();
}

/** Public authorities sign with one intermediate after the other (R10, R11, E5, ...): then the organisation is the issuer. */
function sameIssuer(before: Certificate, after: Certificate): boolean {
  const [old, fresh] = [organisationOf(before), organisationOf(after)];
  const selfSigned = isSelfSigned(before) || isSelfSigned(after);
  if (selfSigned) return isSelfSigned(before) && isSelfSigned(after);
  return before.issuer === after.issuer || (old !== undefined && old === fresh);
}

const isSelfSigned = ({ subject, issuer }: Certificate): boolean => subject === issuer;

const organisationOf = ({ issuer }: Certificate): string | undefined => /(?:^|, )O=((?:\\.|[^\\,])+)/.exec(issuer)?.[1];

function isLater(before: Certificate, after: Certificate): boolean {
  if (before.notAfter === null || after.notAfter === null) return false;
  return Date.parse(after.notAfter) > Date.parse(before.notAfter);
}

function isDue({ notBefore, notAfter }: Certificate, at: Instant): boolean {
  if (notBefore === null || notAfter === null) return false;
  const [from, to] = [Date.parse(notBefore), Date.parse(notAfter)];
  return at - from >= (to - from) / 2;
}

/** What lasts of a page: title and server, cleaned like a version. null: it is not known. */
export const lastingPage = ({
  httpTitle,
  httpServer,
}: ServiceIdentity): { readonly title: string | null; readonly server: string | null } => ({
  title: httpTitle === null ? null : withoutNoise(httpTitle),
  server: httpServer === null ? null : withoutNoise(httpServer),
});

/** Whether title or server of a page differ where both are known. */
export function pageChanged(before: ServiceIdentity, after: ServiceIdentity): boolean {
  const [old, fresh] = [lastingPage(before), lastingPage(after)];
  const differs = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b;
  return differs(old.title, fresh.title) || differs(old.server, fresh.server);
}
