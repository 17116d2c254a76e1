import type { TestContext } from 'node:test';
import { createMqttMirror, type MqttMirrorOptions } from '../../src/channels/index.ts';
import type { Mirror, MirrorKeeper, MirrorOrder } from '../../src/core/index.ts';
import { systemClock } from '../../src/watch/index.ts';
import { until } from '../make/mosquitto.ts';

/** A mirror, and what it tells its keeper. */
export interface MirrorStand {
  readonly mirror: Mirror;
  readonly orders: readonly MirrorOrder[];
  readonly notes: readonly string[];
  readonly troubles: readonly (string | null)[];
  /** Resolves when everything is shown, for the nth time. */
  shown(times?: number): Promise<void>;
}

/** A mirror on a broker, started; closed with the test. */
export function mirrorOn(
  t: TestContext,
  options: Partial<MqttMirrorOptions> & Pick<MqttMirrorOptions, 'url'>,
  obey?: MirrorKeeper['order'],
): MirrorStand {
  const mirror = createMqttMirror({
    topic: 'rollcall',
    site: 'home',
    discovery: 'homeassistant',
    ca: null,
    version: '1.2.3',
    clock: { ...systemClock, sleep: (length, signal) => systemClock.sleep(Math.min(length, 50), signal) },
    dice: () => 0,
    ...options,
  });
  const [orders, notes, troubles]: [MirrorOrder[], string[], (string | null)[]] = [[], [], []];
  mirror.start({
    order: async (order) => {
      orders.push(order);
      return (await obey?.(order)) ?? 'done';
    },
    trouble: (text) => void troubles.push(text),
    note: (level, fields, text) => void notes.push(`${level}: ${text} ${JSON.stringify(fields)}`),
  });
  t.after(() => mirror.close());
  const isShown = (note: string): boolean => note.includes('shows what there is');
  return {
    mirror,
    orders,
    notes,
    troubles,
    shown: (times = 1) => until('everything to be shown', () => notes.filter(isShown).length >= times),
  };
}
