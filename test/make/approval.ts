import type { Approval, Device, PolicyKind, ServicePermit, Serving, Subject } from '../../src/core/index.ts';
import { orFault, parsePlace, parsePortLists, parseVersionRange } from '../../src/core/index.ts';
import { type Drift, type DriftItem, type DriftQuestion, judgeDrift, type Roll, rollOf } from '../../src/inventory/index.ts';
import { AT, covering } from './device.ts';

type Rest = Partial<Pick<Approval, 'id' | 'by' | 'why' | 'at' | 'until' | 'revoked'>>;

const FRAME = { id: 1, site: 'home', by: null, why: null, at: AT, until: null, revoked: null } as const;

export const deviceSubject = (device: number, named: string | null = null): Subject => ({ kind: 'device', device, named });
export const hostSubject = (reference: string, named: string | null = null): Subject => ({ kind: 'host', reference, named });

/** A device that may be here. */
export const mayBeHere = (subject: Subject, rest: Rest = {}): Approval => ({ ...FRAME, subject, permit: { kind: 'presence' }, ...rest });

/** "OpenSSH 9.2p1" is exact, "OpenSSH *" any version, "OpenSSH >=9.2 <10" a range, "*" whatever serves. */
export function serving(text: string): Serving {
  if (text === '*') return { kind: 'anything' };
  const [, product = '', version = ''] = /^(\S+) (\*|[<>=].*)$/.exec(text) ?? [];
  if (product === '') return { kind: 'exact', text };
  return { kind: 'product', product, range: version === '*' ? null : orFault(parseVersionRange(version)) };
}

/** A service that may be there: "22/tcp", and what may serve. */
export function mayServe(subject: Subject, place: string, what = '*', rest: Rest & { readonly exempt?: boolean } = {}): Approval {
  const { exempt = false, ...others } = rest;
  const permit: ServicePermit = { kind: 'service', ...orFault(parsePlace(place)), called: null, serving: serving(what), exempt };
  return { ...FRAME, subject, permit, ...others };
}

/** A policy of a group; null: everywhere. */
export function policy(group: string | null, kind: PolicyKind, ports: string, rest: Rest = {}): Approval {
  const subject: Subject = group === null ? { kind: 'everywhere' } : { kind: 'group', name: group };
  return { ...FRAME, subject, permit: { kind, ports: orFault(parsePortLists(ports)) }, ...rest };
}

/** Numbered in the order they are given. */
export const numbered = (approvals: readonly Approval[]): Approval[] =>
  approvals.map((approval, index) => ({ ...approval, id: index + 1 }));

export const rollWith = (...devices: readonly Device[]): Roll => rollOf('home', devices, 100);

/** Judges at AT + 1, unless told otherwise. */
export function judged(devices: readonly Device[], approvals: readonly Approval[], question: Partial<DriftQuestion> = {}): Drift {
  const steps = judgeDrift({
    roll: rollWith(...devices),
    at: AT + 1,
    approvals: numbered(approvals),
    coverage: covering(['10.0.0.0/24']),
    kept: true,
    typeOf: () => null,
    ...question,
  });
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** "1 service.unapproved 22/tcp" */
export const gist = ({ kind, device, place }: DriftItem): string =>
  `${device.id ?? device.addresses[0] ?? device.name} ${kind}${place ? ` ${place.port}/${place.protocol}` : ''}`;

export const gists = (items: readonly DriftItem[]): string[] => items.map(gist);
