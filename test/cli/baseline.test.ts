import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BaselineJson } from '../../src/contract/index.ts';
import { Fault } from '../../src/core/index.ts';
import { rollcall } from './fake-world.ts';

const kept = (over: Partial<BaselineJson> = {}): BaselineJson => ({
  id: 2,
  site: 'home',
  target: null,
  at: '2026-11-21T12:00:00.000Z',
  by: 'ada',
  note: null,
  ...over,
});

test('a baseline of everything is made by whoever types', async () => {
  const answers = { 'baselines.make': () => kept() };
  const { code, out, err, calls } = await rollcall(['baseline', 'make'], { answers, env: { USER: 'ada' } });
  assert.deepEqual([code, out, err], [0, 'baseline 2 of everything in home: how it is at 2026-11-21 12:00:00\n', '']);
  assert.deepEqual(calls, [{ operation: 'baselines.make', input: { by: 'ada' } }]);
  assert.deepEqual((await rollcall(['baseline', 'make', '--json'], { answers })).json(), kept());
});

test('behind sudo the person counts, and where nobody is known nobody is named', async () => {
  const answers = { 'baselines.make': () => kept() };
  const by = async (env: Record<string, string>) => (await rollcall(['baseline', 'make'], { answers, env })).calls[0]?.input.by;
  assert.equal(await by({ USER: 'root', SUDO_USER: 'ada' }), 'ada');
  assert.equal(await by({ USER: '', LOGNAME: 'eve' }), 'eve');
  assert.equal(await by({}), undefined);
  assert.equal((await by({ USER: 'x'.repeat(300) })).length, 255);
});

test('a baseline of one target carries a note', async () => {
  const answers = { 'baselines.make': () => kept({ target: '192.0.2.0/28' }) };
  const { out, calls } = await rollcall(['baseline', 'make', '192.0.2.0/28', '--note', 'after the move'], { answers });
  assert.equal(out, 'baseline 2 of 192.0.2.0/28: how it is at 2026-11-21 12:00:00\n');
  assert.deepEqual(calls[0]?.input, { target: '192.0.2.0/28', note: 'after the move' });
});

test('where nothing was scanned yet, that is said with the remedy', async () => {
  const answers = {
    'baselines.make': () => {
      throw new Fault('refused', 'making a baseline of home: nothing was scanned there yet', 'scan it first with "rollcall scan"');
    },
  };
  const { code, err } = await rollcall(['baseline', 'make'], { answers });
  assert.equal(code, 2);
  assert.equal(err, 'rollcall: making a baseline of home: nothing was scanned there yet\n  remedy: scan it first with "rollcall scan"\n');
});

test('baselines are listed newest first, with who made them and why', async () => {
  const baselines = [kept({ id: 3, target: '192.0.2.0/28', by: null, note: 'a\u001b[31mred' }), kept({ note: 'after the move' })];
  const answers = { 'baselines.list': () => baselines };
  const { code, out, calls } = await rollcall(['baseline', 'list'], { answers });
  assert.equal(code, 0);
  assert.equal(
    out.replaceAll(/ +$/gm, ''),
    `ID  OF            AT                   BY   NOTE
3   192.0.2.0/28  2026-11-21 12:00:00  -    a\\u{1b}[31mred
2   everything    2026-11-21 12:00:00  ada  after the move
`,
  );
  assert.deepEqual(calls[0]?.input, {});
  assert.deepEqual((await rollcall(['baseline', 'list', '3', '--json'], { answers })).json(), baselines);
  const none = await rollcall(['baseline', 'list', '3'], { answers: { 'baselines.list': () => [] } });
  assert.deepEqual([none.code, none.out, none.calls[0]?.input], [0, '', { target: '3' }]);
  assert.match(none.err, /no baseline is kept; make one with "rollcall baseline make"/);
});

test('anything else is refused with what could be meant', async () => {
  for (const [words, message] of [
    [['remove'], /baseline cannot "remove"\n {2}remedy: did you mean baseline make, or baseline list\?/],
    [['list', '--note', 'x'], /reading --note: a list takes none/],
    [[], /missing required argument "what"/],
  ] as const) {
    const { code, err, calls } = await rollcall(['baseline', ...words]);
    assert.equal(code, 2);
    assert.match(err, message);
    assert.deepEqual(calls, []);
  }
});
