import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AT, covering, device, HOUR, MINUTE, port } from '../../test/make/device.ts';
import type { Device, DevicePort } from '../core/index.ts';
import { duePairs, type FollowUpRules } from './follow-up.ts';

const DAY = 24 * HOUR;
const rules = (given: Partial<FollowUpRules> = {}): FollowUpRules => ({
  at: AT,
  ranges: covering(['10.0.0.0/24']).addresses,
  spares: () => null,
  ...given,
});
const checked = (number: number, ago: number, state: DevicePort['state'] = 'open'): DevicePort => ({
  ...port(number, state),
  checkedAt: AT - ago,
});
const due = (devices: readonly Device[], given: Partial<FollowUpRules> = {}): string[] =>
  duePairs(devices, rules(given)).map(({ address, protocol, port: number, reason, spared }) =>
    [`${address} ${protocol}/${number} ${reason}`, spared].filter((word) => word !== null).join(': '),
  );

test('open ports that were never asked are due, those asked lately are not', () => {
  assert.deepEqual(due([device({ ports: [port(22), checked(80, DAY), port(443, 'filtered')] })]), ['10.0.0.1 tcp/22 opened']);
});

test('of other protocols than TCP and UDP nobody can be asked what they serve', () => {
  const strange = (['sctp', 'ip'] as const).map((protocol) => ({ ...port(1), protocol }));
  assert.deepEqual(due([device({ ports: [...strange, port(22)] })]), ['10.0.0.1 tcp/22 opened']);
});

test('who is away, unknown, merged or elsewhere is not asked', () => {
  const ports = [port(22)];
  const absent = [
    device({ presence: 'away', ports }),
    device({ id: 2, presence: 'unknown', ports }),
    device({ id: 3, mergedInto: 1, ports }),
  ];
  assert.deepEqual(due([...absent, device({ id: 4, at: ['10.0.1.4'], ports })]), []);
});

test('what opened comes first, then what was asked longest ago', () => {
  const old = device({ id: 1, ports: [checked(22, 8 * DAY), checked(80, 9 * DAY)] });
  const fresh = device({ id: 2, at: ['10.0.0.2'], ports: [port(443)] });
  assert.deepEqual(due([old, fresh]), ['10.0.0.2 tcp/443 opened', '10.0.0.1 tcp/80 old', '10.0.0.1 tcp/22 old']);
});

test('what is spared is listed with its reason', () => {
  const spares: FollowUpRules['spares'] = (_, { port: number }) => (number === 502 ? 'a controller' : null);
  assert.deepEqual(due([device({ ports: [port(22), port(502)] })], { spares }), [
    '10.0.0.1 tcp/22 opened',
    '10.0.0.1 tcp/502 opened: a controller',
  ]);
});

test('a device is asked where it answered last, at all those addresses', () => {
  const addresses = [
    { address: '10.0.0.1', seenAt: AT - DAY },
    { address: '10.0.0.8', seenAt: AT - MINUTE },
    { address: '10.0.0.9', seenAt: AT - MINUTE },
    { address: '10.0.1.1', seenAt: AT },
  ];
  assert.deepEqual(due([{ ...device({ ports: [port(22)] }), addresses }]), ['10.0.0.8 tcp/22 opened', '10.0.0.9 tcp/22 opened']);
});

test('night after night every port is asked within seven days, also when one night is missed, and never all in one night (property)', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.integer({ min: 0, max: 20 }), (first, missed) => {
      const ids = Array.from({ length: 60 }, (_, i) => first + i + 1);
      let devices = ids.map((id) => device({ id, ports: [port(22), port(443)] }));
      const nights: number[] = [];
      for (let night = 0; night < 28; night++) {
        // Never quite at the same time.
        const at = AT + night * DAY + ((night * 37) % 50) * MINUTE;
        const pairs = night === missed ? [] : duePairs(devices, rules({ at }));
        nights.push(pairs.length);
        const asked = new Set(pairs.map(({ device: id, port: number }) => `${id} ${number}`));
        devices = devices.map((one) => ({
          ...one,
          ports: one.ports.map((each) => (asked.has(`${one.id} ${each.port}`) ? { ...each, checkedAt: at } : each)),
        }));
        if (night === 0 && missed === 0) continue;
        for (const one of devices) for (const { checkedAt = AT } of one.ports) assert.ok(at - checkedAt < 7 * DAY, `night ${night}`);
      }
      const start = missed === 0 ? 1 : 0;
      assert.equal(nights[start], 120, 'at first all are');
      assert.equal(nights[start + 1], 0, 'the night after, none');
      if (missed > 7) assert.ok(Math.max(...nights.slice(1, 8)) < 80, `${nights}`);
    }),
    { numRuns: 50 },
  );
});
