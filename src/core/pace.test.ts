import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { budgetOf, hostsAbreast, hostTimeoutOf, portsOf, rateOf, UNPACED } from './pace.ts';
import { PLANS } from './plan.ts';

test('the lower of two limits counts, and no limit is none', () => {
  assert.equal(rateOf({ maxRate: 1000 }, { rate: 300, perHost: null }), 300);
  assert.equal(rateOf({ maxRate: 100 }, { rate: 300, perHost: null }), 100);
  assert.equal(rateOf({ maxRate: null }, UNPACED), null);
});

test('whoever is asked slowly is not given up on sooner: of sixteen hosts at once none times out', () => {
  const slow = { rate: 20, perHost: 10 };
  const abreast = hostsAbreast(PLANS.ports, slow) ?? 0;
  assert.equal(abreast, 16);
  assert.ok((hostTimeoutOf(PLANS.ports, slow) ?? 0) >= (abreast * 1000 * 1000) / 20);
  assert.equal(hostTimeoutOf(PLANS.ports, UNPACED), PLANS.ports.hostTimeout);
  assert.equal(hostTimeoutOf(PLANS.sweep, slow), null);
});

test('whatever the pace, there is time for every port of every host, and never less than the plan gives', () => {
  const limit = fc.option(fc.integer({ min: 1, max: 5000 }));
  fc.assert(
    fc.property(limit, limit, fc.nat(5000), fc.constantFrom('ports', 'services', 'deep'), (rate, perHost, hosts, name) => {
      const plan = PLANS[name];
      const budget = budgetOf(plan, { rate, perHost }, hosts);
      assert.ok(budget >= plan.budget);
      const allowed = rateOf(plan, { rate, perHost });
      if (allowed !== null) assert.ok(budget * allowed >= hosts * portsOf(plan.ports) * 1000);
    }),
  );
});
