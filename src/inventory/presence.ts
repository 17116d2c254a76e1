import type { Device, DeviceId, Instant, Millis, Presence } from '../core/index.ts';
import type { IsAsked } from '../diff/index.ts';

/** How long a device may keep quiet before a scan that missed it may call it away: sleepers are not leavers. */
export const DEFAULT_WINDOW: Millis = 45 * 60_000;

/** What presence is judged by; the keeper knows targets, cadences and its own gaps. */
export interface PresenceRules {
  /** Moment of judgement: the scan's finish. */
  readonly at: Instant;
  /** A covered, missed device counts as away after this long. */
  windowOf(device: Device): Millis;
  /** A device nobody looked for counts as unknown after this long; never shorter than the window. */
  staleAfter(device: Device): Millis;
  /**
   * Since when somebody has been watching without a break. Time before does not count as absence: after three
   * days off, nobody has been away for three days. null: every moment counts (scans by hand, ingested files).
   */
  readonly watchedSince: Instant | null;
  /** Whether a target holds an address, so that somebody asks there. Left out: anywhere but at link-local ones. */
  readonly isAsked?: IsAsked;
  /** Who was asked directly and kept silent: nobody else is called away. Left out: nobody could be asked, and a covered miss is enough. */
  readonly silent?: ReadonlySet<DeviceId>;
  /** Since when nobody missed a look at where this device is: silences from before teach nothing. Left out: always. */
  readonly taughtSince?: (device: Device) => Instant;
  /** Days before its end that a certificate is told of. Left out: 21. */
  readonly certificateDays?: number;
}

/** Whether a covered, missed device has been quiet for longer than its window allows. */
export function isOverdue(device: Device, rules: PresenceRules): boolean {
  // A clock that was set back must not make anybody overdue.
  const quietSince = Math.min(Math.max(device.lastSeen, rules.watchedSince ?? 0), rules.at);
  return rules.at - quietSince >= rules.windowOf(device);
}

/** How long one of several addresses may be missed while the device answers elsewhere: nobody asks there twice, so no short window holds. */
export function placeWindow(device: Device, rules: PresenceRules): Millis {
  return Math.max(rules.windowOf(device), DEFAULT_WINDOW);
}

/**
 * Sightings from a future that the clock has since left count as made now: after a year's jump back nobody may be
 * kept present for a year. Only while watching: a file of last week does not undo today's sightings. The same object
 * when there are none.
 */
export function withoutFuture(device: Device, { at, watchedSince }: PresenceRules): Device {
  if (device.lastSeen <= at || watchedSince === null) return device;
  const addresses = device.addresses.map(({ address, seenAt }) => ({ address, seenAt: Math.min(seenAt, at) }));
  return { ...device, lastSeen: at, addresses };
}

/** Presence as it may be told at a moment: present turns unknown when nobody looked for too long. */
export function presenceAt(device: Device, now: Instant, staleAfter: Millis): Presence {
  return device.presence === 'present' && now - device.lastSeen > staleAfter ? 'unknown' : device.presence;
}
