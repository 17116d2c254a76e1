import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Row } from './row.ts';
import { createStrips, LOT, type Strip, stripsOf } from './strips.ts';

const row = (id: number, presence: Row['presence'] = 'present'): Row => ({ id, presence }) as Row;
const strip = (until: number): Strip => ({ since: 0, until, stretches: [], share: 1 });

function stand() {
  const asked: number[][] = [];
  let clock = 0;
  let work: (() => void)[] = [];
  const strips = createStrips({
    ask: async (ids) => {
      asked.push([...ids]);
      return new Map(ids.map((id) => [id, strip(id)]));
    },
    now: () => clock,
    later: (one) => work.push(one),
  });
  const settle = async (): Promise<void> => {
    const due = work;
    work = [];
    for (const one of due) one();
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };
  return { strips, asked, settle, pass: (ms: number) => (clock += ms) };
}

test('rows in sight are asked for together, and once', async () => {
  const { strips, asked, settle } = stand();
  strips.want([row(1), row(2)]);
  await settle();
  strips.want([row(1), row(2)]);
  await settle();
  assert.deepEqual(asked, [[1, 2]]);
  assert.equal(strips.of(2)?.until, 2);
});

test('rows that only flew by are not asked for', async () => {
  const { strips, asked, settle } = stand();
  strips.want([row(1)]);
  strips.want([row(500)]);
  await settle();
  assert.deepEqual(asked, [[500]]);
});

test('no question names more devices than one may', async () => {
  const { strips, asked, settle } = stand();
  strips.want(Array.from({ length: LOT + 1 }, (_, id) => row(id)));
  await settle();
  assert.deepEqual(
    asked.map(({ length }) => length),
    [LOT, 1],
  );
});

test('a device that came or went is asked for anew, and so is an old strip', async () => {
  const { strips, asked, settle, pass } = stand();
  strips.want([row(1), row(2)]);
  await settle();
  strips.want([row(1, 'away'), row(2)]);
  await settle();
  pass(6 * 60_000);
  strips.want([row(2)]);
  await settle();
  assert.deepEqual(asked, [[1, 2], [1], [2]]);
});

test('runs of slots become stretches; of a time when nobody knew the device nothing is drawn', () => {
  const strips = stripsOf({
    since: '2026-11-21T00:00:00.000Z',
    until: '2026-11-21T10:00:00.000Z',
    slots: 10,
    seconds: 3600,
    strips: [
      {
        device: 7,
        runs: [
          ['none', 2],
          ['away', 2],
          ['present', 6],
        ],
      },
      { device: 8, runs: [['unknown', 10]] },
    ],
  });
  const hour = (n: number): number => Date.parse('2026-11-21T00:00:00.000Z') + n * 3_600_000;
  assert.deepEqual(strips.get(7)?.stretches, [
    { presence: 'away', from: hour(2), to: hour(4) },
    { presence: 'present', from: hour(4), to: hour(10) },
  ]);
  assert.deepEqual([strips.get(7)?.share, strips.get(8)?.share], [0.75, null]);
});
