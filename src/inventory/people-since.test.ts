import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Stay, whereSince } from './people-since.ts';

const present = (from: number, to: number | null = null): Stay => ({ presence: 'present', from, to });
const away = (from: number, to: number | null = null): Stay => ({ presence: 'away', from, to });

test('somebody is home since the first of the devices that followed one another without a gap', () => {
  assert.equal(whereSince('home', [[present(5)]]), 5);
  assert.equal(whereSince('home', [[present(5)], [present(3)]]), 3);
  assert.equal(whereSince('home', [[present(5)], [present(1, 6), away(6)]]), 1, 'the watch was there when the phone came');
  assert.equal(whereSince('home', [[present(5)], [present(1, 5), away(5)]]), 1);
  assert.equal(whereSince('home', [[present(5)], [present(1, 4), away(4)]]), 5, 'nobody was home in between');
  assert.equal(
    whereSince('home', [
      [present(0, 2), away(2, 5), present(5)],
      [present(1, 4), away(4)],
      [away(0, 3), present(3, 6)],
    ]),
    0,
  );
});

test('somebody is away since the last of them is', () => {
  assert.equal(
    whereSince('away', [
      [present(1, 4), away(4)],
      [present(1, 7), away(7)],
    ]),
    7,
  );
  assert.equal(whereSince('away', [[present(1, 4), away(4)], []]), 4, 'of a device without a past nothing is known');
});

test('of whom nothing is remembered nobody can say', () => {
  for (const is of ['home', 'away', 'unknown'] as const) assert.equal(whereSince(is, [[], []]), null);
});
