import { MINUTE } from '../test/make/device.ts';
import { oldSystem, oneMiss } from '../test/simulator/policies.ts';
import { rollcall } from '../test/simulator/rollcall.ts';
import { lineOf, play, type Score } from '../test/simulator/score.ts';
import type { Watch } from '../test/simulator/trace.ts';
import { home, office, type Unit } from '../test/simulator/world.ts';
import { type Row, round } from './row.ts';

/** The same weeks through Rollcall, a fixed window and a policy of one miss. */
const SCENES: readonly { readonly name: string; readonly units: (days: number, seed: number) => Unit[]; readonly watch: Watch }[] = [
  { name: 'a home, 3 weeks of 1-minute sweeps, 5 % loss', units: home, watch: { seed: 11, days: 21, every: MINUTE, loss: 0.05 } },
  { name: 'an office, 4 weeks of 5-minute sweeps, 10 % loss', units: office, watch: { seed: 12, days: 28, every: 5 * MINUTE, loss: 0.1 } },
];

/** Precision, recall and delay of departures and arrivals, beside other policies on the same trace. */
export async function presenceRows(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { name, units, watch } of SCENES) {
    const scores = await play(units(watch.days, watch.seed), watch, [await rollcall(watch), oldSystem(), oneMiss()]);
    for (const score of scores) console.error(`${name}: ${lineOf(score)}`);
    rows.push(...rowsOf(name, scores));
  }
  return rows;
}

function rowsOf(scene: string, [learned, ...others]: readonly Score[]): Row[] {
  const row = ([what, unit, least]: readonly [string, string, number?], of: (score: Score) => number): Row => ({
    name: `${scene}: ${what}`,
    value: learned ? of(learned) : Number.NaN,
    unit,
    ...(least !== undefined && { bar: { min: least } }),
    versus: Object.fromEntries(others.map((score) => [score.policy, of(score)])),
  });
  return [
    row(['departures told that were true', 'share', 0.95], ({ departures }) => round(departures.precision, 4)),
    row(['lasting departures that were told', 'share', 0.95], ({ departures }) => round(departures.recall, 4)),
    row(['arrivals told that were true', 'share', 0.95], ({ arrivals }) => round(arrivals.precision, 4)),
    row(['lasting arrivals that were told', 'share', 0.95], ({ arrivals }) => round(arrivals.recall, 4)),
    row(['departure told after, median', 'min'], ({ departures }) => round(departures.medianDelay / MINUTE)),
    row(['departure told after, p90', 'min'], ({ departures }) => round(departures.p90Delay / MINUTE)),
    row(['arrival told after, median', 'min'], ({ arrivals }) => round(arrivals.medianDelay / MINUTE)),
    row(['false departures', 'in a device-day'], ({ falsePerDeviceDay }) => round(falsePerDeviceDay, 5)),
  ];
}
