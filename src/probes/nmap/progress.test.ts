import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type LookNews, orFault, PLANS, parseTarget } from '../../core/index.ts';
import type { Part } from '../vantage/parts.ts';
import { createLookProgress } from './look-progress.ts';
import { createProgress } from './progress.ts';

test('a sweep is as far as its only task', () => {
  const progress = createProgress(PLANS.sweep, 256);
  assert.equal(progress.task('ARP Ping Scan', 50), 0.5);
  assert.equal(progress.host(), 0.5, 'a found host says nothing about those that are not there');
});

test('a port scan spends most of its time on ports', () => {
  const progress = createProgress(PLANS.ports, 10);
  assert.equal(progress.task('ARP Ping Scan', 100), 0.1);
  assert.equal(progress.task('SYN Stealth Scan', 50), 0.55);
});

test('finished hosts tell how far the groups are', () => {
  const progress = createProgress(PLANS.ports, 20);
  progress.task('SYN Stealth Scan', 10);
  for (let i = 0; i < 9; i++) progress.host();
  assert.equal(progress.host(), 0.5);
  assert.equal(progress.task('SYN Stealth Scan', 100), 1);
});

test('it stays within 0..1 and never runs backwards, whatever nmap prints (property)', () => {
  const step = fc.oneof(
    fc.constant('host'),
    fc.tuple(
      fc.constantFrom('ARP Ping Scan', 'Service scan', 'NSE', 'SYN Stealth Scan', 'x'),
      fc.double({ min: -10, max: 200, noNaN: true }),
    ),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(PLANS.sweep, PLANS.ports, PLANS.services),
      fc.integer({ min: 0, max: 50 }),
      fc.array(step, { maxLength: 60 }),
      (plan, asked, steps) => {
        const progress = createProgress(plan, asked);
        let last = 0;
        for (const each of steps) {
          const done = typeof each === 'string' ? progress.host() : progress.task(...each);
          assert.ok(done >= last && done <= 1, `${done} after ${last}`);
          last = done;
        }
      },
    ),
  );
});

test('the news of parts add up by their addresses, with a forecast from the clock', () => {
  const part = (text: string): Part => {
    const spec = orFault(parseTarget(text));
    return { reach: 'routed', family: 4, iface: null, network: null, ranges: spec.kind === 'ranges' ? spec.ranges : [] };
  };
  let now = 0;
  const news: LookNews[] = [];
  const clock = { now: () => 0, monotonic: () => now, sleep: async () => {} };
  const newsOf = createLookProgress([part('10.0.0.0/25'), part('10.0.1.0/25')], clock, (item) => news.push(item));
  now = 5000;
  newsOf(0)({ kind: 'progress', done: 0.01, task: 'a' });
  newsOf(0)({ kind: 'progress', done: 0.5, task: 'a' });
  now = 10_000;
  newsOf(1)({ kind: 'progress', done: 0, task: 'b' });
  newsOf(1)({ kind: 'progress', done: 1, task: 'b' });
  assert.deepEqual(news, [
    { kind: 'progress', done: 0.005, secondsLeft: null, task: 'a' },
    { kind: 'progress', done: 0.25, secondsLeft: 15, task: 'a' },
    { kind: 'progress', done: 0.5, secondsLeft: 10, task: 'b' },
    { kind: 'progress', done: 1, secondsLeft: 0, task: 'b' },
  ]);
});
