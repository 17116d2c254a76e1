import {
  type Certificate,
  type Instant,
  type Mac,
  NO_IDENTITY,
  type Observation,
  type PortSeen,
  type PortsAsked,
  portsHold,
  type Service,
  type ServiceIdentity,
  showsNothing,
  type Untrusted,
  untrusted,
} from '../../core/index.ts';
import { digits } from '../dice.ts';
import { NETS, type Served } from '../story/thing.ts';
import { type Actual, placeOf } from './world.ts';

export interface Eyes {
  readonly at: Instant;
  /** null: only asked whether it is there. */
  readonly ports: PortsAsked | null;
  /** Whether open ports are asked what they serve. */
  readonly versions: boolean;
  /** The moment that days of certificates count from. */
  readonly dawn: Instant;
  readonly vendorOf: (mac: Mac) => Untrusted | null;
}

/** What a look sees of somebody who answers it. */
export function observationOf(one: Actual, eyes: Eyes): Observation {
  const { thing, mac } = one;
  const open = eyes.ports === null ? [] : portsOf(one, eyes.ports, eyes);
  return {
    address: placeOf(one),
    mac,
    vendor: mac === null ? null : eyes.vendorOf(mac),
    names: null,
    reason: mac === null ? 'echo-reply' : 'arp-response',
    seenAt: eyes.at,
    ports: open,
    unlisted: [],
    timedOut: false,
    os: eyes.versions && thing.os !== null ? untrusted(thing.os) : null,
  };
}

function portsOf({ thing, serves }: Actual, asked: PortsAsked, eyes: Eyes): PortSeen[] {
  const open = [...serves.values()].filter(({ protocol, port }) => portsHold(asked[protocol] ?? [], port));
  return open
    .sort((a, b) => a.port - b.port)
    .map((served) => {
      const identity = eyes.versions ? identityOf(served, `${thing.key}.${NETS[thing.net].domain}`, eyes.dawn) : NO_IDENTITY;
      const { protocol, port } = served;
      const seen: PortSeen = { protocol, port, state: 'open', service: serviceOf(served, eyes.versions) };
      return showsNothing(identity) ? seen : { ...seen, serving: identity };
    });
}

function serviceOf({ name, product, version, extra, certificate }: Served, asked: boolean): Service {
  const told = (text: string): Untrusted => untrusted(asked ? text : '');
  return {
    name: untrusted(name),
    product: told(product),
    version: told(version),
    extra: told(extra),
    tunnel: told(certificate === null ? '' : 'ssl'),
    method: asked ? 'probed' : 'table',
  };
}

/** Who a service shows itself to be. Keys and certificates are made up, and always the same for the same words. */
export function identityOf({ key, certificate, title, server }: Served, host: string, dawn: Instant): ServiceIdentity {
  return {
    sshKeys: key === null ? [] : [{ type: untrusted('ed25519'), hash: untrusted(`SHA256:${base64(key)}`) }],
    certificate: certificate === null ? null : certificateOf(certificate, host, dawn),
    httpTitle: title === null ? null : untrusted(title),
    httpServer: server === null ? null : untrusted(server),
  };
}

const DAY = 86_400_000;

function certificateOf({ name, issuer, days }: NonNullable<Served['certificate']>, host: string, dawn: Instant): Certificate {
  const ends = dawn + days * DAY;
  const subject = untrusted(`CN=${name}`);
  return {
    subject,
    issuer: issuer === null ? subject : untrusted(`CN=${issuer}, O=Example Trust`),
    notBefore: new Date(ends - 365 * DAY).toISOString(),
    notAfter: new Date(ends).toISOString(),
    sha256: digits(64, 'certificate', name, host, days),
    names: [untrusted(name)],
  };
}

/** 43 characters, as of 32 bytes without padding. */
function base64(words: string): string {
  const bytes = digits(64, 'key', words).match(/../g) ?? [];
  return btoa(String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16)))).replace(/=+$/, '');
}
