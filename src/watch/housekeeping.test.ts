import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AT, HOUR } from '../../test/make/device.ts';
import { ManualClock } from '../../test/watch/manual-clock.ts';
import { SilentLog } from '../../test/watch/stand.ts';
import { DEFAULTS } from '../config/index.ts';
import type { Retention, Store } from '../core/index.ts';
import { openStore } from '../store/index.ts';
import { keepHouse } from './housekeeping.ts';

const lease = { fence: 1 };

/** A house that is kept on a clock of its own, and what was done in it. */
async function bench(more: Partial<Store> = {}) {
  const clock = new ManualClock(AT);
  const log = new SilentLog();
  const troubles = new Map<string, string | null>();
  const done: string[] = [];
  const end = new AbortController();
  let retention: Retention = DEFAULTS.keep;
  const memory = await openStore({ kind: 'memory' });
  const store: Store = {
    ...memory,
    access: { ...memory.access, prune: async (before) => ((AT - before) / HOUR === 365 * 24 - 2 ? 4 : 0) },
    prune: async ({ singles }, now) => {
      done.push(`prune ${(now - AT) / HOUR} keeping ${singles / HOUR}`);
      return { scans: 3, raw: 1, alerts: 7 };
    },
    check: async () => [],
    ...more,
  };
  const tenancy = { get: async () => lease, keep: () => {}, close: async () => {} };
  const trouble = (topic: string, text: string | null): void => void troubles.set(topic, text);
  const kept = keepHouse({ store, tenancy, clock, log, retention: () => retention, trouble, hourly: () => {} }, end.signal);
  const keep = (wish: Retention): void => void (retention = wish);
  const close = async (): Promise<void> => {
    end.abort();
    await kept;
    assert.equal(clock.sleepers, 0);
  };
  return { clock, log, troubles, done, keep, close };
}

test('each hour old scans are folded, as the config then says', async () => {
  const { clock, log, done, keep, close } = await bench();
  await clock.pass(HOUR);
  keep({ singles: 5 * HOUR, raw: 0 });
  await clock.pass(HOUR);
  assert.deepEqual(done, ['prune 1 keeping 48', 'prune 2 keeping 5']);
  assert.deepEqual(log.lines.slice(0, 2), [
    'old scans folded into their runs {"scans":3,"raw":1}',
    'old verdicts, incidents and notifications dropped {"alerts":7}',
  ]);
  await close();
});

test('who did what is known for a year', async () => {
  const { clock, log, close } = await bench();
  const told = (): string[] => log.lines.filter((line) => line.includes('audit'));
  await clock.pass(HOUR);
  assert.deepEqual(told(), []);
  await clock.pass(HOUR);
  assert.deepEqual(told(), ['entries of the audit dropped that are older than a year {"dropped":4}']);
  await close();
});

test('a store that cannot cut the audit is asked again, and does what else is to be done', async () => {
  const memory = await openStore({ kind: 'memory' });
  const prune = async (): Promise<number> => {
    throw new Error('disk full');
  };
  const { clock, log, done, close } = await bench({ access: { ...memory.access, prune } });
  await clock.pass(2 * HOUR);
  assert.equal(log.lines.filter((line) => line.startsWith('the audit could not be cut')).length, 2);
  assert.equal(done.length, 2);
  await close();
});

test('R22: a store that refuses to be tidied is asked again an hour later', async () => {
  let asked = 0;
  const prune = async () => {
    asked++;
    throw new Error('disk full');
  };
  const { clock, log, close } = await bench({ prune });
  await clock.pass(3 * HOUR);
  assert.equal(asked, 3);
  assert.equal(log.lines.filter((line) => line.startsWith('old scans could not be folded')).length, 3);
  await close();
});

test('R24: each day the store is checked; that it is not sound is a trouble, until it is again', async () => {
  let faults = ['row 7 is missing', 'row 8 too'];
  let broken = false;
  const check = async (): Promise<readonly string[]> => {
    if (broken) throw new Error('cannot read');
    return faults;
  };
  const { clock, log, troubles, close } = await bench({ check });
  await clock.pass(23 * HOUR);
  assert.equal(troubles.size, 0);
  await clock.pass(HOUR);
  assert.match(troubles.get('soundness') ?? '', /not sound: row 7 is missing; restore a backup/);
  assert.equal(log.lines.filter((line) => line.startsWith('store is not sound')).length, 2);
  broken = true;
  await clock.pass(24 * HOUR);
  assert.match(troubles.get('soundness') ?? '', /not sound/);
  [broken, faults] = [false, []];
  await clock.pass(24 * HOUR);
  assert.equal(troubles.get('soundness'), null);
  await close();
});
