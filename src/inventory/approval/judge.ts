import {
  type AddressValue,
  type Approval,
  type Coverage,
  coversAddress,
  type Device,
  type DeviceId,
  deviceName,
  type Instant,
  parseAddress,
  placeText,
  portStateOf,
} from '../../core/index.ts';
import { isCarried, type TypeOf } from '../people.ts';
import type { Roll } from '../roll.ts';
import { type Bound, bindApprovals } from './bind.ts';
import type { Drift, DriftDevice, DriftItem } from './drift.ts';
import { inForceOf, openOf } from './in-force.ts';
import { servingText } from './serving.ts';
import { approvalText, endText, foundText, type InForce, judgeService, type Verdict } from './verdict.ts';

export interface DriftQuestion {
  /** As believed at the moment, presence judged for it. */
  readonly roll: Roll;
  readonly at: Instant;
  /** All that were made, whether in force or over. */
  readonly approvals: readonly Approval[];
  /** What had been asked by then: whoever was never seen is only missing where somebody asked. */
  readonly coverage: Coverage;
  readonly typeOf: TypeOf;
  /** Whether a moment was kept of what is judged: then all that nobody approved is drift, else only where anything was approved at all. */
  readonly kept: boolean;
  /** Which devices are judged; left out: all. */
  readonly of?: (device: Device) => boolean;
  /** Whether an address that nobody was seen at is judged; left out: any, and hosts known by MAC or name only. */
  readonly within?: (address: string | null) => boolean;
}

/** Compares what is believed with what was approved, both ways. Yields now and then, so that others get their turn. */
export function* judgeDrift(question: DriftQuestion): Generator<void, Drift> {
  const { roll, at, approvals, of = () => true } = question;
  const bound = bindApprovals(approvals, roll, at);
  const [items, unknown]: [DriftItem[], DriftItem[]] = [[], []];
  // A merge that was taken back puts a device at the end of the roll.
  const judged = [...roll.devices.values()].filter(of).sort((a, b) => a.id - b.id);
  const begun = question.kept ? bound.any : isBegun(bound, judged, question);
  let asApproved = 0;
  for (const [index, device] of judged.entries()) {
    const told = judgeDevice(device, { bound, begun, typeOf: question.typeOf });
    items.push(...told.filter(({ kind }) => kind !== 'unknown'));
    unknown.push(...told.filter(({ kind }) => kind === 'unknown'));
    if (told.length === 0) asApproved++;
    if (index % 100 === 99) yield;
  }
  for (const item of neverSeen(bound, question)) (item.kind === 'unknown' ? unknown : items).push(item);
  return { items, unknown, devices: judged.length, asApproved, begun };
}

interface Standards {
  readonly bound: Bound;
  readonly begun: boolean;
  readonly typeOf: TypeOf;
}

/** Whether anything was ever approved of what is judged. */
function isBegun({ inForce, over, unseen }: Bound, judged: readonly Device[], { within = () => true }: DriftQuestion): boolean {
  if (judged.some(({ id }) => inForce.has(id) || over.has(id))) return true;
  return [...unseen.keys()].some((reference) => within(parseAddress(reference) ? reference : null));
}

function judgeDevice(device: Device, { bound, begun, typeOf }: Standards): DriftItem[] {
  const approvals = bound.inForce.get(device.id) ?? [];
  const tell = teller(device);
  if (device.presence === 'unknown') return begun ? [tell({ kind: 'unknown', reason: 'nobody has looked for it lately' })] : [];
  if (device.presence === 'away') return awayOne(device, approvals, typeOf);
  const inForce = inForceOf(device, bound);
  const services = openOf(device).flatMap((open) => {
    const verdict = judgeService(open, inForce);
    return verdict.is === 'approved' ? [] : [{ open, verdict }];
  });
  const told = services.map(({ open, verdict }) => serviceItem(device, open, verdict));
  if (!begun) return told.filter(({ kind }) => kind === 'service.forbidden' || hasPolicy(kind, inForce));
  if (approvals.length > 0) return [...told, ...missingServices(device, inForce)].sort(byPlace);
  // Of a device that nobody approved its services need no word each, but what is forbidden does.
  const over = bound.over.get(device.id)?.at(-1);
  return [unapprovedDevice(device, over), ...told.filter(({ kind }) => kind === 'service.forbidden')];
}

/** Without any approval of a device a policy still says what may be open where it is in force. */
const hasPolicy = (kind: DriftItem['kind'], { policies }: InForce): boolean =>
  kind === 'service.unapproved' && policies.some(({ permit }) => permit.kind === 'only');

type Telling = Partial<DriftItem> & Pick<DriftItem, 'kind' | 'reason'>;

const teller =
  (device: Device) =>
  (telling: Telling): DriftItem => ({ ...NOTHING, device: deviceSaid(device), ...telling });

const NOTHING = { place: null, called: '', found: null, approved: null, approval: null } as const;

export const deviceSaid = (device: Device): DriftDevice => ({
  id: device.id,
  name: deviceName(device),
  addresses: device.addresses.map(({ address }) => address),
  macs: device.macs.map(({ mac }) => mac),
});

/** Phones come and go with their people: that they are away is no deviation. */
function awayOne(device: Device, approvals: readonly Approval[], typeOf: TypeOf): DriftItem[] {
  const [approval] = approvals;
  if (!approval || isCarried(device, typeOf)) return [];
  const reason = `it is away, last seen ${new Date(device.lastSeen).toISOString()}`;
  return [teller(device)({ kind: 'device.missing', reason, approval: approval.id, approved: approvalText(approval) })];
}

function unapprovedDevice(device: Device, over: Approval | undefined): DriftItem {
  const services = openOf(device).map((open) => [placeText(open), foundText(open)].filter((part) => part !== '').join(' '));
  return teller(device)({
    kind: 'device.unapproved',
    found: services.join(', ') || null,
    reason: `nobody approved it${endText(over)}`,
    approval: over?.id ?? null,
  });
}

function serviceItem(device: Device, open: Device['ports'][number], { is, reason, approval, approved }: Verdict): DriftItem {
  const { protocol, port, service } = open;
  const kind = is === 'unknown' ? is : (`service.${is}` as DriftItem['kind']);
  return teller(device)({
    kind,
    place: { protocol, port },
    called: service?.name ?? '',
    found: foundText(open) || null,
    approved,
    reason,
    approval,
  });
}

/** Approved services that were asked for and are closed. What is filtered, or was never asked, is unknown (law 2). */
function missingServices(device: Device, { services }: InForce): DriftItem[] {
  const places = new Map(services.map((approval) => [placeText(approval.permit), approval]));
  return [...places.values()].flatMap(({ id, permit }) => {
    const { protocol, port, called, serving } = permit;
    const state = portStateOf(device, protocol, port);
    if (state === 'open') return [];
    const said = { place: { protocol, port }, called: called ?? '', approved: servingText(serving), approval: id };
    if (state === 'closed') return [teller(device)({ kind: 'service.missing', reason: 'it is closed', ...said })];
    const reason = state === 'unknown' ? 'nobody has asked for this port' : `it is ${state}, and may still serve behind that`;
    return [teller(device)({ kind: 'unknown', reason, ...said })];
  });
}

function byPlace(a: DriftItem, b: DriftItem): number {
  const [left, right] = [a.place?.protocol ?? '', b.place?.protocol ?? ''];
  return left === right ? (a.place?.port ?? -1) - (b.place?.port ?? -1) : left < right ? -1 : 1;
}

/** Hosts that were approved, and that nobody has answered for. */
function neverSeen({ unseen }: Bound, { coverage, within = () => true }: DriftQuestion): DriftItem[] {
  return [...unseen].flatMap(([reference, [approval]]): DriftItem[] => {
    const address = parseAddress(reference);
    if (!approval || !within(address ? reference : null)) return [];
    const said = { device: strangerSaid(reference, approval), approved: approvalText(approval), approval: approval.id };
    return [{ ...NOTHING, ...said, ...silenceOf(address, coverage) }];
  });
}

function strangerSaid(reference: string, { subject }: Approval): DriftDevice {
  const named = subject.kind === 'host' ? subject.named : null;
  const nobody = { id: null, macs: [] };
  if (parseAddress(reference)) return { ...nobody, name: named, addresses: [reference] };
  return { ...nobody, name: named ?? reference, addresses: [] };
}

/** Nobody answers at an address that was asked; of others that says nothing (law 2). */
function silenceOf(address: AddressValue | undefined, coverage: Coverage): Pick<DriftItem, 'kind' | 'reason'> {
  if (address !== undefined && coversAddress(coverage, address)) return { kind: 'device.missing', reason: 'nobody answers there' };
  return { kind: 'unknown', reason: unseenReason(address) };
}

const unseenReason = (address: unknown): string =>
  address ? 'nobody has looked there' : 'it was never seen, and nobody knows where it would be';

/** Ids of devices that something is told of. */
export const devicesIn = ({ items }: Pick<Drift, 'items'>): ReadonlySet<DeviceId> =>
  new Set(items.flatMap(({ device: { id } }) => (id === null ? [] : [id])));
