import type { Registry } from 'prom-client';
import { Fault, type Instant, type Millis } from '../../core/index.ts';
import type { Keeper, Meters } from './keeper.ts';
import { gauge } from './meters.ts';

const KINDS = [
  'device.unapproved',
  'device.missing',
  'service.unapproved',
  'service.missing',
  'service.changed',
  'service.forbidden',
] as const;

/** How old a judgement may be before another one is made. */
const FRESH: Millis = 60_000;

interface Judged {
  readonly at: Instant;
  readonly counts: ReadonlyMap<string, number>;
}

/** What is not as approved, as it was judged last. Judging takes long, so no reading waits for it: each tells of the one before. */
export function driftMeters(registry: Registry, keeper: Keeper): Meters {
  const items = gauge(registry, { name: 'rollcall_drift_items', help: 'What is not as approved, as judged last.', labels: ['kind'] });
  const at = gauge(registry, { name: 'rollcall_drift_judged_timestamp_seconds', help: 'When that was judged.' });
  let judged: Judged | null = null;
  let nextAt = Number.NEGATIVE_INFINITY;
  let judging = false;
  const judge = async (): Promise<void> => {
    judging = true;
    judged = await judgedBy(keeper, judged);
    judging = false;
    nextAt = performance.now() + FRESH;
  };
  return {
    subject: 'drift',
    read() {
      items.reset();
      at.reset();
      for (const kind of judged ? KINDS : []) items.set(judged?.counts.get(kind) ?? 0, { kind });
      at.set((judged?.at ?? 0) / 1000);
      if (!judging && performance.now() >= nextAt) void judge();
    },
  };
}

/** null: there is no baseline that anything could differ from. What cannot be judged now stays as it was. */
async function judgedBy(keeper: Keeper, before: Judged | null): Promise<Judged | null> {
  try {
    const { items, at } = await keeper.drift({ target: null, at: null });
    const counts = new Map<string, number>();
    for (const { kind } of items) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return { at, counts };
  } catch (failure) {
    return failure instanceof Fault && failure.code === 'not-found' ? null : before;
  }
}
