import {
  type Approval,
  type ApprovalId,
  type DevicePort,
  listsHold,
  type PolicyKind,
  type PortLists,
  placeText,
  type ServicePermit,
  type ServicePlace,
} from '../../core/index.ts';
import { matchServing, servedText, servingText } from './serving.ts';

/** What may be said of one open port: approved, drift of a kind, or unknown; with the reason, and by which approval or policy. */
export interface Verdict {
  readonly is: 'approved' | 'unknown' | 'unapproved' | 'changed' | 'forbidden';
  readonly reason: string;
  readonly approval: ApprovalId | null;
  /** What was approved there, in words. */
  readonly approved: string | null;
}

export interface Rule extends Approval {
  readonly permit: { readonly kind: PolicyKind; readonly ports: PortLists };
}

export interface ServiceApproval extends Approval {
  readonly permit: ServicePermit;
}

/** What is in force for one device, and what was. */
export interface InForce {
  readonly services: readonly ServiceApproval[];
  readonly policies: readonly Rule[];
  /** Expired or revoked. */
  readonly over: readonly ServiceApproval[];
}

/**
 * The order of precedence: "nowhere" beats all but an approval of this service by name and with a reason; then the approvals of the
 * service, one of which is enough; then "only", of which every one must hold the port; then "allowed". What none allows is unapproved.
 */
export function judgeService(open: DevicePort, { services, policies, over }: InForce): Verdict {
  const here = services.filter(({ permit }) => samePlace(permit, open));
  const nowhere = policies.find((rule) => rule.permit.kind === 'nowhere' && listsHold(rule.permit.ports, open));
  if (nowhere && !here.some(({ permit }) => permit.exempt))
    return { is: 'forbidden', reason: policyText(nowhere), approval: nowhere.id, approved: null };
  const only = policies.filter(({ permit }) => permit.kind === 'only');
  if (here.length > 0) return judgeApproved(open, here);
  const outside = only.find(({ permit }) => !listsHold(permit.ports, open));
  if (outside) return { is: 'unapproved', reason: `${policyText(outside)}${overText(open, over)}`, approval: outside.id, approved: null };
  const allowing = only[0] ?? policies.find((rule) => rule.permit.kind === 'allowed' && listsHold(rule.permit.ports, open));
  if (allowing) return { is: 'approved', reason: policyText(allowing), approval: allowing.id, approved: 'whatever serves' };
  return { is: 'unapproved', reason: `nobody approved it${overText(open, over)}`, approval: null, approved: null };
}

/** One approval that fits is enough; where none fits for sure, one that may is. */
function judgeApproved(open: DevicePort, here: readonly ServiceApproval[]): Verdict {
  const matches = here.map((approval) => ({ approval, match: matchServing(approval.permit.serving, open.service) }));
  const best = ['yes', 'unknown', 'no'].flatMap((is) => matches.filter(({ match }) => match.is === is))[0];
  if (!best) return { is: 'unapproved', reason: 'nobody approved it', approval: null, approved: null };
  const { approval, match } = best;
  const approved = servingText(approval.permit.serving);
  if (match.is === 'yes') return { is: 'approved', reason: approvalText(approval), approval: approval.id, approved };
  return { is: match.is === 'no' ? 'changed' : 'unknown', reason: match.reason, approval: approval.id, approved };
}

export const samePlace = (a: ServicePlace, b: ServicePlace): boolean => a.port === b.port && a.protocol === b.protocol;

/** ", approval 7 by ada expired 2027-01-31T00:00:00.000Z" */
const overText = (place: ServicePlace, over: readonly ServiceApproval[]): string =>
  endText(over.findLast(({ permit }) => samePlace(permit, place)));

export function endText(approval: Approval | undefined): string {
  if (!approval) return '';
  const { id, by, until, revoked } = approval;
  const said = `; approval ${id}${by === null ? '' : ` by ${by}`}`;
  if (revoked && (until === null || revoked.at < until)) return `${said} was revoked ${iso(revoked.at)}`;
  return until === null ? '' : `${said} expired ${iso(until)}`;
}

const iso = (at: number): string => new Date(at).toISOString();

/** "approval 7 by ada: after the move" */
export const approvalText = ({ id, by, why }: Approval): string =>
  `approval ${id}${by === null ? '' : ` by ${by}`}${why === null ? '' : `: ${why}`}`;

/** "policy 3: iot only 80,443 (cameras)" */
export function policyText({ id, subject, permit, why }: Rule): string {
  const of = subject.kind === 'group' ? subject.name : 'everywhere';
  return `policy ${id}: ${subject.kind === 'everywhere' && permit.kind === 'nowhere' ? '' : `${of} `}${permit.kind} ${portsText(permit.ports)}${why === null ? '' : ` (${why})`}`;
}

export function portsText(lists: PortLists): string {
  const ports = Object.entries(lists).flatMap(([protocol, ranges]) =>
    ranges.map(([first, last]) => (first === last ? placeText({ protocol, port: first } as ServicePlace) : `${first}-${last}/${protocol}`)),
  );
  return ports.join(',') || 'none';
}

/** What serves on an open port, in words: "OpenSSH 9.2p1", else what nmap calls it. */
export const foundText = ({ service }: DevicePort): string => servedText(service) || (service?.name ?? '');
