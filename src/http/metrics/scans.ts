import type { Registry } from 'prom-client';
import { CHANGE_KINDS, type Instant, PLAN_NAMES, type PlanName } from '../../core/index.ts';
import type { FeedItem, Keeper, Meters } from './keeper.ts';
import { durations, gauge, tally } from './meters.ts';

type Commit = Extract<FeedItem, { kind: 'commit' }>;
type Scan = Commit['scan'];
type TargetStatus = ReturnType<Keeper['targets']>[number];

const OUTCOMES = ['complete', 'partial', 'failed', 'cancelled'] as const;

/** From a sweep of a small network to all ports of a large one, in seconds. */
const BUCKETS = [0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 14_400];

const isPlan = (plan: Scan['plan']): plan is PlanName => (PLAN_NAMES as readonly string[]).includes(plan);
const saw = ({ outcome }: Scan): boolean => outcome === 'complete' || outcome === 'partial';

/** Looks and what they changed, counted since this process began; and how each target stands. */
export function scanMeters(registry: Registry, keeper: Keeper): Meters {
  const changes = tally(registry, { name: 'rollcall_changes_total', help: 'Changes since the daemon began, by kind.', labels: ['kind'] });
  const ended = tally(registry, {
    name: 'rollcall_scans_total',
    help: 'Scans that ended since the daemon began.',
    labels: ['plan', 'outcome'],
  });
  const took = durations(registry, {
    name: 'rollcall_scan_duration_seconds',
    help: 'How long scans took.',
    labels: ['plan', 'outcome'],
    buckets: BUCKETS,
  });
  const running = gauge(registry, { name: 'rollcall_scans_running', help: 'Scans under way.' });
  for (const kind of CHANGE_KINDS) changes.add({ kind }, 0);
  for (const plan of PLAN_NAMES) for (const outcome of OUTCOMES) ended.add({ plan, outcome }, 0);
  const targets = targetMeters(registry, keeper);
  return {
    subject: 'scans',
    note(item) {
      if (item.kind !== 'commit') return;
      targets.note(item.scan);
      for (const { kind } of item.changes) changes.add({ kind });
      const { plan, outcome, startedAt, finishedAt } = item.scan;
      if (!isPlan(plan)) return; // a person's word, or what was overheard, is no scan
      ended.add({ plan, outcome });
      took.observe({ plan, outcome }, Math.max(0, (finishedAt ?? startedAt) - startedAt) / 1000);
    },
    ask: () => targets.ask(),
    read() {
      running.set(keeper.status().running.length);
      targets.read();
    },
  };
}

/** Scans that are looked through for one that saw. */
const SCANS = 500;

function targetMeters(registry: Registry, keeper: Keeper) {
  const count = gauge(registry, { name: 'rollcall_targets', help: 'Targets that are watched.' });
  const blind = gauge(registry, {
    name: 'rollcall_target_blind',
    help: 'Whether the newest scan of a target could not see (1): presence is frozen then.',
    labels: ['target'],
  });
  const seen = gauge(registry, {
    name: 'rollcall_target_last_success_timestamp_seconds',
    help: 'When the newest scan of a target that could see ended, by plan.',
    labels: ['target', 'plan'],
  });
  const successes = new Successes(keeper);
  return {
    note: (scan: Scan) => successes.note(scan),
    ask: () => successes.recall(),
    read() {
      const targets = keeper.targets();
      count.set(targets.length);
      blind.reset();
      seen.reset();
      for (const status of targets) {
        const target = status.target.spec.text;
        blind.set(Number(status.blind), { target });
        for (const { plan } of status.plans) {
          const at = successes.of(status.target.id, plan);
          if (at !== null) seen.set(at / 1000, { target, plan });
        }
      }
    },
  };
}

/** When each plan of each target saw last. What happened before this process is looked up once. */
class Successes {
  readonly #keeper: Keeper;
  /** null: nobody knows of one. */
  readonly #at = new Map<string, Instant | null>();

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
  }

  note(scan: Scan): void {
    if (scan.target !== null && saw(scan)) this.#at.set(`${scan.target} ${scan.plan}`, scan.finishedAt);
  }

  of(target: number, plan: string): Instant | null {
    return this.#at.get(`${target} ${plan}`) ?? null;
  }

  async recall(): Promise<void> {
    const asked = this.#keeper.targets().flatMap(({ target, plans }) => plans.map((plan) => ({ id: target.id, plan })));
    for (const { id, plan } of asked) {
      const key = `${id} ${plan.plan}`;
      if (this.#at.has(key)) continue;
      const found = await this.#newest(id, plan);
      if (!this.#at.has(key)) this.#at.set(key, found); // a scan that ended meanwhile is newer
    }
  }

  async #newest(target: number, { plan, lastScan }: TargetStatus['plans'][number]): Promise<Instant | null> {
    if (lastScan === null) return null;
    if (saw(lastScan)) return lastScan.finishedAt;
    const scans = await this.#keeper.scans({ target, plan, limit: SCANS });
    return scans.find(saw)?.finishedAt ?? null;
  }
}
