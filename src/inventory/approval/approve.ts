import {
  type Approval,
  type ApprovalDraft,
  type ApprovalId,
  type Device,
  type DevicePort,
  deviceName,
  Fault,
  type Instant,
  type Permit,
  placeText,
  type ServicePermit,
  type ServicePlace,
  type Serving,
  type Subject,
  type VersionRange,
} from '../../core/index.ts';
import type { Roll } from '../roll.ts';
import { type Bound, bindApprovals, keyOf } from './bind.ts';
import { inForceOf, openOf } from './in-force.ts';
import { permits, samePermitPlace } from './permits.ts';
import { servedText } from './serving.ts';
import { judgeService, samePlace } from './verdict.ts';

/** How closely what serves is approved: just this version, any of the product, a range of it, or the port whatever serves. */
export type Closeness = 'exact' | 'any' | 'port' | VersionRange;

/** What a person approves. */
export interface ApproveOrder {
  readonly devices: readonly Device[];
  /** Addresses and hardware addresses of hosts that nobody knows yet. */
  readonly unseen: readonly string[];
  /** Which services; null: each device, and all that is open on it. */
  readonly places: readonly ServicePlace[] | null;
  /** Where no services are named: only that the devices may be here. */
  readonly alone?: boolean;
  readonly closeness: Closeness;
  /** The devices were named one by one: what is said is meant, whatever was said before. Else what fits already is left alone. */
  readonly byName: boolean;
  readonly by: string | null;
  readonly why: string | null;
  readonly at: Instant;
  readonly until: Instant | null;
}

/** A service that is left out of a bulk approval, and why. */
export interface LeftOut {
  readonly device: Device;
  readonly place: ServicePlace;
  readonly reason: string;
}

/** What an order comes to: rows to write, rows they take the place of, and what to tell. */
export interface Approving {
  readonly drafts: readonly ApprovalDraft[];
  readonly replaces: readonly ApprovalId[];
  readonly devices: number;
  readonly services: number;
  /** Services that are approved whatever serves there, since nobody knows what does. */
  readonly portOnly: number;
  /** Rows that were there already. */
  readonly already: number;
  readonly leftOut: readonly LeftOut[];
}

interface Step {
  readonly subject: Subject;
  readonly permit: Permit;
  /** In force of the same device. */
  readonly known: readonly Approval[];
}

/** Works out what an approval of devices comes to, beside what is in force. Fault bad-input where a range has no product to be of. */
export function approve(
  asked: ApproveOrder,
  { roll, approvals }: { readonly roll: Roll; readonly approvals: readonly Approval[] },
): Approving {
  const order = onceEach(asked);
  const bound = bindApprovals(approvals, roll, order.at);
  const leftOut: LeftOut[] = [];
  const steps = [
    ...order.devices.flatMap((device) => stepsOf(device, order, { bound, leftOut })),
    ...order.unseen.flatMap((reference) => unseenSteps(reference, order, bound)),
  ];
  const fresh = steps.filter((step) => !isThere(step, order));
  const { by, why, at, until } = order;
  const drafts = fresh.map(({ subject, permit }): ApprovalDraft => ({ site: roll.site, subject, permit, by, why, at, until }));
  const services = steps.filter(({ permit }) => permit.kind === 'service');
  return {
    drafts,
    leftOut,
    replaces: [
      ...new Set(fresh.flatMap((step) => step.known.filter((old) => samePermitPlace(old.permit, step.permit)).map(({ id }) => id))),
    ],
    devices: order.devices.length + order.unseen.length,
    services: services.length,
    portOnly: services.filter(({ permit }) => permit.kind === 'service' && permit.serving.kind === 'anything').length,
    already: steps.length - fresh.length,
  };
}

/** A port or a host may be named twice, in two spellings. */
const onceEach = ({ unseen, places, ...order }: ApproveOrder): ApproveOrder => ({
  ...order,
  unseen: [...new Map(unseen.map((reference) => [keyOf(reference), reference])).values()],
  places: places && [...new Map(places.map((place) => [placeText(place), place])).values()],
});

interface Around {
  readonly bound: Bound;
  readonly leftOut: LeftOut[];
}

function stepsOf(device: Device, order: ApproveOrder, { bound, leftOut }: Around): Step[] {
  const subject: Subject = { kind: 'device', device: device.id, named: deviceName(device) };
  const known = bound.inForce.get(device.id) ?? [];
  const inForce = inForceOf(device, bound);
  const steps: Step[] = order.places === null ? [{ subject, permit: { kind: 'presence' }, known }] : [];
  for (const open of portsMeant(device, order)) {
    const { is, reason } = judgeService(open, { ...inForce, services: [] });
    // Whoever names the service and says why, in the face of the policy, means it.
    const exempt = is === 'forbidden' && order.byName && order.places !== null && order.why !== null;
    if (is === 'forbidden' && !exempt) refuseOrLeave({ device, place: open, reason }, order, leftOut);
    else steps.push({ subject, permit: { ...permitFor(device, open, order.closeness), exempt }, known });
  }
  return steps;
}

function portsMeant(device: Device, { places, alone }: ApproveOrder): readonly DevicePort[] {
  if (places !== null) return places.flatMap((place) => portAt(device, place));
  return alone ? [] : openOf(device);
}

/** A port of a device; one of which nothing is known may be approved beforehand. */
const portAt = (device: Device, place: ServicePlace): DevicePort[] => {
  const known = device.ports.find((port) => samePlace(port, place));
  return [known ?? { protocol: place.protocol, port: place.port, state: 'unknown', service: null }];
};

function refuseOrLeave(left: LeftOut, { byName, places }: ApproveOrder, leftOut: LeftOut[]): void {
  if (!byName || places === null) {
    leftOut.push(left);
    return;
  }
  const what = `approving ${placeText(left.place)} of ${deviceName(left.device) ?? `#${left.device.id}`}`;
  throw new Fault('refused', `${what}: ${left.reason}`, 'say why it may be so all the same with --why, or revoke the policy');
}

function permitFor(device: Device, open: DevicePort, closeness: Closeness): Omit<ServicePermit, 'exempt'> {
  const { protocol, port, service } = open;
  return { kind: 'service', protocol, port, called: service?.name ? service.name : null, serving: servingOf(device, open, closeness) };
}

function servingOf(device: Device, open: DevicePort, closeness: Closeness): Serving {
  const text = servedText(open.service);
  const product = open.service?.method === 'probed' ? open.service.product : '';
  if (typeof closeness === 'object') {
    if (product !== '') return { kind: 'product', product, range: closeness };
    const what = `approving versions of ${placeText(open)} of ${deviceName(device) ?? `#${device.id}`}`;
    throw new Fault(
      'bad-input',
      `${what}: nobody knows which product serves there`,
      'look first with "rollcall scan --plan services", or use --version port',
    );
  }
  if (closeness === 'exact' && text !== '') return { kind: 'exact', text };
  if (closeness === 'any' && product !== '') return { kind: 'product', product, range: null };
  return { kind: 'anything' };
}

function unseenSteps(reference: string, { places }: ApproveOrder, { unseen }: Bound): Step[] {
  const subject: Subject = { kind: 'host', reference, named: null };
  const known = unseen.get(reference) ?? [];
  if (places === null) return [{ subject, permit: { kind: 'presence' }, known }];
  return places.map(({ protocol, port }) => ({
    subject,
    permit: { kind: 'service', protocol, port, called: null, serving: { kind: 'anything' }, exempt: false },
    known,
  }));
}

/** Of a bulk approval whatever fits already stays as it is: one with an end or a range must not become one without. */
function isThere({ permit, known }: Step, { byName, until, why }: ApproveOrder): boolean {
  const here = known.filter((old) => samePermitPlace(old.permit, permit));
  if (byName) return here.some((old) => JSON.stringify(old.permit) === JSON.stringify(permit) && old.until === until && old.why === why);
  return here.some((old) => permits(old.permit, permit));
}
