import { Registry } from 'prom-client';
import { alertMeters } from './alerts.ts';
import { driftMeters } from './drift.ts';
import type { Keeper, Meters } from './keeper.ts';
import { gauge } from './meters.ts';
import { networkMeters } from './network.ts';
import { processMeters } from './process.ts';
import { scanMeters } from './scans.ts';
import { storeMeters } from './store.ts';

export interface MetricsParts {
  readonly keeper: Keeper;
  /** Bytes that the store takes on the disk; null: nobody can say. Left out: it lies elsewhere. */
  readonly storeSize?: () => Promise<number | null>;
}

/** What Prometheus reads. Nothing from the network is a label. */
export interface Metrics {
  /** The text of this moment. */
  text(): Promise<string>;
  /** Its content type. */
  readonly type: string;
  /** Counts no further. */
  close(): void;
}

/** Begins to count; everything else is asked of the keeper at each reading. */
export function createMetrics({ keeper, storeSize }: MetricsParts): Metrics {
  const registry = new Registry();
  const meters: readonly Meters[] = [
    networkMeters(registry, keeper),
    scanMeters(registry, keeper),
    driftMeters(registry, keeper),
    alertMeters(registry, keeper),
    processMeters(registry, keeper),
    ...(storeSize ? [storeMeters(registry, storeSize)] : []),
  ];
  const close = keeper.subscribe((item) => {
    for (const { note } of meters) note?.(item);
  });
  const success = gauge(registry, {
    name: 'rollcall_collector_success',
    help: 'Whether everything that a part of these numbers needs could be asked (1); else it is as of before.',
    labels: ['collector'],
  });
  const readAll = async (): Promise<string> => {
    const asked = await Promise.allSettled(meters.map(async ({ ask }) => ask?.()));
    for (const [i, { subject, read }] of meters.entries()) {
      success.set(Number(asked[i]?.status === 'fulfilled'), { collector: subject });
      read();
    }
    return registry.metrics();
  };
  let reading: Promise<string> | undefined;
  return {
    type: registry.contentType,
    close,
    text: () => {
      reading ??= readAll().finally(() => (reading = undefined)); // who asks meanwhile gets the same
      return reading;
    },
  };
}
