import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, device, HOUR, MINUTE, mac } from '../../../test/make/device.ts';
import type { Device } from '../../core/index.ts';
import { type Aftermath, judgeAftermath, NOBODY_SUSPECTED, type Suspicions } from './blame.ts';

const DAY = 24 * HOUR;
const typeOf = (one: Device) => one.labels.type;
const steady = (id: number, more: Parameters<typeof device>[0] = {}): Device =>
  device({ id, at: [`10.0.0.${id}`], firstSeen: AT - 10 * DAY, macs: [{ mac: `00:1b:a9:01:00:0${id % 10}`, vendor: null }], ...more });
const after = (asked: readonly Device[], silent: readonly number[], more: Partial<Aftermath> = {}): Aftermath => ({
  asked,
  silent: new Set(silent),
  othersAnswer: true,
  took: 5 * MINUTE,
  at: AT,
  typeOf,
  ...more,
});
const blamed = (found: Aftermath, before: Suspicions = NOBODY_SUSPECTED): number[] =>
  judgeAftermath(found, before).blamed.map(({ device: id }) => id);

test('a device that hardly ever leaves, and falls silent under a scan it had answered, was harmed by it', () => {
  const { blamed: found } = judgeAftermath(
    after(
      [1, 2, 3, 4].map((id) => steady(id)),
      [3],
    ),
    NOBODY_SUSPECTED,
  );
  assert.deepEqual(found, [{ device: 3, because: ['it hardly ever leaves, and answered when the scan came to it'] }]);
  assert.deepEqual(blamed(after([steady(1, { firstSeen: AT - MINUTE })], [1])), [1], 'also one that has only just come');
});

test('many at once are a segment that is lost, and those near whom nobody answers are our own eyes', () => {
  const many = Array.from({ length: 12 }, (_, i) => steady(i + 1));
  assert.deepEqual(blamed(after(many, [1, 2, 3])), []);
  assert.deepEqual(blamed(after(many, [1, 2])), [1, 2]);
  const { words, suspicions } = judgeAftermath(after([steady(1)], [1], { othersAnswer: false }), NOBODY_SUSPECTED);
  assert.match(words[0] ?? '', /nobody near them answers either/);
  assert.equal(suspicions.size, 0);
  assert.deepEqual(blamed(after([steady(1)], [1], { othersAnswer: null })), [1], 'where nobody else ever was');
});

test('a laptop that goes to sleep during a scan is not blamed, unless it does scan after scan', () => {
  const sleepers: Device[] = [
    steady(1, { type: 'laptop' }),
    steady(1, { type: 'phone' }),
    steady(1, { carried: true }),
    steady(1, { macs: [{ mac: mac(1), vendor: null }] }),
    steady(1, { rhythm: { silences: [0, 0, 0, 5, 10, 20, 30, 0, 0, 0, 0, 0, 0] } }),
  ];
  for (const one of sleepers) {
    const found = after([one, steady(2)], [1]);
    const first = judgeAftermath(found, NOBODY_SUSPECTED);
    assert.deepEqual(first.blamed, []);
    assert.equal(first.words.length, 1);
    const second = judgeAftermath(found, first.suspicions);
    assert.deepEqual(second.blamed, []);
    assert.deepEqual(blamed(found, second.suspicions), [1], 'three times in a row');
    const well = judgeAftermath(after([one, steady(2)], []), second.suspicions);
    assert.deepEqual(blamed(found, well.suspicions), [], 'between them it answered to the end');
  }
});

test('over a year of nights nobody is blamed who comes and goes, and of those who hardly ever leave, few', () => {
  let state = 42;
  const dice = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const kinds = [
    { type: 'laptop', leaves: 4 },
    { type: 'desktop', leaves: 2 / 30 },
    { type: 'server', leaves: 1 / 60 },
  ] as const;
  const devices = Array.from({ length: 60 }, (_, i) => ({ id: i + 1, ...(kinds[i % 3] as (typeof kinds)[number]) }));
  let suspicions = NOBODY_SUSPECTED;
  const wrong = { laptop: 0, desktop: 0, server: 0 };
  for (let night = 1; night <= 365; night++) {
    // All they did before is known; a scan has each of them under way for ten minutes.
    const known = (leaves: number) => ({ silences: [0, 0, 0, 0, 0, Math.round(leaves * (90 + night)), 0, 0, 0, 0, 0, 0, 0] });
    const asked = devices.map(({ id, leaves, type }) => steady(id, { type, firstSeen: AT - (90 + night) * DAY, rhythm: known(leaves) }));
    const silent = devices.filter(({ leaves }) => dice() < (leaves * 10) / (24 * 60)).map(({ id }) => id);
    const judged = judgeAftermath(after(asked, silent, { took: 10 * MINUTE }), suspicions);
    suspicions = judged.suspicions;
    for (const { device: id } of judged.blamed) wrong[devices[id - 1]?.type as keyof typeof wrong]++;
  }
  assert.deepEqual({ ...wrong, server: 0 }, { laptop: 0, desktop: 0, server: 0 });
  // 20 servers that leave six times a year for ten minutes of the day: 0.8 coincidences, which nothing tells from harm.
  assert.ok(wrong.server <= 4, String(wrong.server));
});
