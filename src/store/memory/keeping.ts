import type {
  Baseline,
  BaselineQuery,
  Instant,
  Lease,
  LeaseAnswer,
  LeaseHolder,
  Pruned,
  Retention,
  Store,
  Target,
  TargetId,
} from '../../core/index.ts';
import { lostLease, unknownTarget } from '../faults.ts';
import { pruneAlerts } from './alerts.ts';
import type { State } from './state.ts';

export function checkFence({ lease }: State, { fence }: Lease): void {
  if (lease.holder === null || lease.fence !== fence) throw lostLease(fence);
}

type Claim = Parameters<Store['acquireLease']>;

export function claimLease(state: State, [holder, now, ttl, takeOver]: Claim): LeaseAnswer {
  const { fence, holder: held, until } = state.lease;
  const ours = held?.id === holder.id;
  if (held && !ours && held.id !== takeOver && until > now) return { granted: false, holder: held, until };
  state.lease = { fence: ours ? fence : fence + 1, holder, until: now + ttl };
  return { granted: true, lease: { fence: state.lease.fence } };
}

export function extendLease(state: State, holder: LeaseHolder, until: Instant): boolean {
  if (state.lease.holder?.id !== holder.id) return false;
  state.lease = { ...state.lease, until };
  return true;
}

export function dropLease(state: State, holder: LeaseHolder): void {
  if (state.lease.holder?.id === holder.id) state.lease = { fence: state.lease.fence, holder: null, until: 0 };
}

export function addTarget(state: State, target: Omit<Target, 'id'>): Target {
  const added = { ...target, id: ++state.given.target };
  state.targets.set(added.id, added);
  return added;
}

export function changeTarget(state: State, target: Target): void {
  if (!state.targets.has(target.id)) throw unknownTarget('changing', target.id);
  state.targets.set(target.id, target);
}

export function removeTarget(state: State, id: TargetId): void {
  if (!state.targets.delete(id)) throw unknownTarget('removing', id);
}

export function addBaseline(state: State, baseline: Omit<Baseline, 'id'>): Baseline {
  const added = { id: state.baselines.length + 1, ...baseline };
  state.baselines.push(added);
  return added;
}

export function readBaselines({ baselines }: State, { site, target, limit }: BaselineQuery): readonly Baseline[] {
  const wanted = baselines.filter((entry) => entry.site === site && (target === undefined || entry.target === target));
  return wanted.reverse().slice(0, limit);
}

export function prune(state: State, { singles, raw, alerts }: Retention, now: Instant): Pruned {
  const pruned = { scans: 0, raw: 0, alerts: alerts === undefined ? 0 : pruneAlerts(state.alerts, now - alerts) };
  const newest = newestOfTopic(state);
  for (const { id, run, startedAt, changes, spans } of state.scans.values()) {
    const folds = run !== null && !newest.has(id) && changes === 0 && spans === 0 && startedAt < now - singles;
    if (folds) pruned.scans += Number(state.scans.delete(id));
    if (folds || startedAt < now - raw) pruned.raw += Number(state.raw.delete(id));
  }
  return pruned;
}

/** Ids of the newest scan of each site, target, subject and plan: later ones come later in the map. */
function newestOfTopic({ scans }: State): ReadonlySet<number> {
  const byTopic = [...scans.values()].map(({ id, site, target, subject, plan }): [string, number] => [
    JSON.stringify([site, target, subject, plan]),
    id,
  ]);
  return new Set(new Map(byTopic).values());
}
