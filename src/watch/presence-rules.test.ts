import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, covering, device, HOUR, MINUTE } from '../../test/make/device.ts';
import { daily, every } from '../../test/watch/stand.ts';
import { DEFAULTS } from '../config/index.ts';
import type { Millis, PlanSchedule, Scan } from '../core/index.ts';
import { DEFAULT_WINDOW } from '../inventory/index.ts';
import type { Place } from './places.ts';
import { type Policy, presenceRules, type RuleParts } from './presence-rules.ts';
import { RecentLooks } from './recent-looks.ts';

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
const LOOKED: Scan = {
  id: 1,
  site: 'home',
  target: 1,
  subject: '10.0.0.0/24',
  plan: 'sweep',
  startedAt: AT,
  finishedAt: AT,
  outcome: 'complete',
  cause: null,
  coverage: covering(['10.0.0.0/24']),
  vantage: null,
  tool: null,
  commands: [],
  asked: 0,
  up: 0,
  changes: 0,
  run: 1,
};
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

const learning = (places: readonly Place[], looks?: RuleParts['looks'], policy: Partial<Policy> = {}) =>
  presenceRules({ at: AT, watchedSince: null, places, policy: { ...DEFAULTS.presence, ...policy }, ...(looks && { looks }) });
const answering = device({ at: ['10.0.0.7'], macs: [{ mac: '00:11:32:00:00:01', vendor: null }], rhythm: { silences: [0, 900] } });

test('three looks must miss a device that always answers, and never less than three minutes may pass', () => {
  const windowAt = (length: Millis): Millis => Math.round(learning([place('10.0.0.0/24', null, every(length))]).windowOf(answering) / 1000);
  assert.deepEqual([windowAt(10_000), windowAt(MINUTE), windowAt(5 * MINUTE)], [174, 174, 870]);
  const { windowOf, staleAfter } = learning([place('10.0.0.0/24', null, every(MINUTE))]);
  assert.deepEqual([windowOf(here), staleAfter(answering)], [DEFAULT_WINDOW, DEFAULT_WINDOW]);
});

test('where looks are rare or never, learning changes nothing', () => {
  const windowOf = (...places: readonly Place[]): Millis => learning(places).windowOf(answering);
  assert.equal(windowOf(place('10.0.0.0/24', null, every(6 * HOUR))), 12 * HOUR);
  assert.equal(windowOf(place('10.0.0.0/24', null, daily('0 3 * * *'))), 48 * HOUR);
  assert.equal(windowOf(place('10.0.0.0/24', null)), DEFAULT_WINDOW);
  assert.equal(windowOf(), DEFAULT_WINDOW);
});

test('what people chose beats what was learned, and floor and ceiling bound it', () => {
  const lan = place('10.0.0.0/24', null, every(MINUTE));
  assert.equal(learning([place('10.0.0.0/24', 2 * HOUR, every(MINUTE))]).windowOf(answering), 2 * HOUR);
  assert.equal(learning([lan]).windowOf(device({ at: ['10.0.0.7'], window: 7, rhythm: answering.rhythm })), 7);
  assert.equal(learning([lan], undefined, { floor: 10 * MINUTE }).windowOf(answering), 10 * MINUTE);
  assert.equal(learning([lan], undefined, { ceiling: 20 * MINUTE }).windowOf(here), 20 * MINUTE);
  assert.match(learning([lan]).toleranceOf(answering).reason, /nearly always answers/);
});

test('R1: looks that failed are no silence: as many that could see must miss a device as its window holds', () => {
  const lan = place('10.0.0.0/24', null, every(MINUTE));
  const looks = new RecentLooks();
  const note = (minute: number, outcome: Scan['outcome'] = 'complete'): void =>
    looks.note({ ...LOOKED, startedAt: AT + minute * MINUTE, finishedAt: AT + minute * MINUTE, outcome }, MINUTE);
  const overdue = (quiet: number): boolean => quiet * MINUTE >= learning([lan], looks).windowOf(answering);
  assert.equal(overdue(500), false, 'a new daemon has not looked three times');
  note(-20);
  for (let minute = -19; minute < -1; minute++) note(minute, 'failed');
  assert.equal(overdue(20), false, 'the look that is judged is the second');
  note(-1);
  assert.deepEqual([overdue(20), overdue(21)], [false, true]);
  assert.equal(learning([lan], looks).taughtSince?.(answering), AT - MINUTE, 'what was silent over the hole teaches nothing');
  assert.equal(learning([lan], looks).staleAfter(answering), DEFAULT_WINDOW);
  assert.equal(rules([place('10.0.0.0/24', 0, every(MINUTE))]).windowOf(answering), 0, 'a window that was chosen is kept to exactly');
});

test('a clock that was set back begins the row of looks anew', () => {
  const looks = new RecentLooks();
  for (const minute of [0, 1, 2, -58, -57]) looks.note({ ...LOOKED, startedAt: AT + minute * MINUTE }, MINUTE);
  assert.deepEqual(looks.starts([1]), [AT - 57 * MINUTE, AT - 58 * MINUTE]);
  assert.equal(looks.unbrokenSince([1]), AT - 58 * MINUTE);
  assert.deepEqual([looks.starts([2]), looks.unbrokenSince([2])], [[], null]);
});

test('where sweeps take long, and are made more seldom for it, that is how often a target is looked at', () => {
  const lan = place('10.0.0.0/24', null, every(MINUTE));
  const looks = new RecentLooks();
  // Each takes four minutes: not more than half its interval.
  for (let n = 0; n < 10; n++) looks.note({ ...LOOKED, startedAt: AT + n * 8 * MINUTE, finishedAt: AT + (n * 8 + 4) * MINUTE }, MINUTE);
  assert.equal(looks.intervalOf(1), 8 * MINUTE);
  assert.equal(looks.unbrokenSince([1]), AT, 'there is no hole between them');
  looks.note({ ...LOOKED, plan: 'ports', startedAt: AT + 77 * MINUTE, finishedAt: AT + 140 * MINUTE }, MINUTE);
  assert.equal(looks.intervalOf(1), 8 * MINUTE, 'a long port scan says nothing of sweeps');
  const slow = presenceRules({ at: AT + 80 * MINUTE, watchedSince: AT, places: [lan], policy: DEFAULTS.presence, looks });
  const punctual = device({ at: ['10.0.0.7'], rhythm: { silences: [0, 0, 0, 60] } });
  const window = slow.windowOf(punctual);
  assert.ok(window >= 16 * MINUTE && window <= 24 * MINUTE, `three looks, not ${window / MINUTE} minutes`);
});
