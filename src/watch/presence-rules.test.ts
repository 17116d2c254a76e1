import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, covering, device, HOUR, MINUTE } from '../../test/make/device.ts';
import { daily, every } from '../../test/watch/stand.ts';
import { DEFAULTS } from '../config/index.ts';
import type { Millis, PlanSchedule } from '../core/index.ts';
import { DEFAULT_WINDOW } from '../inventory/index.ts';
import type { Place } from './places.ts';
import { type Policy, presenceRules } from './presence-rules.ts';

const place = (text: string, window: Millis | null, ...schedule: PlanSchedule[]): Place => {
  const { addresses: ranges } = covering([text]);
  const target = {
    id: 1,
    site: 'home',
    spec: { kind: 'ranges', text, ranges },
    schedule,
    window,
    iface: null,
    source: 'user',
    createdAt: AT,
  } as const;
  return { target, ranges };
};
const fixed = (window: Millis | null): Policy => ({ ...DEFAULTS.presence, tolerance: 'fixed', window });
const rules = (places: readonly Place[], siteWindow: Millis | null = null) =>
  presenceRules({ at: AT, watchedSince: null, places, policy: fixed(siteWindow) });
const here = device({ at: ['10.0.0.7'] });

test('a device keeps quiet as long as it may itself, else as its target, else as the site says, else 45 minutes', () => {
  const lan = place('10.0.0.0/24', 2 * HOUR, every(MINUTE));
  assert.equal(rules([lan], 3 * HOUR).windowOf(device({ at: ['10.0.0.7'], window: 5 })), 5);
  assert.equal(rules([lan], 3 * HOUR).windowOf(device({ at: ['10.0.0.7'], window: 0 })), 0);
  assert.equal(rules([lan], 3 * HOUR).windowOf(here), 2 * HOUR);
  assert.equal(rules([place('10.0.0.0/24', null, every(MINUTE))], 3 * HOUR).windowOf(here), 3 * HOUR);
  assert.equal(rules([place('10.0.0.0/24', null, every(MINUTE))]).windowOf(here), DEFAULT_WINDOW);
  assert.equal(rules([lan]).windowOf(device({ at: ['10.9.9.9'] })), DEFAULT_WINDOW);
});

test('a target that is looked at seldom gives two scans the chance to miss', () => {
  assert.equal(rules([place('10.0.0.0/24', null, every(6 * HOUR))]).windowOf(here), 12 * HOUR);
  assert.equal(rules([place('10.0.0.0/24', null, daily('0 3 * * *'))]).windowOf(here), 48 * HOUR);
  assert.equal(rules([place('10.0.0.0/24', null, daily('0 3 * * *'), every(MINUTE))]).windowOf(here), DEFAULT_WINDOW);
});

test('nobody is called unknown sooner than would be usual, however short the chosen window', () => {
  assert.equal(rules([place('10.0.0.0/24', MINUTE, every(MINUTE))]).staleAfter(here), DEFAULT_WINDOW);
  assert.equal(rules([place('10.0.0.0/24', 3 * HOUR, every(MINUTE))]).staleAfter(here), 3 * HOUR);
  assert.equal(rules([place('10.0.0.0/24', MINUTE, every(6 * HOUR))]).staleAfter(here), 12 * HOUR);
});

test('of several targets that hold a device the smallest was meant, in whatever order they stand', () => {
  const [wide, narrow] = [place('10.0.0.0/16', 2 * HOUR), place('10.0.0.7', 3 * HOUR)];
  for (const places of [
    [wide, narrow],
    [narrow, wide],
  ])
    assert.equal(rules(places).windowOf(here), 3 * HOUR);
});

test('of several targets that hold a device the one that looks most often says how long silence is usual', () => {
  const [swept, nightly] = [place('10.0.0.0/24', null, every(MINUTE)), place('10.0.0.7', null, daily('0 3 * * *', 'UTC', 'ports'))];
  assert.equal(rules([swept, nightly]).windowOf(here), DEFAULT_WINDOW);
  assert.equal(rules([swept, nightly]).staleAfter(here), DEFAULT_WINDOW);
  assert.equal(rules([swept, nightly], 2 * HOUR).windowOf(here), 2 * HOUR);
  assert.equal(rules([swept, { ...nightly, target: { ...nightly.target, window: 3 * HOUR } }]).windowOf(here), 3 * HOUR);
});

test('a device belongs where it was seen last, not where it once was', () => {
  const addresses = [
    { address: '10.0.0.7', seenAt: AT - HOUR },
    { address: '10.1.0.7', seenAt: AT },
  ];
  const moved = { ...device(), lastSeen: AT, addresses };
  assert.equal(rules([place('10.0.0.0/24', HOUR), place('10.1.0.0/24', 2 * HOUR)]).windowOf(moved), 2 * HOUR);
});
