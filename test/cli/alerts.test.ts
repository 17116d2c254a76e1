import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AT, channel, incident, mute, notification } from './alert-makers.ts';
import { rollcall } from './fake-world.ts';

describe('incidents and ack', () => {
  test('what is going on is listed; with --all also what is over', async () => {
    const open = [incident(), incident({ id: 2, acknowledged: { at: AT, by: 'ada' }, urgency: 'normal', count: 12 })];
    const { code, out, err, calls } = await rollcall(['incidents'], { answers: { 'incidents.list': () => open } });
    assert.equal(code, 0);
    assert.equal(
      out,
      `ID  SINCE                IS     URGENCY  RULE     CHANGES  WHAT
3   2026-11-21 11:00:00  open   high     cameras  1        nas left
2   2026-11-21 11:00:00  noted  normal   cameras  12       nas left
`,
    );
    assert.equal(err, '2 incidents; take note with "rollcall ack ID"\n');
    assert.deepEqual(calls[0]?.input, { over: 'no', limit: 1000 });
    const all = await rollcall(['incidents', '--all'], {
      answers: { 'incidents.list': () => [incident({ closedAt: AT, closedBy: 'over' })] },
    });
    assert.deepEqual(all.calls[0]?.input, { over: 'yes', limit: 1000 });
    assert.match(all.out, / over /);
    const none = await rollcall(['incidents'], { answers: { 'incidents.list': () => [] } });
    assert.deepEqual([none.code, none.out, none.err], [0, '', 'nothing is going on\n']);
  });

  test('one incident is shown with what it is about and who was told', async () => {
    const shown = incident({
      subjects: Array.from({ length: 10 }, (_, i) => ({ key: `device:${i}`, over: i === 0 })),
      lastSeq: 21,
      count: 10,
      remindAt: AT,
      acknowledged: { at: AT, by: 'ada' },
    });
    const notifications = [
      notification({ state: 'delivered', attempts: 2, receipt: '200 OK', endedAt: AT }),
      notification({ id: 6, state: 'dead', because: 'it answered 413' }),
      notification({ id: 7, state: 'folded', instead: 8 }),
    ];
    const { out, calls } = await rollcall(['incidents', '#3'], {
      answers: { 'incidents.show': () => ({ incident: shown, notifications }) },
    });
    assert.deepEqual(calls[0]?.input, { id: 3 });
    assert.equal(
      out,
      `incident 3  noted  high  by rule cameras
  nas left
  opened      2026-11-21 11:00:00
  changed     2026-11-21 11:00:00
  noted       2026-11-21 11:00:00 by ada
  reminder    2026-11-21 11:00:00
  changes     10 changes, changes 12 to 21; "rollcall why 12" has the first
  about       device:0 (over), device:1, device:2, device:3, device:4, device:5, device:6, device:7 and 2 more

ID  DUE                  CHANNEL  IS         KIND    TRIES  WHAT
5   2026-11-21 11:00:00  phone    delivered  opened  2      nas left (200 OK)
6   2026-11-21 11:00:00  phone    dead       opened  0      nas left: it answered 413
7   2026-11-21 11:00:00  phone    folded     opened  0      nas left: told by 8
`,
    );
  });

  test('incidents are noted by number or all of them, by whoever types', async () => {
    const answers = { 'incidents.acknowledge': () => [incident({ acknowledged: { at: AT, by: 'ada' } })] };
    const some = await rollcall(['ack', '3', '#4'], { answers, env: { USER: 'ada' } });
    assert.deepEqual([some.code, some.out, some.err], [0, 'noted 3  nas left\n', '1 incident\n']);
    assert.deepEqual(some.calls[0]?.input, { ids: [3, 4], by: 'ada' });
    const all = await rollcall(['ack', 'all'], { answers: { 'incidents.acknowledge': () => [] }, env: { USER: '' } });
    assert.deepEqual([all.code, all.calls[0]?.input, all.err], [0, { ids: 'open' }, 'nothing is going on\n']);
  });
});

describe('mute, mutes and unmute', () => {
  test('something is kept silent for a while, with who and why', async () => {
    const answers = { 'mutes.add': () => mute() };
    const cases: [string[], object][] = [
      [['--rule', 'cameras', '--for', '2h'], { kind: 'mute', rule: 'cameras', until: '2026-11-21T14:00:00.000Z' }],
      [
        ['--on', 'device.*, port.opened', '--on', 'vantage.blind', '--until', '2026-12-24'],
        {
          kind: 'mute',
          kinds: ['device.*', 'port.opened', 'vantage.blind'],
          until: '2026-12-25T00:00:00.000Z',
        },
      ],
      [
        ['--maintenance', '--filter', 'group:iot', '--from', '2026-12-01T22:00', '--for', '90m'],
        {
          kind: 'maintenance',
          where: 'group:iot',
          from: '2026-12-01T22:00:00.000Z',
          until: '2026-12-01T23:30:00.000Z',
        },
      ],
      [['--rule', 'cameras', '--from', '1h'], { kind: 'mute', rule: 'cameras', from: '2026-11-21T13:00:00.000Z' }],
    ];
    for (const [options, order] of cases) {
      const { code, calls, out, err } = await rollcall(['mute', ...options, '--why', 'new router'], { answers, env: { USER: 'ada' } });
      assert.equal(code, 0, err);
      assert.deepEqual(calls, [{ operation: 'mutes.add', input: { ...order, by: 'ada', why: 'new router' } }]);
      assert.equal(out, 'mute 2: rule cameras; device.left; group:iot, from 2026-11-21 11:00:00 to 2026-11-21 14:00:00\n');
    }
  });

  test('mutes are listed as they stand, and ended by number', async () => {
    const mutes = [
      mute(),
      mute({ id: 3, rule: null, kinds: [], where: null, until: '2026-11-21T11:30:00.000Z', by: null, why: null }),
      mute({ id: 4, kind: 'maintenance', from: '2026-11-22T11:00:00.000Z', until: null, kinds: [], where: null }),
      mute({ id: 5, endedAt: AT, kinds: [], rule: null }),
    ];
    const { out, err, calls } = await rollcall(['mutes', '--all'], { answers: { 'mutes.list': () => mutes } });
    assert.equal(
      out,
      `ID  KIND         IS                         FROM                 UNTIL                BY   COVERS                                WHY
2   mute         silent                     2026-11-21 11:00:00  2026-11-21 14:00:00  ada  rule cameras; device.left; group:iot  new router
3   mute         over                       2026-11-21 11:00:00  2026-11-21 11:30:00  -    everything                            -
4   maintenance  to come                    2026-11-22 11:00:00  it is ended          ada  rule cameras                          new router
5   mute         ended 2026-11-21 11:00:00  2026-11-21 11:00:00  2026-11-21 14:00:00  ada  group:iot                             new router
`,
    );
    assert.equal(err, '4 mutes; end one with "rollcall unmute ID"\n');
    assert.deepEqual(calls[0]?.input, { over: 'yes' });
    const ended = await rollcall(['unmute', '2', '3'], { answers: { 'mutes.end': ({ id }: { id: number }) => mute({ id, where: null }) } });
    assert.equal(ended.out, 'ended mute 2: rule cameras; device.left\nended mute 3: rule cameras; device.left\n');
  });
});

describe('outbox and resend', () => {
  const asked = async (argv: string[], rows = [notification()]) => rollcall(argv, { answers: { 'notifications.list': () => rows } });

  test('what waits and what is dead is listed with why', async () => {
    const rows = [
      notification({ id: 9, because: 'quiet hours until 06:00' }),
      notification({ id: 8, state: 'dead', because: 'it answered 413', attempts: 3 }),
    ];
    const { code, out, err, calls } = await asked(['outbox', '--channel', 'phone'], rows);
    assert.equal(code, 0);
    assert.equal(
      out,
      `ID  DUE                  CHANNEL  IS       KIND    TRIES  WHAT
9   2026-11-21 11:00:00  phone    waiting  opened  0      nas left: quiet hours until 06:00
8   2026-11-21 11:00:00  phone    dead     opened  3      nas left: it answered 413
`,
    );
    assert.equal(err, '2 notifications, 1 dead: "rollcall resend --dead" sends them anew\n');
    assert.deepEqual(calls[0]?.input, { limit: 1000, state: ['waiting', 'dead'], channel: 'phone' });
  });

  test('only the dead, only the waiting, or all of it', async () => {
    assert.deepEqual((await asked(['outbox', '--dead'])).calls[0]?.input, { limit: 1000, state: ['dead'] });
    assert.deepEqual((await asked(['outbox', '--waiting'])).calls[0]?.input, { limit: 1000, state: ['waiting'] });
    assert.deepEqual((await asked(['outbox', '--all'])).calls[0]?.input, { limit: 1000 });
    assert.match((await rollcall(['outbox', '--dead', '--waiting'])).err, /cannot be used with/);
    assert.deepEqual((await asked(['outbox', '--json'])).json(), [notification()]);
  });

  test('dead ones are sent anew, by number or all of them', async () => {
    const answers = { 'notifications.resend': () => [notification()] };
    const some = await rollcall(['resend', '5', '6'], { answers });
    assert.deepEqual([some.out, some.err, some.calls[0]?.input], ['waits again 5  phone  nas left\n', '1 notification\n', { ids: [5, 6] }]);
    const all = await rollcall(['resend', '--dead', '--channel', 'phone'], {
      answers: { 'notifications.resend': () => [], 'channels.list': () => [channel()] },
    });
    assert.deepEqual([all.code, all.err, all.calls[0]?.input], [0, 'nothing is dead\n', { dead: true, channel: 'phone' }]);
  });

  test('a channel that is misspelt is refused: nothing there is not nothing dead', async () => {
    const answers = { 'notifications.resend': () => [], 'notifications.list': () => [], 'channels.list': () => [channel()] };
    for (const command of [['outbox'], ['outbox', '--dead'], ['resend', '--dead']]) {
      const { code, err } = await rollcall([...command, '--channel', 'phnoe'], { answers });
      assert.deepEqual([code, err], [2, 'rollcall: finding channel "phnoe": there is none\n  remedy: list them with "rollcall channel"\n']);
    }
    const gone = { 'notifications.resend': () => [], 'notifications.list': () => [notification()], 'channels.list': () => [] };
    const left = await rollcall(['resend', '--dead', '--channel', 'phone'], { answers: gone });
    assert.deepEqual([left.code, left.err], [0, 'nothing is dead\n'], 'one that was dropped has a past');
  });
});

test('what is not clear about alerts is refused before anybody is asked', async () => {
  const refused: [string[], RegExp][] = [
    [['incidents', 'x'], /reading incident "x": it is no number\n {2}remedy: write one that "rollcall incidents --all" shows/],
    [['incidents', '1', '2'], /incidents "1 2" is not what it takes/],
    [['incidents', '1', '--all'], /incidents "1" is not what it takes/],
    [['ack'], /missing required argument "ids"/],
    [['ack', 'all', '3'], /reading incident "all": it is no number/],
    [['ack', '0'], /reading incident "0": it is no number/],
    [['unmute', '-1'], /reading mute "-1": it is no number/],
    [['mute', '--rule', 'a', '--for', '2h'], /there is no reason\n {2}remedy: say why with --why/],
    [['mute', '--rule', 'a', '--why', ' '], /there is no reason/],
    [['mute', '--for', '1h', '--until', '2026-12-24', '--why', 'x'], /--for beside --until/],
    [['mute', '--for', 'soon', '--why', 'x'], /reading --for "soon": it is not a length of time/],
    [['mute', '--for', '0s', '--why', 'x'], /reading --for "0s"/],
    [['mute', '--until', 'soon', '--why', 'x'], /reading --until "soon": it is no time/],
    [['mute', '--filter', 'owner:Anna B', '--why', 'x'], /may belong to/],
    [['resend'], /resend "" is not what it takes/],
    [['resend', '5', '--dead'], /resend "5" is not what it takes/],
    [['resend', '5', '--channel', 'phone'], /resend "5" is not what it takes/],
    [['resend', 'x'], /reading notification "x": it is no number/],
  ];
  for (const [argv, message] of refused) {
    const { code, err, calls } = await rollcall(argv);
    assert.deepEqual([code, calls], [2, []], argv.join(' '));
    assert.match(err, message);
  }
});
