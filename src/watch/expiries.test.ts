import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, HOUR, MINUTE } from '../../test/make/device.ts';
import { ManualClock, settle } from '../../test/watch/manual-clock.ts';
import { SilentLog } from '../../test/watch/stand.ts';
import { Expiries } from './expiries.ts';
import type { Ledger } from './ledger.ts';

/** A ledger that notes until when it was asked. */
function bench(at: number | null = null, fails = false) {
  const clock = new ManualClock(AT);
  const log = new SilentLog();
  const asked: number[] = [];
  const ledger = {
    at,
    expire: async (until: number) => {
      asked.push(until);
      if (fails) throw new Error('the disk is full');
      return [];
    },
  } as Pick<Ledger, 'at' | 'expire'> as Ledger;
  return { clock, log, asked, expiries: new Expiries({ clock, log, ledger }) };
}

test('of a hundred commits in a minute one asks what has expired', async () => {
  const { clock, asked, expiries } = bench();
  for (let commit = 0; commit < 100; commit++) {
    expiries.look();
    await clock.pass(MINUTE / 100);
  }
  assert.deepEqual(asked, [AT]);
  expiries.look();
  assert.deepEqual(asked, [AT, AT + MINUTE]);
});

test('a clock that is set back is asked by again at once, and for what was known to be later', () => {
  const { clock, asked, expiries } = bench(AT + 5);
  expiries.look();
  clock.set(-HOUR);
  expiries.look();
  assert.deepEqual(asked, [AT + 5, AT + 5]);
});

test('what could not be told is noted, and told of by the next look', async () => {
  const { clock, log, asked, expiries } = bench(null, true);
  expiries.look();
  await settle();
  assert.match(log.lines.join(), /expired approvals could not be told.*the disk is full/);
  await clock.pass(MINUTE);
  expiries.look();
  assert.equal(asked.length, 2);
});
