import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Fault } from '../../src/core/index.ts';
import { AT, backtest, rule } from './alert-makers.ts';
import { rollcall } from './fake-world.ts';

describe('rule', () => {
  test('all rules are listed with whose they are, whom they tell and what must hold', async () => {
    const rules = [
      rule({ name: 'new-device', source: 'usual', on: ['device.appeared'], where: null, to: ['*'], urgency: 'normal' }),
      rule({ name: 'burglar', on: ['device.appeared', 'device.returned', 'port.opened'], where: null, away: ['group:family', 'bo'] }),
      rule({ enabled: false, source: 'config', drift: true, during: ['22:00-06:00'], who: ['anna'], home: ['bo'] }),
    ];
    const { code, out, err, calls } = await rollcall(['rule'], { answers: { 'rules.list': () => rules } });
    assert.equal(code, 0);
    assert.equal(
      out,
      `NAME        IS   FROM      URGENCY  TO     ON                                           IF
new-device  on   rollcall  normal   *      device.appeared                              -
burglar     on   people    high     phone  device.appeared, device.returned and 1 more  group:family and bo away
cameras     off  config    high     phone  device.left                                  group:cameras; about anna; bo home; 22:00-06:00; not as approved
`,
    );
    assert.equal(err, '3 rules, 1 disabled; "rollcall rule show NAME" has all of one\n');
    assert.deepEqual(calls, [{ operation: 'rules.list', input: undefined }]);
    assert.deepEqual((await rollcall(['rule', 'list', '--json'], { answers: { 'rules.list': () => rules } })).json(), rules);
  });

  test('one rule is shown whole', async () => {
    const whole = rule({ remind: '30m', escalate: { after: '2h', to: ['boss', 'mail'] }, cooldown: '1h', through: true, resolved: false });
    const { code, out, calls } = await rollcall(['rule', 'show', 'cameras'], { answers: { 'rules.show': () => whole } });
    assert.equal(code, 0);
    assert.deepEqual(calls[0]?.input, { name: 'cameras' });
    assert.equal(
      out,
      `cameras  made by people, on
  on          device.left
  if          group:cameras
  to          phone
  urgency     high
  together    what one scan found
  cooldown    1h
  reminder    every 30m until acknowledged or over
  escalation  after 2h to boss, mail
  quiet hours passed through
  resolved    that it is over is not told
`,
    );
  });

  test('whom nobody knows is told when the rule is kept: a slip would keep it quiet, or loud', async () => {
    const answers = {
      'rules.list': () => [],
      'rules.put': () => rule({ who: ['ANNA', 'annna'], away: ['group:family', 'group:famly'] }),
      'people.list': () => [{ name: 'Anna', is: 'home', since: null, lastSeen: AT, devices: [] }],
      'groups.list': () => [{ name: 'family', is: 'home', present: 0, lastSeen: AT, devices: [] }],
    };
    const { code, err } = await rollcall(['rule', 'add', 'cameras', '--on', 'device.left', '--who', 'x'], { answers });
    assert.deepEqual([code, err.split(';')[0]], [0, 'so far nobody is called annna, group:famly']);
  });

  test('every part of a rule has its option', async () => {
    const cases: [string[], object][] = [
      [['--where', '-tag:ok'], { where: '-tag:ok' }],
      [['--who', 'anna,group:family', '--home', 'bo', '--away', 'carl'], { who: ['anna', 'group:family'], home: ['bo'], away: ['carl'] }],
      [['--during', 'Sat,Sun 00:00-24:00', '--during', '22:00-06:00'], { during: ['Sat,Sun 00:00-24:00', '22:00-06:00'] }],
      [['--drift', '--to', 'phone,mail', '--to', 'boss'], { drift: true, to: ['phone', 'mail', 'boss'] }],
      [['--urgency', 'critical', '--group', 'subject', '--cooldown', '1h'], { urgency: 'critical', group: 'subject', cooldown: '1h' }],
      [['--remind', '30m', '--escalate', '2h=boss, mail'], { remind: '30m', escalate: { after: '2h', to: ['boss', 'mail'] } }],
      [['--through', '--no-resolved'], { through: true, resolved: false }],
    ];
    const answers = { 'rules.list': () => [rule({ name: 'other' })], 'rules.put': () => rule() };
    for (const [options, edit] of cases) {
      const { code, calls, err } = await rollcall(['rule', 'add', 'cameras', '--on', 'device.left,port.*', ...options], { answers });
      assert.equal(code, 0, err);
      assert.deepEqual(calls[1], { operation: 'rules.put', input: { name: 'cameras', on: ['device.left', 'port.*'], ...edit } });
    }
  });

  test('what is set leaves the rest as it is, and can be taken away again', async () => {
    const cases: [string[], object][] = [
      [['--to', 'phone'], { to: ['phone'] }],
      [['--where', '', '--who', '', '--during', ''], { where: null, who: [], during: [] }],
      [['--remind', 'never', '--escalate', 'never', '--cooldown', '0s'], { remind: null, escalate: null, cooldown: '0s' }],
      [['--no-drift', '--no-through', '--resolved'], { drift: false, through: false, resolved: true }],
    ];
    for (const [options, edit] of cases) {
      const { code, calls } = await rollcall(['rule', 'set', 'cameras', ...options], { answers: { 'rules.edit': () => rule() } });
      assert.equal(code, 0);
      assert.deepEqual(calls, [{ operation: 'rules.edit', input: { name: 'cameras', ...edit } }]);
    }
  });

  test('rules are enabled, disabled and removed, one after the other', async () => {
    const answers = {
      'rules.edit': ({ name }: { name: string }) => rule({ name }),
      'rules.drop': ({ name }: { name: string }) => rule({ name }),
    };
    const disabled = await rollcall(['rule', 'disable', 'a', 'b'], { answers });
    assert.equal(disabled.out, 'disabled a\ndisabled b\n');
    assert.deepEqual(
      disabled.calls.map(({ input }) => input),
      [
        { name: 'a', enabled: false },
        { name: 'b', enabled: false },
      ],
    );
    assert.deepEqual((await rollcall(['rule', 'enable', 'a'], { answers })).calls[0]?.input, { name: 'a', enabled: true });
    const listed = { ...answers, 'rules.list': () => [rule({ name: 'a', source: 'usual' }), rule({ name: 'b' })] };
    const back = await rollcall(['rule', 'remove', 'a', 'c'], { answers: listed });
    assert.deepEqual([back.out, back.err], ['removed a\nremoved c\n', 'as it comes with the program again: a\n']);
    const removed = await rollcall(['rule', 'remove', 'a', '--json'], { answers });
    assert.deepEqual([removed.json(), removed.calls[0]?.operation], [[rule({ name: 'a' })], 'rules.drop']);
  });

  test('a rule is not replaced by a slip', async () => {
    const { code, err, calls } = await rollcall(['rule', 'add', 'cameras', '--on', 'device.left'], {
      answers: { 'rules.list': () => [rule()] },
    });
    assert.deepEqual([code, calls.length], [2, 1]);
    assert.match(err, /adding rule cameras: there is one of that name\n {2}remedy: change it with "rollcall rule set cameras"/);
  });

  test('why a rule is refused is told with the remedy, exit code 2', async () => {
    const fault = new Fault('bad-input', 'setting to of rule "a": there is no channel "fone"', 'write phone');
    const answers = {
      'rules.list': () => [],
      'rules.put': () => {
        throw fault;
      },
    };
    const { code, err } = await rollcall(['rule', 'add', 'a', '--on', 'device.left', '--to', 'fone'], { answers });
    assert.deepEqual([code, err], [2, 'rollcall: setting to of rule "a": there is no channel "fone"\n  remedy: write phone\n']);
  });

  test('what is not clear is refused before anybody is asked', async () => {
    const refused: [string[], RegExp][] = [
      [['rule', 'enabel'], /rule cannot "enabel"\n {2}remedy: did you mean rule enable\?/],
      [['rule', '__proto__'], /rule cannot "__proto__"\n {2}remedy: write one of list, show, add/],
      [['rule', 'list', 'x'], /rule list "x" is not what it takes/],
      [['rule', 'show'], /rule show "" is not what it takes\n {2}remedy: write show NAME/],
      [['rule', 'add', 'a'], /rule add of which changes is not clear/],
      [['rule', 'add', 'a', '--on', ''], /rule add of which changes is not clear/],
      [['rule', 'add', '--on', 'device.left'], /rule add "" is not what it takes/],
      [['rule', 'add', 'a', '--on', '*', '--since', '1d'], /reading --since: "rule add" takes none/],
      [['rule', 'set', 'a'], /nothing to set/],
      [['rule', 'enable'], /rule enable "" is not what it takes/],
      [['rule', 'remove', 'a', '--no-resolved'], /reading --no-resolved: "rule remove" takes none/],
      [['rule', 'set', 'a', '--urgency', 'panic'], /argument "panic" is invalid/],
      [['rule', 'set', 'a', '--escalate', '2h'], /reading --escalate "2h": it is no length with channels behind it/],
      [['rule', 'set', 'a', '--escalate', '2h=a,,b'], /reading --escalate/],
      [['rule', 'set', 'a', '--where', 'owner:Anna B'], /reading --where "owner:Anna B": "B" may belong to/],
      [['rule', 'test'], /rule test of which rule is not clear/],
      [['rule', 'test', 'a', '--on', '*'], /rule test of which rule is not clear/],
      [['rule', 'test', 'a', 'b'], /rule test "a b" is not what it takes/],
      [['rule', 'test', 'a', '--since', 'once'], /reading --since "once": it is not a time/],
    ];
    for (const [argv, message] of refused) {
      const { code, err, calls } = await rollcall(argv);
      assert.deepEqual([code, calls], [2, []], argv.join(' '));
      assert.match(err, message);
    }
  });
});

describe('rule test', () => {
  const asked = (answer = backtest(), ...words: string[]) =>
    rollcall(['rule', 'test', ...words], { answers: { 'rules.test': () => answer } });

  test('each notification it would have sent is listed with its changes, then the verdicts by reason; exit code 1', async () => {
    const { code, out, err, calls } = await asked(backtest(), 'cameras');
    assert.equal(code, 1);
    assert.equal(
      out,
      `2026-11-21 11:00:00  phone  opened  high  nas left
    12  nas left, last seen 11:00
    13  cam left
    and 2 more

1 notification from 9 changes, 2026-10-22 12:00:00 to 2026-11-21 12:00:00
VERDICT  REASON  CHANGES  FOR EXAMPLE
tell     first   2        it opens an incident
quiet    device  7        tv does not fit group:cameras
`,
    );
    assert.equal(err, '');
    assert.deepEqual(calls[0]?.input, { name: 'cameras', since: '2026-10-22T12:00:00.000Z' }, 'thirty days where nothing is said');
  });

  test('one that would have sent nothing is exit code 0, and that not all was looked at is said', async () => {
    const { code, out, err } = await asked(backtest({ sent: [], verdicts: [], asked: 1, cut: true }), 'cameras', '--since', '1d');
    assert.deepEqual([code, out], [0, '0 notifications from 1 change, 2026-10-22 12:00:00 to 2026-11-21 12:00:00\n']);
    assert.equal(err, 'there was more than is looked at; name a shorter time\n');
  });

  test('a rule that is not kept is tested as it is written, between two moments', async () => {
    const { calls, json } = await asked(
      backtest(),
      '--on',
      'port.*',
      '--drift',
      '--since',
      '2026-11-01',
      '--until',
      '2026-11-02T12:00',
      '--json',
    );
    assert.deepEqual(calls[0]?.input, {
      rule: { name: 'test', on: ['port.*'], drift: true },
      since: '2026-11-01T00:00:00.000Z',
      until: '2026-11-02T12:00:00.000Z',
    });
    assert.deepEqual(json(), backtest());
  });
});
