import type { DeviceId } from './device.ts';
import type { PortLists, ServicePlace } from './port-lists.ts';
import type { Instant } from './time.ts';
import type { VersionRange } from './version.ts';

export type ApprovalId = number;

/** Whom an approval is about. */
export type Subject =
  /** A device we know; `named`: what it was called when it was approved. */
  | { readonly kind: 'device'; readonly device: DeviceId; readonly named: string | null }
  /** Whoever is at an address, has a hardware address or a name, known or not yet. */
  | { readonly kind: 'host'; readonly reference: string; readonly named: string | null }
  | { readonly kind: 'group'; readonly name: string }
  | { readonly kind: 'everywhere' };

/** What may serve at a port. */
export type Serving =
  /** Whatever does. */
  | { readonly kind: 'anything' }
  /** Just this, as nmap writes it: "OpenSSH 9.2p1", with what a service adds in brackets or without. */
  | { readonly kind: 'exact'; readonly text: string }
  /** Any version of a product, or those of a range. */
  | { readonly kind: 'product'; readonly product: string; readonly range: VersionRange | null };

/** What a person allows. Policies are about groups and everywhere, the others about one device. */
export type Permit =
  /** The device may be here. */
  | { readonly kind: 'presence' }
  | ServicePermit
  /** Nothing else may be open. */
  | { readonly kind: 'only'; readonly ports: PortLists }
  /** These may not be open. */
  | { readonly kind: 'nowhere'; readonly ports: PortLists }
  /** These may be open, whatever serves there. */
  | { readonly kind: 'allowed'; readonly ports: PortLists };

export interface ServicePermit extends ServicePlace {
  readonly kind: 'service';
  /** What nmap calls it ("ssh"), for people; null where nobody said. */
  readonly called: string | null;
  readonly serving: Serving;
  /** Given by name and with a reason where a policy said "nowhere", so that it holds all the same. */
  readonly exempt: boolean;
}

export type PolicyKind = 'only' | 'nowhere' | 'allowed';

/** A person said: this may be so. Holds from `at` until it expires or is revoked; what is over stays as history. */
export interface Approval {
  readonly id: ApprovalId;
  readonly site: string;
  readonly subject: Subject;
  readonly permit: Permit;
  /** Who, as the client said. */
  readonly by: string | null;
  readonly why: string | null;
  readonly at: Instant;
  readonly until: Instant | null;
  readonly revoked: { readonly at: Instant; readonly by: string | null } | null;
}

export type ApprovalDraft = Omit<Approval, 'id' | 'revoked'>;

export interface ApprovalWork {
  readonly add: readonly ApprovalDraft[];
  readonly revoke: readonly ApprovalId[];
  /** Since when, and by whom, what is revoked is no longer in force. */
  readonly revoked: NonNullable<Approval['revoked']>;
}

export interface ApprovalQuery {
  readonly site: string;
  /** Made by this moment; left out: all. */
  readonly madeBy?: Instant;
  /** Expired by this moment, not revoked before, and not told of yet. */
  readonly untold?: Instant;
}

/** Whether an approval holds at a moment. */
export const holdsAt = ({ at, until, revoked }: Pick<Approval, 'at' | 'until' | 'revoked'>, moment: Instant): boolean =>
  at <= moment && (until === null || moment < until) && (revoked === null || moment < revoked.at);
