import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Fault } from '../../core/index.ts';
import type { Asker } from '../asker.ts';
import { type Deed, Undos } from './undos.ts';

const MINUTE = 60_000;
const ALL: Asker = { user: null, scopes: ['read', 'ack', 'edit', 'admin'] };

function made(at = 1_000_000) {
  const clock = { at, now: () => clock.at };
  const undos = new Undos(clock);
  const log: string[] = [];
  const note = (what: string, more: Partial<Deed> = {}): void =>
    undos.note({ operation: 'devices.edit', what, scope: 'edit', restore: async () => (log.push(what), null), ...more });
  const refs = (asker = ALL) => undos.undoable(asker).map(({ ref }) => ref);
  return { clock, undos, note, log, refs };
}

const is = (code: string) => (thrown: unknown) => thrown instanceof Fault && thrown.code === code && thrown.remedy !== undefined;

suite('what can be taken back', () => {
  test('is listed newest first, and each of it is taken back once', async () => {
    const { undos, note, log, refs } = made();
    note('one');
    note('two');
    const [newest, oldest] = refs();
    assert.deepEqual(await undos.undo(oldest ?? '', ALL), { ref: oldest, what: 'one', note: null });
    await assert.rejects(undos.undo(oldest ?? '', ALL), is('not-found'));
    assert.deepEqual([log, refs()], [['one'], [newest]]);
  });

  test('stays where taking it back failed, and can be tried again; nobody takes it back twice meanwhile', async () => {
    const { undos, note, refs } = made();
    let broken = true;
    note('x', {
      restore: async () => {
        await Promise.resolve();
        if (broken) throw new Fault('conflict', 'changed since', 'look');
        return 'with another number';
      },
    });
    const [ref = ''] = refs();
    const [first, second] = await Promise.allSettled([undos.undo(ref, ALL), undos.undo(ref, ALL)]);
    assert.ok(first?.status === 'rejected' && is('conflict')(first.reason));
    assert.ok(second?.status === 'rejected' && is('not-found')(second.reason));
    broken = false;
    assert.equal((await undos.undo(ref, ALL)).note, 'with another number');
  });

  test('is over after a quarter of an hour, and when the clock was set back before it', async () => {
    const { clock, undos, note, refs } = made();
    note('x');
    const [ref = ''] = refs();
    clock.at += 15 * MINUTE - 1;
    assert.equal(refs().length, 1);
    clock.at += 1;
    await assert.rejects(undos.undo(ref, ALL), is('not-found'));
    assert.deepEqual(refs(), []);
    note('y');
    clock.at -= MINUTE;
    assert.deepEqual(refs(), [], 'it would have been done in the future');
  });

  test('a number of one process is none of another', async () => {
    const [first, second] = [made(1_000_000), made(2_000_000)];
    first.note('x');
    second.note('y');
    await assert.rejects(second.undos.undo(first.refs()[0] ?? '', ALL), is('not-found'));
    assert.deepEqual([first.log, second.log], [[], []]);
  });

  test('only a hundred are remembered, a line of each, and a hundred of its devices', () => {
    const { undos, note, refs } = made();
    for (let i = 0; i < 150; i++) note(`${i} ${'\u{1f600}'.repeat(300)}`, { devices: Array.from({ length: 500 }, (_, id) => id) });
    assert.equal(refs().length, 100);
    for (const { what, devices } of undos.undoable(ALL)) {
      assert.ok(what.length <= 203 && what.isWellFormed());
      assert.equal(devices.length, 100);
    }
  });

  test('what one user kept for itself is nobody else’s, whatever they may do; scopes do not stand for each other', async () => {
    const { undos, note, refs } = made();
    note('mine', { scope: 'read', owner: 7 });
    note('all', { scope: 'admin' });
    const asker = (user: number | null, ...scopes: string[]) => ({ user, scopes });
    const of = (one: Asker) => undos.undoable(one).map(({ what }) => what);
    assert.deepEqual(of(asker(7, 'read')), ['mine']);
    assert.deepEqual(of(asker(8, 'read', 'edit')), []);
    assert.deepEqual(of(ALL), ['all']);
    const [ref = ''] = refs(asker(7, 'read'));
    await assert.rejects(undos.undo(ref, ALL), is('refused'));
    await undos.undo(ref, asker(7, 'read'));
    assert.ok(undos.undoable(ALL).every((one) => !('restore' in one) && !('owner' in one)));
  });
});
