import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PortJson, ScanJson, ScheduleJson } from '../../../../src/contract/index.ts';
import { PLAN_NAMES } from '../../../../src/core/index.ts';
import { NEW_ORDER, inputOf as orderInput, targetsOf } from './start/order.ts';
import { cadenceOf, faultOf, inputOf, NEW_ROW, rowsOf } from './watched/draft.ts';
import { coverageLines, lengthOfScan, portsOf } from './words.ts';

test('a schedule comes back from its editor as it was', () => {
  const cadence = fc.oneof(
    fc.constantFrom('5m', '1h30m').map((every) => ({ every, at: null, zone: null })),
    fc.constantFrom('Europe/Berlin', null).map((zone) => ({ every: null, at: '0 3 * * *', zone })),
  );
  const schedule = fc
    .uniqueArray(fc.constantFrom(...PLAN_NAMES), { minLength: 1 })
    .chain((plans) => fc.tuple(...plans.map((plan) => cadence.map((one): ScheduleJson => ({ plan, ...one })))));
  fc.assert(
    fc.property(schedule, (plans) => {
      const told = inputOf(rowsOf(plans)).map(({ plan, every = null, at = null, zone = null }) => ({ plan, every, at, zone }));
      assert.deepEqual(told, plans);
      assert.equal(faultOf(rowsOf(plans)), null);
    }),
  );
});

test('what was typed for the other way is kept, and not sent', () => {
  const row = { ...NEW_ROW, way: 'every', every: ' 5m ', at: 'nonsense', zone: 'Mars' } as const;
  assert.deepEqual(cadenceOf(row), { every: '5m' });
  assert.deepEqual(cadenceOf({ ...row, way: 'at', at: ' 0 3 * * * ', zone: ' ' }), { at: '0 3 * * *' });
});

test('a schedule that cannot be is told before anybody is asked', () => {
  assert.equal(faultOf([]), 'none');
  assert.equal(faultOf([NEW_ROW, NEW_ROW]), 'twice');
  assert.equal(faultOf([{ ...NEW_ROW, at: ' ' }]), 'empty');
  assert.equal(faultOf([{ ...NEW_ROW, way: 'every', every: '5m', at: '' }]), null);
});

test('targets are parted by blanks, commas and lines', () => {
  assert.deepEqual(targetsOf(' 10.0.0.0/24, nas.local\n10.0.1.1 ,'), ['10.0.0.0/24', 'nas.local', '10.0.1.1']);
  assert.deepEqual(targetsOf(' ,\n'), []);
});

test('ports and scripts go only to plans that ask for them', () => {
  const order = { ...NEW_ORDER, targets: '10.0.0.1', ports: '22', scripts: 'safe', now: true } as const;
  assert.deepEqual(orderInput({ ...order, plan: 'sweep' }), { targets: ['10.0.0.1'], plan: 'sweep', now: true });
  assert.deepEqual(orderInput({ ...order, plan: 'ports' }), { targets: ['10.0.0.1'], plan: 'ports', ports: '22', now: true });
  assert.deepEqual(orderInput({ ...order, plan: 'deep', now: false }), {
    targets: ['10.0.0.1'],
    plan: 'deep',
    ports: '22',
    scripts: 'safe',
  });
});

test('what a scan asked is told line by line: who, and which ports', () => {
  const addresses = ['10.0.0.0/28'];
  const coverage = { addresses, ports: { tcp: '1-1000', udp: '53' }, depth: 'ports', basis: 'asked' } as const;
  assert.deepEqual(coverageLines({ ...coverage, addresses, apart: [{ addresses: ['10.0.0.9'], ports: {} }] }), [
    { addresses: '10.0.0.0/28', ports: 'tcp 1-1000, udp 53' },
    { addresses: '10.0.0.9', ports: '' },
  ]);
  const many = coverageLines({ ...coverage, addresses: Array.from({ length: 500 }, (_, i) => `10.0.${i}.0/24`) })[0]?.addresses ?? '';
  assert.match(many, /… \(\+480\)$/);
});

test('a host found is told by its open ports, as far as they fit', () => {
  const port = (number: number, state: PortJson['state'] = 'open'): PortJson => ({ protocol: 'tcp', port: number, state, service: null });
  assert.equal(portsOf([port(22), port(23, 'filtered'), port(80)]), '22/tcp 80/tcp');
  assert.match(portsOf(Array.from({ length: 100 }, (_, i) => port(i + 1))), /12\/tcp … \(\+88\)$/);
});

test('a scan under way has lasted until now', () => {
  const scan = { startedAt: '2026-11-21T03:00:00.000Z', finishedAt: '2026-11-21T03:01:00.000Z' } as ScanJson;
  assert.equal(lengthOfScan(scan, 0), 60_000);
  assert.equal(lengthOfScan({ ...scan, finishedAt: null }, Date.parse('2026-11-21T03:00:05Z')), 5000);
});
