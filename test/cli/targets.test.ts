import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../src/core/index.ts';
import type { FakeCall } from './fake-client.ts';
import { rollcall } from './fake-world.ts';
import { scan, target } from './make.ts';

const COST = {
  plan: 'sweep' as const,
  addresses: 14,
  present: 2,
  likely: { packets: 26, seconds: 2 },
  worst: { packets: 28, seconds: 75 },
};
const added = { 'targets.add': () => target().target, 'targets.forecast': () => [COST] };
const adding = (calls: readonly FakeCall[]) => calls.find(({ operation }) => operation === 'targets.add')?.input;

test('watching says what is watched and how often', async () => {
  const { code, out, err, calls } = await rollcall(['watch', '192.0.2.0/28', '--every', '1m'], { answers: added, daemon: true });
  const cost = 'sweep: about 26 packets in 2s (2 known of 14 addresses); at worst 28 packets in 1m15s\n';
  assert.deepEqual([code, out, err], [0, 'watching 192.0.2.0/28 (target 1): sweep every 1m\n', cost]);
  assert.deepEqual(
    calls.map(({ operation }) => operation),
    ['targets.forecast', 'targets.add'],
    'the cost is said before it is kept',
  );
  assert.deepEqual(adding(calls), { target: '192.0.2.0/28', schedule: [{ plan: 'sweep', every: '1m' }] });
});

test('without a daemon it is said that nothing looks yet', async () => {
  assert.match((await rollcall(['watch', '192.0.2.0/28'], { answers: added })).err, /no daemon runs, so nothing looks yet/);
});

test('a schedule by interval sweeps, one by local time asks ports, unless a plan is named', async () => {
  const schedules: [string[], object[]][] = [
    [[], []],
    [['--every', '5m'], [{ plan: 'sweep', every: '5m' }]],
    [['--every', '1h', '--plan', 'services'], [{ plan: 'services', every: '1h' }]],
    [['--at', '0 3 * * *'], [{ plan: 'ports', at: '0 3 * * *' }]],
    [['--at', '0 3 * * *', '--zone', 'Europe/Berlin', '--plan', 'deep'], [{ plan: 'deep', at: '0 3 * * *', zone: 'Europe/Berlin' }]],
  ];
  for (const [options, schedule] of schedules) {
    const { calls } = await rollcall(['watch', 'nas.lan', ...options], { answers: added });
    assert.deepEqual(adding(calls).schedule, schedule);
  }
  const { calls } = await rollcall(['watch', 'nas.lan', '--window', '90m', '--iface', 'eth1'], { answers: added });
  assert.deepEqual(adding(calls), { target: 'nas.lan', schedule: [], window: '90m', iface: 'eth1' });
});

test('a dry run says what it would cost, and watches nothing', async () => {
  const { code, out, calls } = await rollcall(['watch', '192.0.2.0/28', '--at', '0 3 * * *', '--dry-run'], { answers: added });
  assert.equal(code, 0);
  assert.match(out, /^sweep: about 26 packets in 2s/);
  assert.deepEqual(
    calls.map(({ input }) => input),
    [{ targets: ['192.0.2.0/28'], plans: ['ports'] }],
  );
  const scan = await rollcall(['scan', '192.0.2.0/28', '--ports', '1-10', '--forecast', '--json'], { answers: added });
  assert.deepEqual(scan.json(), [COST]);
  assert.deepEqual(
    scan.calls.map(({ input }) => input),
    [{ targets: ['192.0.2.0/28'], plans: ['ports'], ports: '1-10' }],
  );
});

test('a schedule that does not say when, or says it twice, is refused', async () => {
  const refused: [string[], RegExp][] = [
    [['--plan', 'ports'], /reading --plan: it does not say when\n  remedy: add --every 5m/],
    [['--zone', 'UTC'], /reading --zone: it does not say when/],
    [['--every', '5m', '--at', '0 3 * * *'], /"--every <length>" cannot be used with option "--at <cron>"/],
    [['--plan', 'quick'], /"quick" is invalid\. Allowed choices are sweep, ports, services, deep/],
  ];
  for (const [options, message] of refused) {
    const { code, err, calls } = await rollcall(['watch', '192.0.2.0/28', ...options]);
    assert.equal(code, 2);
    assert.match(err, message);
    assert.deepEqual(calls, []);
  }
});

test('what the scope refuses is refused in its words', async () => {
  const answers = {
    'targets.add': () => {
      throw new Fault('refused', 'watching 8.8.8.0/24: it is neither private nor a network of this machine', 'add an [[allow]] entry');
    },
  };
  const { code, err } = await rollcall(['watch', '8.8.8.0/24'], { answers });
  assert.deepEqual(
    [code, err],
    [2, 'rollcall: watching 8.8.8.0/24: it is neither private nor a network of this machine\n  remedy: add an [[allow]] entry\n'],
  );
});

test('a target is unwatched by its text or its id', async () => {
  const answers = { 'targets.remove': () => target().target };
  const { code, out, calls } = await rollcall(['unwatch', '192.0.2.0/28'], { answers });
  assert.deepEqual([code, out], [0, 'no longer watching 192.0.2.0/28 (target 1)\n']);
  assert.deepEqual(calls[0]?.input, { reference: '192.0.2.0/28' });
  assert.deepEqual((await rollcall(['unwatch', '1', '--json'], { answers })).json(), target().target);
});

test('targets are listed plan by plan, with a blind one marked', async () => {
  const [plan] = target().plans;
  const ports = { ...plan!, plan: 'ports' as const, every: null, at: '0 3 * * *', zone: 'UTC', lastScan: null, nextAt: null };
  const putOff = { until: '2026-11-21T18:00:00.000Z', because: 'quiet hours ("Mon-Fri 08:00-18:00")' };
  const targets = [
    target({
      plans: [
        { ...plan!, measured: { seconds: 3.2, packets: 27 } },
        { ...ports, running: 32, putOff },
      ],
    }),
    target({
      target: { ...target().target, id: 2, target: 'nas.lan', source: 'config' },
      blind: true,
      plans: [{ ...plan!, lastScan: scan({ outcome: 'failed' }), measured: { seconds: 2.1, packets: null } }],
    }),
    target({ target: { ...target().target, id: 3 }, plans: [] }),
  ];
  const answers = { 'targets.list': () => targets };
  const { code, out } = await rollcall(['targets'], { answers });
  assert.equal(code, 0);
  assert.equal(
    out,
    `ID  TARGET        PLAN   WHEN           LAST                 OUTCOME            TOOK              FORECAST          NEXT                                         FROM
1   192.0.2.0/28  sweep  every 1m       2026-11-21 03:00:00  complete           27 packets in 3s  26 packets in 2s  2026-11-21 12:01:00                          user
                  ports  0 3 * * * UTC  never                running (scan 32)  -                 26 packets in 2s  2026-11-21 18:00:00, put off by quiet hours  ${''}
2   nas.lan       sweep  every 1m       2026-11-21 03:00:00  failed, blind      2s                26 packets in 2s  2026-11-21 12:01:00                          config
3   192.0.2.0/28  -      -              -                    -                  -                 -                 -                                            user
`,
  );
  assert.deepEqual((await rollcall(['targets', '--json'], { answers })).json(), targets);
  assert.match((await rollcall(['targets'], { answers: { 'targets.list': () => [] } })).err, /nothing is watched; see "rollcall networks"/);
});

test('networks are listed with how to watch one', async () => {
  const networks = [
    { iface: 'lo', block: '127.0.0.0/8', loopback: true, watched: true },
    { iface: 'eth0', block: '192.0.2.0/28', loopback: false, watched: false },
  ];
  const answers = { 'networks.list': () => networks };
  const { code, out, err } = await rollcall(['networks'], { answers });
  assert.equal(code, 0);
  assert.equal(
    out,
    'INTERFACE  NETWORK       WATCHED  \nlo         127.0.0.0/8   watched  this machine\neth0       192.0.2.0/28  -        \n',
  );
  assert.equal(err, 'watch one with: /nowhere/rollcall watch 192.0.2.0/28\n');
  assert.deepEqual((await rollcall(['networks', '--json'], { answers })).json(), networks);
});
