import type { DevicePort } from './device.ts';
import type { Fact } from './fact.ts';
import { type Certificate, NO_IDENTITY, type PortTold, type ServiceIdentity } from './serving.ts';
import type { Untrusted } from './untrusted.ts';

/** As JSON, short names and empty parts left out: one of each port of each device is kept. */
interface Compact {
  readonly ssh?: readonly (readonly [type: Untrusted, hash: Untrusted])[];
  readonly tls?: readonly [
    subject: Untrusted,
    issuer: Untrusted,
    notBefore: string | null,
    notAfter: string | null,
    sha256: string,
    names: readonly Untrusted[],
  ];
  readonly title?: Untrusted;
  readonly server?: Untrusted;
}

/** What a port showed of who serves there, and what was told of it: facts of their own, so that each has its own history. */
export function servingFacts({ protocol, port, serving, told }: DevicePort): Fact[] {
  const key = `${protocol}/${port}`;
  return [
    ...(serving ? [{ kind: 'serving' as const, key, value: JSON.stringify(compact(serving)) }] : []),
    ...(told ? [{ kind: 'told' as const, key, value: JSON.stringify(told) }] : []),
  ];
}

function compact({ sshKeys, certificate, httpTitle, httpServer }: ServiceIdentity): Compact {
  return {
    ...(sshKeys.length > 0 && { ssh: sshKeys.map(({ type, hash }) => [type, hash] as const) }),
    ...(certificate && { tls: tlsOf(certificate) }),
    ...(httpTitle !== null && { title: httpTitle }),
    ...(httpServer !== null && { server: httpServer }),
  };
}

function tlsOf({ subject, issuer, notBefore, notAfter, sha256, names }: Certificate): NonNullable<Compact['tls']> {
  return [subject, issuer, notBefore, notAfter, sha256, names];
}

/** The identity that a fact of kind serving tells. */
export function servingFromFact({ value }: Pick<Fact, 'value'>): ServiceIdentity {
  const { ssh, tls, title, server } = JSON.parse(value) as Compact;
  return {
    ...NO_IDENTITY,
    ...(ssh && { sshKeys: ssh.map(([type, hash]) => ({ type, hash })) }),
    ...(tls && {
      certificate: { subject: tls[0], issuer: tls[1], notBefore: tls[2], notAfter: tls[3], sha256: tls[4], names: tls[5] },
    }),
    ...(title !== undefined && { httpTitle: title }),
    ...(server !== undefined && { httpServer: server }),
  };
}

/** The ports with what facts of kinds serving and told say of them; facts of ports that are not there say nothing. */
export function withServing(ports: readonly DevicePort[], serving: readonly Fact[], told: readonly Fact[]): DevicePort[] {
  if (serving.length + told.length === 0) return [...ports];
  const served = new Map(serving.map((fact) => [fact.key, servingFromFact(fact)]));
  const tellings = new Map(told.map(({ key, value }) => [key, JSON.parse(value) as PortTold]));
  return ports.map((port) => {
    const key = `${port.protocol}/${port.port}`;
    const [identity, telling] = [served.get(key), tellings.get(key)];
    return { ...port, ...(identity && { serving: identity }), ...(telling && { told: telling }) };
  });
}
