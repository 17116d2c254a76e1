import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bad, good } from './fault.ts';
import { formatSide, parseSide, type Side, sideWithin } from './side.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const DAY = 86_400_000;
const read = (text: string): Side => {
  const side = parseSide(text, NOW);
  assert.ok(side.ok, text);
  return side.value;
};

test('a side is a scan, now, the baseline, or a target at a moment', () => {
  const moment = (target: string | null, at: number): Side => ({ kind: 'moment', target, at });
  const sides: Record<string, Side> = {
    '31': { kind: 'scan', id: 31 },
    'scan:31': { kind: 'scan', id: 31 },
    now: { kind: 'now', target: null },
    baseline: { kind: 'baseline', target: null },
    '@now': { kind: 'now', target: null },
    '@baseline': { kind: 'baseline', target: null },
    'nas.lan@now': { kind: 'now', target: 'nas.lan' },
    '3@baseline': { kind: 'baseline', target: '3' },
    'home@2026-03-01T03:00Z': moment('home', Date.UTC(2026, 2, 1, 3)),
    'home@2026-03-01T03:00': moment('home', Date.UTC(2026, 2, 1, 3)),
    'home@2026-03-01T03:00+02:00': moment('home', Date.UTC(2026, 2, 1, 1)),
    '192.168.1.0/24@1d': moment('192.168.1.0/24', NOW - DAY),
    'fd00::/64@2026-03-01': moment('fd00::/64', Date.UTC(2026, 2, 1)),
    '@1h30m': moment(null, NOW - 5_400_000),
    '@yesterday': moment(null, NOW - DAY),
    'my@home@yesterday': moment('my@home', NOW - DAY),
    'now@now': { kind: 'now', target: 'now' },
    '@9999999w': moment(null, 0),
  };
  for (const [text, side] of Object.entries(sides)) assert.deepEqual(read(text), side, text);
});

test('what says no moment, or none that can be, is refused with how to write it', () => {
  const refused: [string, RegExp][] = [
    ['', /^reading side "": it says no moment$/],
    ['192.168.1.0/24', /^reading side "192.168.1.0\/24": it says no moment$/],
    ['yesterday', /says no moment/],
    ['scan:', /says no moment/],
    ['-31', /says no moment/],
    ['home@', /^reading side "home@": reading moment "": it is neither a time nor a length of time$/],
    ['home@tomorrow', /reading moment "tomorrow"/],
    ['home@2026-02-30', /reading moment "2026-02-30"/],
    ['home@31', /reading moment "31"/],
    ['x'.repeat(500), /"x{80}\.\.\."/],
  ];
  for (const [text, reason] of refused) {
    const side = parseSide(text, NOW);
    assert.ok(!side.ok, text);
    assert.match(side.reason, reason);
    assert.match(side.remedy, /"@yesterday"/);
  }
});

test('whoever reads sides in another time zone reads the moments themselves', () => {
  const local = (text: string) => (text === 'noon' ? good(7) : bad(`no ${text}`, 'say noon'));
  assert.deepEqual(parseSide('home@noon', NOW, local), good({ kind: 'moment', target: 'home', at: 7 }));
  assert.equal(parseSide('home@midnight', NOW, local).ok, false);
});

const target = fc.option(fc.string({ minLength: 1 }));
const anySide: fc.Arbitrary<Side> = fc.oneof(
  fc.record({ kind: fc.constant('scan' as const), id: fc.nat() }),
  fc.record({ kind: fc.constant('moment' as const), target, at: fc.integer({ min: 0, max: Date.UTC(9999, 0) }) }),
  fc.record({ kind: fc.constantFrom('now' as const, 'baseline' as const), target }),
);

test('a side written as text is the same side, whenever it is read', () => {
  fc.assert(fc.property(anySide, fc.nat(), (side, now) => assert.deepEqual(parseSide(formatSide(side), now), good({ ...side }))));
});

test('a side that names no target looks only at the one given; scans and others stay as they are', () => {
  assert.deepEqual(sideWithin({ kind: 'now', target: null }, '3'), { kind: 'now', target: '3' });
  assert.deepEqual(sideWithin({ kind: 'now', target: null }, null), { kind: 'now', target: null });
  assert.deepEqual(sideWithin({ kind: 'baseline', target: '4' }, '3'), { kind: 'baseline', target: '4' });
  assert.deepEqual(sideWithin({ kind: 'scan', id: 3 }, '3'), { kind: 'scan', id: 3 });
});
