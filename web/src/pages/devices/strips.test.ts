import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Row } from './row.ts';
import { createStrips, LOT, type Strip, stripOf } from './strips.ts';

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

test('a session that lasts ends where the strip does', () => {
  const { stretches } = stripOf({
    since: '2026-11-21T00:00:00.000Z',
    until: '2026-11-21T12:00:00.000Z',
    sessions: [{ presence: 'present', from: '2026-11-21T06:00:00.000Z', to: null }],
    share: 0.5,
  });
  assert.equal(stretches[0]?.to, Date.parse('2026-11-21T12:00:00.000Z'));
});
