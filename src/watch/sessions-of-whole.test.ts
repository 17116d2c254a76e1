import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Instant, Presence, Span } from '../core/index.ts';
import type { Session } from './sessions-asked.ts';
import { sessionsByItself, united } from './sessions-of-whole.ts';

const session = (presence: Presence, from: number, to: number | null): Session => ({ presence, from, to });
const span = (kind: Span['kind'], value: string, from: number, to: number | null): Span => {
  return { device: 1, kind, key: '', value, from, to, openedBy: from, closedBy: null };
};

test('who was here under one number and then under another was here throughout', () => {
  const old = [session('present', 0, 24), session('away', 24, 48)];
  assert.deepEqual(united([[session('present', 23, 30), session('present', 30, null)], old]), [session('present', 0, null)]);
});

test('it was away only while all were that were known by then; of one that is unknown nobody can say', () => {
  const [a, b] = [[session('away', 0, 50)], [session('unknown', 10, 20), session('away', 20, 40), session('present', 40, null)]];
  assert.deepEqual(united([a, b]), [
    session('away', 0, 10),
    session('unknown', 10, 20),
    session('away', 20, 40),
    session('present', 40, null),
  ]);
});

test('a time of which none says anything is unknown, but for that before the first and after the last', () => {
  const told = united([[session('present', 5, 10)], [session('present', 20, 30)]]);
  assert.deepEqual(told, [session('present', 5, 10), session('unknown', 10, 20), session('present', 20, 30)]);
  assert.deepEqual(united([[], []]), []);
});

test('what stood open when it was merged says nothing of the time since, until it was taken back', () => {
  const [here, merged] = [span('presence', 'present', 0, null), span('merged', '2', 10, null)];
  assert.deepEqual(sessionsByItself([here, merged], null), [session('present', 0, 10)]);
  const again = [span('presence', 'present', 0, 20), span('presence', 'unknown@0', 20, null), span('merged', '2', 10, 20)];
  assert.deepEqual(sessionsByItself(again, null), [session('present', 0, 10), session('unknown', 20, null)]);
  assert.deepEqual(sessionsByItself([here, span('merged', '2', 4, 6)], null), [session('present', 0, 4), session('present', 6, null)]);
  assert.deepEqual(sessionsByItself([here, merged], 7), [session('present', 0, 7), session('unknown', 7, 10)], 'nobody looked any more');
});

/** Sessions of one device in order and apart, with holes. */
const ofOne = fc
  .array(fc.tuple(fc.constantFrom<Presence>('present', 'away', 'unknown'), fc.integer({ min: 1, max: 5 }), fc.boolean()), { maxLength: 6 })
  .map((drawn) => {
    let at = 0;
    return drawn.flatMap(([presence, length, hole], i): Session[] => {
      const from = at;
      at += length;
      return hole ? [] : [session(presence, from, i === drawn.length - 1 ? null : at)];
    });
  });

const presenceAt = (sessions: readonly Session[], at: Instant): Presence | undefined =>
  sessions.find(({ from, to }) => from <= at && (to === null || at < to))?.presence;

test('whatever each was, at each moment the whole is what they were together, told in order and without repeats', () => {
  fc.assert(
    fc.property(fc.array(ofOne, { maxLength: 4 }), (all) => {
      const told = united(all);
      const end = told.at(-1)?.to ?? 40;
      for (let at = told[0]?.from ?? end; at < end; at++) {
        const each = new Set(all.flatMap((one) => presenceAt(one, at) ?? []));
        const together = each.has('present') ? 'present' : each.size === 1 && each.has('away') ? 'away' : 'unknown';
        assert.equal(presenceAt(told, at), together, JSON.stringify({ all, told, at }));
      }
      assert.equal(told.length === 0, all.flat().length === 0);
      for (const [i, { presence, from }] of told.entries()) {
        const before = told[i - 1];
        if (before) assert.ok(before.to === from && before.presence !== presence, JSON.stringify(told));
      }
    }),
  );
});
