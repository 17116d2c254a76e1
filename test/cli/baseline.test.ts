import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApprovedJson, BaselineJson, MadeBaselineJson } from '../../src/contract/index.ts';
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

const APPROVED: ApprovedJson = {
  devices: 3,
  services: 12,
  portOnly: 0,
  made: 15,
  already: 0,
  replaced: 0,
  away: 0,
  leftOut: [],
};
const made = (over: Partial<MadeBaselineJson> = {}): MadeBaselineJson => ({ ...kept(), approved: APPROVED, ...over });

test('a baseline of everything is made by whoever types', async () => {
  const answers = { 'baselines.make': () => made() };
  const { code, out, err, calls } = await rollcall(['baseline', 'make'], { answers, env: { USER: 'ada' } });
  assert.deepEqual(
    [code, out, err],
    [0, 'baseline 2 of everything in home: how it is at 2026-11-21 12:00:00\napproved 3 devices and 12 services, by ada\n', ''],
  );
  assert.deepEqual(calls, [{ operation: 'baselines.make', input: { by: 'ada' } }]);
  assert.deepEqual((await rollcall(['baseline', 'make', '--json'], { answers })).json(), made());
});

test('behind sudo the person counts, and where nobody is known nobody is named', async () => {
  const answers = { 'baselines.make': () => made() };
  const by = async (env: Record<string, string>) => (await rollcall(['baseline', 'make'], { answers, env })).calls[0]?.input.by;
  assert.equal(await by({ USER: 'root', SUDO_USER: 'ada' }), 'ada');
  assert.equal(await by({ USER: '', LOGNAME: 'eve' }), 'eve');
  assert.equal(await by({}), undefined);
  assert.equal((await by({ USER: 'x'.repeat(300) })).length, 255);
});

test('a baseline of one target carries a note', async () => {
  const answers = { 'baselines.make': () => made({ target: '192.0.2.0/28' }) };
  const { out, calls } = await rollcall(['baseline', 'make', '192.0.2.0/28', '--note', 'after the move'], { answers });
  assert.match(out, /^baseline 2 of 192\.0\.2\.0\/28: how it is at 2026-11-21 12:00:00\n/);
  assert.deepEqual(calls[0]?.input, { target: '192.0.2.0/28', note: 'after the move' });
});

test('what a person should know of what was approved is said beside it', async () => {
  const leftOut = [{ device: 7, name: 'nas\u001b', port: '23/tcp', reason: 'policy 1: nowhere 23/tcp' }];
  const answers = { 'baselines.make': () => made({ approved: { ...APPROVED, portOnly: 1, already: 2, replaced: 3, away: 4, leftOut } }) };
  const { err } = await rollcall(['baseline', 'make'], { answers });
  assert.equal(
    err,
    `  2 of it approved before
  3 older approvals replaced
  1 service whatever serves there: nobody knows its version; look with "rollcall scan --plan services"
  4 devices left out: away; approve them with "rollcall baseline approve --filter presence:away"
  left out 23/tcp of nas\\u{1b}: policy 1: nowhere 23/tcp
`,
  );
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

test('moments are listed newest first, with who made them and why', async () => {
  const baselines = [kept({ id: 3, target: '192.0.2.0/28', by: null, note: 'a\u001b[31mred' }), kept({ note: 'after the move' })];
  const answers = { 'baselines.list': () => baselines };
  const { code, out, calls } = await rollcall(['baseline', 'list', 'moments'], { answers });
  assert.equal(code, 0);
  assert.equal(
    out.replaceAll(/ +$/gm, ''),
    `ID  OF            AT                   BY   NOTE
3   192.0.2.0/28  2026-11-21 12:00:00  -    a\\u{1b}[31mred
2   everything    2026-11-21 12:00:00  ada  after the move
`,
  );
  assert.deepEqual(calls[0]?.input, {});
  assert.deepEqual((await rollcall(['baseline', 'list', 'moments', '3', '--json'], { answers })).json(), baselines);
  const none = await rollcall(['baseline', 'list', 'moments', '3'], { answers: { 'baselines.list': () => [] } });
  assert.deepEqual([none.code, none.out, none.calls[0]?.input], [0, '', { target: '3' }]);
  assert.match(none.err, /no baseline is kept; make one with "rollcall baseline make"/);
});

test('anything else is refused with what could be meant', async () => {
  for (const [words, message] of [
    [['remove'], /baseline cannot "remove"\n {2}remedy: write one of make, diff, approve, revoke, policy, list, export, import/],
    [['__proto__'], /baseline cannot "__proto__"/],
    [['list', '--note', 'x'], /reading --note: "baseline list" takes none/],
    [['make', '--dry-run'], /reading --dry-run: "baseline make" takes none/],
    [['make', 'a', 'b'], /"a b" is not what it takes\n {2}remedy: write make \[TARGET\]/],
    [['list', 'all'], /write list, or list moments/],
    [['approve'], /baseline approve of whom is not clear/],
    [['approve', 'nas', '--filter', 'x'], /baseline approve of whom is not clear/],
    [['approve', 'nas', '--until', 'soon'], /reading --until "soon": it is no time\n {2}remedy: write a day like 2027-01-31/],
    [['revoke'], /baseline revoke of what is not clear/],
    [['revoke', '--id', 'x'], /reading --id "x": it is no number/],
    [['policy', 'iot'], /write GROUP only\|nowhere\|allowed PORTS/],
    [['policy', 'iot', 'sometimes', '80'], /write GROUP only/],
    [['export', 'x'], /write export --as yaml\|base -o PATH/],
    [['export', '--as', 'xml'], /--as/],
    [['import'], /write import FILE, or import FOLDER/],
    [['diff', 'a', 'b'], /write diff \[TARGET\]/],
    [['diff', '--at', 'once'], /reading --at "once"/],
    [[], /missing required argument "what"/],
  ] as const) {
    const { code, err, calls } = await rollcall(['baseline', ...words]);
    assert.equal(code, 2, words.join(' '));
    assert.match(err, message);
    assert.deepEqual(calls, []);
  }
});
