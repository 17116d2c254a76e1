import { canonicalAddress } from './address.ts';
import type { Approval, Permit, PolicyKind, ServicePermit, Serving, Subject } from './approval.ts';
import { bad, good, type Result } from './fault.ts';
import { canonicalMac } from './mac.ts';
import { formatPortLists, parsePlace, parsePortLists, placeText } from './port-lists.ts';
import type { Instant } from './time.ts';
import { formatVersionRange, parseVersionRange } from './version.ts';

/** An approval as one flat record: for files, clients and people. What is left out was not said. */
export interface ApprovalEntry {
  /** Hardware address, address or name of the device. */
  readonly device?: string;
  /** What the device is called, for people. */
  readonly name?: string;
  readonly group?: string;
  readonly everywhere?: true;
  /** "22/tcp": the service that may be there. Without it, of a device: that it may be here. */
  readonly port?: string;
  /** What nmap calls the service: "ssh". */
  readonly service?: string;
  /** Exactly this: "OpenSSH 9.2p1". */
  readonly serves?: string;
  /** Of this product the versions of `version`, or any. */
  readonly product?: string;
  /** ">=9.2 <10" */
  readonly version?: string;
  readonly exempt?: true;
  readonly only?: string;
  readonly nowhere?: string;
  readonly allowed?: string;
  readonly by?: string;
  readonly why?: string;
  /** ISO 8601. */
  readonly until?: string;
}

/** The keys of a record, in the order they are written. */
export const ENTRY_KEYS = [
  'device',
  'name',
  'group',
  'everywhere',
  'port',
  'service',
  'serves',
  'product',
  'version',
  'exempt',
  'only',
  'nowhere',
  'allowed',
  'by',
  'why',
  'until',
] as const satisfies readonly (keyof ApprovalEntry)[];

/** Longest texts, in UTF-16 units: a product and a version as they come from the network fit. */
export const ENTRY_CAPS: Readonly<Record<Exclude<keyof ApprovalEntry, 'everywhere' | 'exempt'>, number>> = {
  device: 255,
  name: 1000,
  group: 255,
  port: 40,
  service: 255,
  serves: 2200,
  product: 2200,
  version: 200,
  only: 4000,
  nowhere: 4000,
  allowed: 4000,
  by: 255,
  why: 1000,
  until: 64,
};

const POLICIES: readonly PolicyKind[] = ['only', 'nowhere', 'allowed'];

/** `reference` is how a device is called where its id says nothing. */
export function entryOf(
  { subject, permit, by, why, until }: Omit<Approval, 'id' | 'site' | 'at' | 'revoked'>,
  reference: string,
): ApprovalEntry {
  return {
    ...subjectEntry(subject, reference),
    ...permitEntry(permit),
    ...(by !== null && { by }),
    ...(why !== null && { why }),
    ...(until !== null && { until: new Date(until).toISOString() }),
  };
}

function subjectEntry(subject: Subject, reference: string): ApprovalEntry {
  if (subject.kind === 'group') return { group: subject.name };
  if (subject.kind === 'everywhere') return { everywhere: true };
  return { device: subject.kind === 'host' ? subject.reference : reference, ...(subject.named !== null && { name: subject.named }) };
}

function permitEntry(permit: Permit): ApprovalEntry {
  if (permit.kind === 'presence') return {};
  if (permit.kind !== 'service') return { [permit.kind]: formatPortLists(permit.ports) };
  const { called, serving, exempt } = permit;
  return {
    port: placeText(permit),
    ...(called !== null && { service: called }),
    ...(serving.kind === 'exact' && { serves: serving.text }),
    ...(serving.kind === 'product' && { product: serving.product }),
    ...(serving.kind === 'product' && serving.range !== null && { version: formatVersionRange(serving.range) }),
    ...(exempt && { exempt }),
  };
}

/** What an entry says, of a host that may not be known yet. */
export interface EntryRead {
  readonly subject: Exclude<Subject, { kind: 'device' }>;
  readonly permit: Permit;
  readonly by: string | null;
  readonly why: string | null;
  readonly until: Instant | null;
}

const REMEDY = 'look at a file that "rollcall baseline export" writes';

/** Reads a record strictly: what contradicts itself is refused with the reason. */
export function readEntry(entry: ApprovalEntry): Result<EntryRead> {
  const subject = readSubject(entry);
  if (!subject.ok) return subject;
  const permit = readPermit(entry, subject.value);
  if (!permit.ok) return permit;
  const until = entry.until === undefined ? null : momentIn(entry.until);
  if (until === undefined) return bad('until is no moment', 'write it like 2027-01-31T00:00:00Z');
  return good({ subject: subject.value, permit: permit.value, by: entry.by ?? null, why: entry.why ?? null, until });
}

/** The language rolls February 30 over into March. */
function momentIn(text: string): Instant | undefined {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) || new Date(at).getUTCDate() !== Number(text.slice(8, 10)) ? undefined : at;
}

function readSubject({ device, name, group, everywhere }: ApprovalEntry): Result<EntryRead['subject']> {
  const said = [device, group, everywhere].filter((one) => one !== undefined).length;
  if (said !== 1)
    return bad(said === 0 ? 'it is about nobody' : 'it is about several things at once', 'give one of device, group, everywhere');
  if (device !== undefined)
    return good({ kind: 'host', reference: canonicalMac(device) ?? canonicalAddress(device) ?? device, named: name ?? null });
  if (name !== undefined) return bad('a name belongs to a device', 'leave it out');
  return good(group === undefined ? { kind: 'everywhere' } : { kind: 'group', name: group });
}

function readPermit(entry: ApprovalEntry, { kind }: Subject): Result<Permit> {
  const policies = POLICIES.filter((policy) => entry[policy] !== undefined);
  const [policy] = policies;
  const aboutService = [entry.port, entry.service, entry.serves, entry.product, entry.version, entry.exempt].some(
    (one) => one !== undefined,
  );
  if (kind === 'host') {
    if (policy) return bad(`a device has no "${policy}"`, 'put it into a group, and say it of the group');
    return aboutService ? readService(entry) : good({ kind: 'presence' });
  }
  if (aboutService || !policy || policies.length > 1) return bad('a policy is one of only, nowhere, allowed with ports', REMEDY);
  const ports = parsePortLists(entry[policy] ?? '');
  return ports.ok ? good({ kind: policy, ports: ports.value }) : ports;
}

function readService({ port, service, exempt, ...entry }: ApprovalEntry): Result<ServicePermit> {
  if (port === undefined) return bad('it says what serves, but not at which port', 'give it a port like 22/tcp');
  const place = parsePlace(port);
  if (!place.ok) return place;
  const serving = readServing(entry);
  return serving.ok
    ? good({ kind: 'service', ...place.value, called: service ?? null, serving: serving.value, exempt: exempt ?? false })
    : serving;
}

function readServing({ serves, product, version }: ApprovalEntry): Result<Serving> {
  if (serves !== undefined)
    return product === undefined && version === undefined
      ? good({ kind: 'exact', text: serves })
      : bad('it says twice what serves', 'give serves, or product and version');
  if (product === undefined) return version === undefined ? good({ kind: 'anything' }) : bad('a version of what', 'give the product');
  if (version === undefined) return good({ kind: 'product', product, range: null });
  const range = parseVersionRange(version);
  return range.ok ? good({ kind: 'product', product, range: range.value }) : range;
}
