import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ForecastFacts, forecast } from './forecast.ts';
import { PLAN_NAMES, PLANS } from './plan.ts';

const lan: ForecastFacts = {
  addresses: 254,
  present: 60,
  known: true,
  open: 180,
  attached: true,
  pace: { rate: 300, perHost: 100 },
  sweepRate: 500,
};

test('a sweep costs a frame for whoever answers, and two for each silent address', () => {
  assert.deepEqual(forecast(PLANS.sweep, lan).likely, { packets: 60 + 194 * 2, seconds: 2 });
  assert.equal(forecast(PLANS.sweep, lan).worst.packets, 508);
  assert.equal(forecast(PLANS.sweep, { ...lan, attached: false }).likely.packets, 60 * 4 + 194 * 8);
});

test('ports of sixty hosts at 300 packets a second take three minutes and a half', () => {
  const { likely, worst } = forecast(PLANS.ports, lan);
  assert.equal(likely.packets, 448 + 60_000 + 180);
  assert.ok(likely.seconds >= 200 && likely.seconds <= 212, String(likely.seconds));
  assert.equal(worst.packets, 448 + 120_000 + 180);
});

test('a host alone is asked as slowly as its cap says, and nothing limits a look that nobody limits', () => {
  const one = { ...lan, addresses: 1, present: 1, open: 3 };
  assert.equal(forecast(PLANS.ports, one).likely.seconds, 10 + 2);
  assert.ok(forecast({ ...PLANS.ports, maxRate: null }, { ...one, pace: { rate: null, perHost: null } }).likely.seconds <= 4);
});

test('of a network that nobody looked at, a tenth of the addresses is taken for hosts, and all of them at worst', () => {
  const { likely, worst } = forecast(PLANS.ports, { ...lan, present: 0, open: 0, known: false });
  assert.equal(likely.packets, 25 + 229 * 2 + 25_000);
  assert.equal(worst.packets, 254 + 254 * 2000);
});

test('the worst is never better than the likely, more hosts and ports never cost less, and nothing is infinite', () => {
  const facts = fc.record({
    addresses: fc.nat(4096),
    present: fc.nat(4096),
    known: fc.boolean(),
    open: fc.nat(10_000),
    attached: fc.boolean(),
    pace: fc.record({ rate: fc.option(fc.integer({ min: 1, max: 10_000 })), perHost: fc.option(fc.integer({ min: 1, max: 1000 })) }),
    sweepRate: fc.option(fc.integer({ min: 1, max: 10_000 })),
  });
  fc.assert(
    fc.property(facts, fc.constantFrom(...PLAN_NAMES), (some, name) => {
      const { likely, worst } = forecast(PLANS[name], some);
      assert.ok(worst.packets >= likely.packets && worst.seconds >= likely.seconds);
      assert.ok(Number.isSafeInteger(worst.packets) && Number.isSafeInteger(worst.seconds) && likely.packets >= 0);
      const more = forecast(PLANS[name], { ...some, addresses: some.addresses + 10, open: some.open + 1 });
      assert.ok(more.likely.packets >= likely.packets);
    }),
  );
});
