import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '../make/device.ts';
import { rollcall } from './rollcall.ts';
import { lineOf, play, type Score } from './score.ts';
import type { Trouble, Watch } from './trace.ts';
import { DAY, lan, START, sleeper, type Unit } from './world.ts';

/** One trace through Rollcall alone. */
async function judged(units: readonly Unit[], watch: Watch): Promise<Score> {
  const [score] = await play(units, watch, [await rollcall(watch)]);
  assert.ok(score);
  return score;
}

/** Worlds for each trouble; 500 take hours: G2_SEEDS=500. */
const SEEDS = Number(process.env['G2_SEEDS'] ?? 4);

/** Noon of the second day. */
const NOON = START + DAY + 12 * HOUR;
const TROUBLES: Readonly<Record<string, readonly Trouble[]>> = {
  'R1-R9: twenty failed scans': [{ kind: 'failed', from: NOON, to: NOON + 20 * MINUTE }],
  'R10-R12: two hours in which all scans fail': [{ kind: 'failed', from: NOON, to: NOON + 2 * HOUR }],
  'R2: every third scan fails for a day': Array.from({ length: 480 }, (_, i) => ({
    kind: 'failed' as const,
    from: NOON - 12 * HOUR + i * 3 * MINUTE,
    to: NOON - 12 * HOUR + i * 3 * MINUTE + MINUTE,
  })),
  'R1: for an hour scans that see nobody say that all is well': [{ kind: 'blind', from: NOON, to: NOON + HOUR }],
  'R34: asleep for 8 hours': [{ kind: 'suspended', from: NOON, to: NOON + 8 * HOUR }],
  'R35: off for 3 days': [{ kind: 'off', from: NOON, to: NOON + 3 * DAY }],
  'R32: the clock an hour ahead for two hours': [{ kind: 'clock', from: NOON, to: NOON + 2 * HOUR, shift: HOUR }],
  'R32: the clock an hour behind for two hours': [{ kind: 'clock', from: NOON, to: NOON + 2 * HOUR, shift: -HOUR }],
};

/** A phone that sleeps by chance may keep quiet for longer than it ever will again: once in a million silences it is taken for gone. */
const BY_CHANCE = 1 / 100;

for (const [name, troubles] of Object.entries(TROUBLES)) {
  test(`G2: nobody is falsely said to have left: ${name}`, async (t) => {
    const days = name.startsWith('R35') ? 5 : 2;
    let asleep = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const phones = [30, 31, 32].map((n) => sleeper(n, days, { one: 2, seed }));
      const watch = { seed, days, every: MINUTE, loss: 0.05, troubles };
      const score = await judged([...lan(12, days), ...phones], watch);
      const left = score.events.filter(({ kind }) => kind === 'device.left').map(({ key }) => key);
      const sleeping = left.filter((key) => phones.some((phone) => phone.key === key)).length;
      assert.equal(left.length - sleeping, 0, `seed ${seed}: ${lineOf(score)}`);
      asleep += sleeping;
    }
    t.diagnostic(`${asleep} false departures of ${3 * SEEDS} sleeping phones, none of ${12 * SEEDS} others`);
    assert.ok(asleep <= SEEDS * BY_CHANCE, `${asleep} sleeping phones were said to have left in ${SEEDS} worlds`);
  });
}
