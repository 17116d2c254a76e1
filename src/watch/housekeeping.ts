import type { Clock, Millis, Retention, Store } from '../core/index.ts';
import type { Tenancy } from './lease.ts';
import type { Log } from './log.ts';

const HOUR: Millis = 3_600_000;
/** How long is known who did what. */
const AUDIT_KEPT: Millis = 365 * 24 * HOUR;

export interface HousekeepingParts {
  readonly store: Store;
  readonly tenancy: Tenancy;
  readonly clock: Clock;
  readonly log: Log;
  readonly retention: () => Retention;
  readonly trouble: (topic: string, text: string | null) => void;
  /** What else is to be looked after where nothing happens for hours. */
  readonly hourly: () => void;
}

/** Each hour folds old scans into their runs; each day looks whether the store is still sound (R24). */
export async function keepHouse(parts: HousekeepingParts, signal: AbortSignal): Promise<void> {
  const { clock, log } = parts;
  for (let hour = 1; !signal.aborted; hour++) {
    await clock.sleep(HOUR, signal);
    if (signal.aborted) return;
    parts.hourly();
    await prune(parts).catch((fault: unknown) => log.error({ fault: String(fault) }, 'old scans could not be folded'));
    await forget(parts).catch((fault: unknown) => log.error({ fault: String(fault) }, 'the audit could not be cut'));
    if (hour % 24 === 0) await check(parts).catch((fault: unknown) => log.error({ fault: String(fault) }, 'store could not be checked'));
  }
}

async function prune({ store, tenancy, clock, log, retention }: HousekeepingParts): Promise<void> {
  const { alerts, ...dropped } = await store.prune(retention(), clock.now(), await tenancy.get());
  if (dropped.scans + dropped.raw > 0) log.info(dropped, 'old scans folded into their runs');
  if (alerts > 0) log.info({ alerts }, 'old verdicts, incidents and notifications dropped');
}

async function forget({ store, tenancy, clock, log }: HousekeepingParts): Promise<void> {
  const dropped = await store.access.prune(clock.now() - AUDIT_KEPT, await tenancy.get());
  if (dropped > 0) log.info({ dropped }, 'entries of the audit dropped that are older than a year');
}

async function check({ store, log, trouble }: HousekeepingParts): Promise<void> {
  const faults = await store.check();
  for (const fault of faults) log.error({ fault }, 'store is not sound');
  trouble('soundness', faults.length === 0 ? null : `the store is not sound: ${faults[0]}; restore a backup with "rollcall restore"`);
}
