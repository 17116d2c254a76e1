import { type Clock, Fault, type Lease, type LeaseHolder, type Millis, type Store } from '../core/index.ts';

export const LEASE_TTL: Millis = 15_000;

/** The right to write to the store: taken at the first write, renewed while we live, given back at the end. */
export interface Tenancy {
  /** The lease; Fault 'conflict' naming the holder when somebody else has it. */
  get(): Promise<Lease>;
  /** Keeps renewing until closed; `onLost` is called once when somebody else took it. */
  keep(onLost: () => void): void;
  close(): Promise<void>;
}

export interface TenancyParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly holder: LeaseHolder;
  /** Whether a holder's process is known to be gone: then its lease need not expire first. */
  readonly isGone: (holder: LeaseHolder) => boolean | Promise<boolean>;
  /** How long to wait for a living holder to end: commands that write for a moment take turns. None unless said. */
  readonly patience?: Millis;
}

/** How often a patient one asks again. */
const RETRY: Millis = 100;

export function createTenancy({ store, clock, holder, isGone, patience = 0 }: TenancyParts): Tenancy {
  let held: Promise<Lease> | undefined;
  const stop = new AbortController();
  const acquire = async (until: Millis, takeOver?: string): Promise<Lease> => {
    const answer = await store.acquireLease(holder, clock.now(), LEASE_TTL, takeOver);
    if (answer.granted) {
      // Whoever held it before may have died in the middle of a scan.
      await store.closeInterrupted(clock.now(), answer.lease);
      return answer.lease;
    }
    if (takeOver === undefined && (await isGone(answer.holder))) return acquire(until, answer.holder.id);
    if (clock.monotonic() < until && !stop.signal.aborted) {
      await clock.sleep(RETRY, stop.signal);
      return acquire(until);
    }
    const since = new Date(answer.holder.startedAt).toISOString();
    throw new Fault(
      'conflict',
      `opening store: process ${answer.holder.pid} on ${answer.holder.host} has held it since ${since}`,
      'wait until it has ended, stop a daemon with "rollcall stop", or use another --data',
    );
  };
  let renewing: Promise<void> | undefined;
  return {
    get() {
      held ??= acquire(clock.monotonic() + patience).catch((fault: unknown) => {
        held = undefined;
        throw fault;
      });
      return held;
    },
    keep(onLost) {
      renewing ??= renew({ store, clock, holder }, stop.signal, onLost);
    },
    async close() {
      stop.abort();
      await renewing;
      const asked = held?.catch(() => undefined); // a lease still on its way would outlive us
      if (await asked) await store.releaseLease(holder).catch(() => {}); // it expires by itself
    },
  };
}

/**
 * A tenancy that is kept from the moment it is granted, however long the work takes, and that looks again at what the
 * store holds: until then somebody else may have written, and whoever folds a scan into an old roll gives numbers away
 * twice. Nobody gets the lease before that.
 */
export function keptTenancy(
  tenancy: Tenancy,
  { remember, onLost }: { readonly remember: () => Promise<void>; readonly onLost: () => void },
): Tenancy {
  let held: Promise<Lease> | undefined;
  const take = async (): Promise<Lease> => {
    const lease = await tenancy.get();
    tenancy.keep(onLost);
    await remember();
    return lease;
  };
  return {
    ...tenancy,
    get() {
      held ??= take().catch((fault: unknown) => {
        held = undefined;
        throw fault;
      });
      return held;
    },
  };
}

/** A store that cannot answer for a moment (full disk) is not a lost lease: it is asked again. */
async function renew({ store, clock, holder }: Omit<TenancyParts, 'isGone'>, signal: AbortSignal, onLost: () => void): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(LEASE_TTL / 3, signal);
    if (signal.aborted) return;
    const kept = await store.renewLease(holder, clock.now(), LEASE_TTL).catch(() => true);
    if (kept || signal.aborted) continue;
    onLost();
    return;
  }
}
