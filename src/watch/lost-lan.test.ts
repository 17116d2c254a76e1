import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Device, NOTHING_LEARNED, type Observation, type ScanReport } from '../core/index.ts';
import { rollOf } from '../inventory/index.ts';
import { distrustDetour } from './lost-lan.ts';

const nothing = {
  firstSeen: 1,
  lastSeen: 9,
  presence: 'present',
  names: [],
  ports: [],
  asked: {},
  os: null,
  ...NOTHING_LEARNED,
} as const;
const known = (id: number, address: string, mac: string | null): Device => ({
  ...nothing,
  id,
  site: 'home',
  macs: mac === null ? [] : [{ mac, vendor: null }],
  addresses: [{ address, seenAt: 9 }],
});
const answer = (address: string, mac: string | null): Observation => ({
  address,
  mac,
  vendor: null,
  names: null,
  reason: 'echo-reply',
  seenAt: 10,
  ports: [],
  unlisted: [],
  timedOut: false,
  os: null,
});
const report = (observations: readonly Observation[], privileged = true): ScanReport => ({
  startedAt: 1,
  finishedAt: 10,
  outcome: 'complete',
  cause: null,
  asked: 256,
  commands: [],
  warnings: [],
  raw: null,
  observations,
  coverage: { addresses: [], ports: {}, depth: 'presence', basis: 'asked' },
  vantage: { iface: null, privileged },
  tool: { name: 'nmap', version: '7.93' },
});

const lan = rollOf('home', [known(1, '10.0.0.1', '00:11:32:00:00:01'), known(2, '10.0.0.2', '00:11:32:00:00:02')], 2);
const routed = rollOf('home', [known(1, '10.0.0.1', null)], 1);

test('R4: known cards that all answer without their hardware addresses make the scan failed', () => {
  const judged = distrustDetour(report([answer('10.0.0.1', null), answer('10.0.0.2', null)]), lan);
  assert.deepEqual([judged.outcome, judged.cause?.code, judged.observations.length], ['failed', 'other-route', 0]);
});

test('one hardware address is proof enough that we still stand in the network', () => {
  const seen = report([answer('10.0.0.1', '00:11:32:00:00:01'), answer('10.0.0.2', null)]);
  assert.equal(distrustDetour(seen, lan), seen);
});

test('a routed network never had hardware addresses, and a scan by connections never sees any', () => {
  const beyond = report([answer('10.0.0.1', null)]);
  assert.equal(distrustDetour(beyond, routed), beyond);
  const limited = report([answer('10.0.0.1', null)], false);
  assert.equal(distrustDetour(limited, lan), limited);
});

test('strangers at addresses nobody had are no reason for distrust', () => {
  const strangers = report([answer('10.0.0.9', null)]);
  assert.equal(distrustDetour(strangers, lan), strangers);
});
