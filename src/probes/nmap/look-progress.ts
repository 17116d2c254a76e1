import { type Clock, countAddresses, type LookNews } from '../../core/index.ts';
import type { Part } from '../vantage/parts.ts';
import type { PartNews } from './listen.ts';

/** Below this share a forecast is a guess. */
const FORECAST_FROM = 0.02;

/** Turns the news of one part after another into the news of the whole look: 0..1, never backwards. */
export function createLookProgress(
  parts: readonly Part[],
  clock: Clock,
  news: (item: LookNews) => void,
): (index: number) => (item: PartNews) => void {
  const started = clock.monotonic();
  const weights = parts.map(({ ranges }) => Number(countAddresses(ranges)));
  const total = Math.max(
    1,
    weights.reduce((sum, weight) => sum + weight, 0),
  );
  let latest = 0;
  const secondsLeft = (): number | null => {
    if (latest < FORECAST_FROM) return null;
    return Math.max(0, Math.round(((clock.monotonic() - started) * (1 - latest)) / latest / 1000));
  };
  return (index) => {
    const before = weights.slice(0, index).reduce((sum, weight) => sum + weight, 0);
    return (item) => {
      if (item.kind === 'host') return news(item);
      latest = Math.max(latest, (before + (weights[index] ?? 0) * item.done) / total);
      news({ kind: 'progress', done: latest, secondsLeft: secondsLeft(), task: item.task });
    };
  };
}
