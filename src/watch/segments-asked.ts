import type { Address, AddressRange, Instant, TargetId } from '../core/index.ts';

/** A stretch of network that is looked at, or could be. */
export interface Segment {
  /** null: a network of this machine that nobody watches. */
  readonly target: TargetId | null;
  /** As the target is written, or the block of the network. */
  readonly text: string;
  /** Empty: a host name that was never found. */
  readonly ranges: readonly AddressRange[];
  /** By which it is looked at; null: it is not attached. */
  readonly iface: string | null;
  /** Routers that this machine sends through there. */
  readonly gateways: readonly Address[];
  /** Since when nobody can see it, and why; null: it can be seen. */
  readonly unseen: { readonly since: Instant; readonly cause: string } | null;
  /** When a look that could see it ended last. */
  readonly lookedAt: Instant | null;
  /** No look that could see it has come for so many intervals that something is wrong. */
  readonly stale: boolean;
}
