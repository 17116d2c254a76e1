import type { Approval, ApprovalId, Device, DeviceId, EntryRead, Instant, PolicyKind, PortLists, ServicePlace } from '../core/index.ts';
import type { Approving, Closeness, Drift } from '../inventory/index.ts';

/** Whom a person approves: devices named one by one, those a filter found, or all of a target that are here. */
export type ApproveChoice =
  | { readonly kind: 'named'; readonly devices: readonly DeviceId[]; readonly unseen: readonly string[] }
  | { readonly kind: 'found'; readonly devices: readonly DeviceId[] }
  | { readonly kind: 'target'; readonly target: string | null };

export interface ApproveRequest {
  readonly choice: ApproveChoice;
  /** null: the devices, and all that is open on them. */
  readonly places: readonly ServicePlace[] | null;
  readonly closeness: Closeness;
  readonly by: string | null;
  readonly why: string | null;
  readonly until: Instant | null;
  /** Only that the devices may be here, not what is open on them. */
  readonly alone?: boolean;
  /** Since when; left out: now. */
  readonly at?: Instant;
  /** Only say what it would come to. */
  readonly dryRun: boolean;
}

/** What an approval came to, or would come to. */
export interface Approved extends Omit<Approving, 'drafts' | 'replaces'> {
  /** Rows that are new, and rows whose place they took. */
  readonly made: number;
  readonly replaced: number;
  /** Devices that are away and therefore not approved, when all that is here was meant. */
  readonly away: number;
}

export interface PolicyRequest {
  /** null: everywhere. */
  readonly group: string | null;
  readonly rule: PolicyKind;
  readonly ports: PortLists;
  readonly by: string | null;
  readonly why: string | null;
  readonly until: Instant | null;
}

/** Which approvals are taken back: by their numbers, or of devices all or some services. */
export type RevokeChoice =
  | { readonly kind: 'ids'; readonly ids: readonly ApprovalId[] }
  | {
      readonly kind: 'devices';
      readonly devices: readonly DeviceId[];
      readonly unseen: readonly string[];
      readonly places: readonly ServicePlace[] | null;
    };

/** An approval, how it stands, and whom it means. */
export interface StandingApproval {
  readonly approval: Approval;
  readonly inForce: boolean;
  /** The device it means; null for a policy, a host nobody knows yet, and a device that was forgotten. */
  readonly device: Device | null;
}

export interface DriftRequest {
  /** A target's id or text; null for everything. */
  readonly target: string | null;
  /** null: now. */
  readonly at: Instant | null;
  readonly fits?: (device: Device) => boolean;
}

export interface DriftAnswer extends Drift {
  /** What was judged: the target's text, or the site's name. */
  readonly subject: string;
  readonly at: Instant;
}

export interface ApprovalImport {
  readonly entries: readonly EntryRead[];
  /** What fits an approval in force stays as it is: for lists that cannot say why, or until when. */
  readonly gently: boolean;
  readonly dryRun: boolean;
}

export interface Imported {
  /** Rows that are new, that were there already, that took another's place, and that had expired before. */
  readonly made: number;
  readonly already: number;
  readonly replaced: number;
  readonly expired: number;
  /** Entries about hosts that nobody knows yet. */
  readonly unseen: number;
}

/** What people allow, and what differs from it. */
export interface Approvals {
  approve(request: ApproveRequest): Promise<Approved>;
  /** Several in one step: all of them or, with a Fault, none. What would be only said of any is only said of all. */
  approveEach(requests: readonly ApproveRequest[]): Promise<Approved>;
  /** Of "only" the new one takes the place of the old one of the same group. */
  makePolicy(request: PolicyRequest): Promise<Approval>;
  /** Returns those it ended. Fault not-found when nothing in force was meant. */
  revoke(choice: RevokeChoice, by: string | null): Promise<readonly StandingApproval[]>;
  /** In force at a moment; with `all` also those that are over by then. */
  approvals(query: { readonly at: Instant | null; readonly all: boolean }): Promise<readonly StandingApproval[]>;
  /** Faults: not-found when there is no baseline yet, bad-input for a moment that has not come. */
  drift(request: DriftRequest): Promise<DriftAnswer>;
  /** Policies of a group that is called otherwise from now on hold for it under its new name. */
  renamePolicies(from: string, to: string): Promise<void>;
  importApprovals(request: ApprovalImport): Promise<Imported>;
}
