import type { DeviceJson, PortJson, ServingJson, SpanJson } from '../../contract/index.ts';
import {
  type Device,
  type DevicePort,
  deviceFromFacts,
  deviceName,
  formatDuration,
  identityText,
  isRandomizedMac,
  type KnownName,
  type Millis,
  type PortSeen,
  type ServiceIdentity,
  type Span,
  servingFromFact,
} from '../../core/index.ts';
import { guessOf, typeOf } from '../guesses.ts';
import { instantOrNull, instantToJson } from '../moment.ts';

export const windowToJson = (window: Millis | null): string | null => (window === null ? null : formatDuration(window));

/** Ports but for the closed ones. */
export function portsToJson(ports: readonly (PortSeen | DevicePort)[]): PortJson[] {
  return ports
    .filter(({ state }) => state !== 'closed')
    .map(({ service, serving, ...seen }) => ({
      ...portOf(seen),
      service: service && { ...service },
      ...(serving && { serving: servingToJson(serving) }),
      ...checkOf(seen),
    }));
}

function servingToJson({ sshKeys, certificate, httpTitle, httpServer }: ServiceIdentity): ServingJson {
  return {
    sshKeys: sshKeys.map((key) => ({ ...key })),
    certificate: certificate && { ...certificate, names: [...certificate.names] },
    httpTitle,
    httpServer,
  };
}

const portOf = ({ protocol, port, state }: Omit<PortSeen, 'service'>): Omit<PortJson, 'service'> => ({ protocol, port, state });

const checkOf = (seen: Omit<DevicePort, 'service'>): Pick<PortJson, 'checkedAt'> =>
  seen.checkedAt === undefined ? {} : { checkedAt: instantToJson(seen.checkedAt) };

export function deviceToJson(device: Device): DeviceJson {
  return {
    id: device.id,
    name: deviceName(device),
    alias: device.labels.alias,
    macs: device.macs.map(({ mac }) => mac),
    addresses: device.addresses.map(({ address }) => address),
    names: device.names.map(({ name }) => name),
    nameSources: device.names.map(nameToJson),
    vendor: device.macs.find(({ vendor }) => vendor !== null)?.vendor ?? null,
    randomizedMac: device.macs.some(({ mac }) => isRandomizedMac(mac)),
    os: device.os,
    presence: device.presence,
    ...labelsToJson(device),
    clues: device.clues.map(({ kind, value }) => ({ kind, value })),
    window: windowToJson(device.labels.window),
    firstSeen: instantToJson(device.firstSeen),
    lastSeen: instantToJson(device.lastSeen),
    ports: portsToJson(device.ports),
  };
}

/** What is not remembered any more was said at the latest when it was learned. */
const nameToJson = ({ name, source, since, heardAt }: KnownName): DeviceJson['nameSources'][number] => ({
  name,
  source,
  since: instantOrNull(since ?? null),
  confirmed: instantOrNull(heardAt ?? since ?? null),
});

type FoundKey = 'type' | 'typeGuess' | 'typeBy';
type SaidKey = 'owner' | 'carried' | 'groups' | 'tags' | 'note' | 'importance' | 'probed' | 'gentle' | 'harmed';
type LabelKey = FoundKey | SaidKey;

function labelsToJson(device: Device): Pick<DeviceJson, LabelKey> {
  const { type, owner, carried, groups, tags, note, importance, probed, gentle, harmed } = device.labels;
  const guess = guessOf(device);
  return {
    type: typeOf(device),
    typeGuess: guess && { ...guess },
    typeBy: type !== null ? 'person' : guess === null ? null : 'guess',
    owner,
    carried,
    groups: [...groups],
    tags: [...tags],
    note,
    importance,
    probed,
    gentle,
    harmed,
  };
}

const NOBODY = { id: 0, site: '', firstSeen: 0, lastSeen: 0 };

const servingWords = (span: Span): string | null => (span.kind === 'serving' ? identityText(servingFromFact(span)) : null);

/** A span in the words of a device; how the store writes a fact is its own affair. */
export function spanToJson(span: Span): SpanJson {
  const { kind, key, from, to, openedBy, closedBy } = span;
  const { presence, ports, labels } = deviceFromFacts(NOBODY, [span], () => undefined);
  const told: Readonly<Record<string, string | null | undefined>> = {
    presence,
    port: ports[0]?.state,
    label: windowToJson(labels.window),
    serving: servingWords(span),
  };
  const value = told[kind] ?? span.value;
  const service = ports[0]?.service ?? null;
  return { kind, key, value, service: service && { ...service }, from: instantToJson(from), to: instantOrNull(to), openedBy, closedBy };
}
