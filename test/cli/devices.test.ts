import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../src/core/index.ts';
import { rollcall } from './fake-world.ts';
import { device } from './make.ts';

const listing = (...devices: ReturnType<typeof device>[]) => ({ 'devices.list': () => devices });

test('devices are listed in aligned columns, with a count beside them', async () => {
  const { code, out, err } = await rollcall(['devices'], {
    answers: listing(
      device(),
      device({
        id: 12,
        name: null,
        macs: ['02:00:5e:00:53:02', '02:00:5e:00:53:03'],
        addresses: [],
        vendor: null,
        randomizedMac: true,
        presence: 'away',
        ports: [],
      }),
      device({ id: 100, name: 'nas', macs: [], vendor: null, presence: 'unknown' }),
    ),
  });
  assert.equal(code, 0);
  assert.equal(
    out,
    [
      'ID   NAME     PRESENCE  ADDRESS     MAC                   VENDOR         LAST SEEN            OPEN PORTS',
      '7    printer  present   192.0.2.20  00:00:5e:00:53:01     ACME           2026-11-21 11:59:00  631',
      '12   -        away      -           02:00:5e:00:53:02 +1  (made-up MAC)  2026-11-21 11:59:00  -',
      '100  nas      unknown   192.0.2.20  -                     -              2026-11-21 11:59:00  631',
      '',
    ].join('\n'),
  );
  assert.equal(err, '3 devices: 1 present, 1 away, 1 unknown\n');
});

test('the JSON of devices is the answer of the contract and nothing else', async () => {
  const devices = [device(), device({ id: 8, presence: 'away' })];
  const ran = await rollcall(['devices', '--json'], { answers: listing(...devices) });
  assert.deepEqual(ran.json(), devices);
  assert.deepEqual(Object.keys(ran.json()[0]).sort(), Object.keys(device()).sort());
  assert.equal(ran.err, '');
});

test('no devices are an empty list, told apart from a failure', async () => {
  const text = await rollcall(['devices'], { answers: listing() });
  assert.deepEqual([text.code, text.out, text.err], [0, '', '0 devices: 0 present, 0 away, 0 unknown\n']);
  assert.deepEqual((await rollcall(['devices', '--json'], { answers: listing() })).json(), []);
});

test('only those wanted are asked for', async () => {
  for (const presence of ['present', 'away', 'unknown']) {
    const { calls } = await rollcall(['devices', `--${presence}`], { answers: listing() });
    assert.deepEqual(calls, [{ operation: 'devices.list', input: { presence } }]);
  }
});

test('words of a filter are sent as one, also those with a dash in front', async () => {
  const cases: [string[], object][] = [
    [['group:iot', '-tag:ok'], { filter: 'group:iot -tag:ok' }],
    [['-presence:away,unknown'], { filter: '-presence:away,unknown' }],
    [['owner:"Anna B" -tag:ok', '--away'], { presence: 'away', filter: 'owner:"Anna B" -tag:ok' }],
    [['--', '-printer'], { filter: '-printer' }],
    [['owner:Anna B', '-tag:my own'], { filter: 'owner:"Anna B" -tag:"my own"' }],
    [['owner:"Anna B" -tag:ok'], { filter: 'owner:"Anna B" -tag:ok' }],
  ];
  for (const [words, input] of cases) {
    const { calls } = await rollcall(['devices', ...words], { answers: listing() });
    assert.deepEqual(calls, [{ operation: 'devices.list', input }]);
  }
});

test('a bad word of a filter is underlined', async () => {
  const answers = {
    'devices.list': () => {
      throw new Fault(
        'bad-input',
        'reading filter: "gruop:iot" at column 8: there is no such key\ntag:ok gruop:iot\n       ^^^^^^^^^',
        'did you mean group:?',
      );
    },
  };
  const { code, err } = await rollcall(['devices', 'tag:ok', 'gruop:iot'], { answers });
  assert.equal(code, 2);
  assert.equal(
    err,
    'rollcall: reading filter: "gruop:iot" at column 8: there is no such key\n  tag:ok gruop:iot\n         ^^^^^^^^^\n  remedy: did you mean group:?\n',
  );
});

test('a past moment is sent in UTC, whichever way it was typed', async () => {
  const moments = {
    '2h': '2026-11-21T10:00:00.000Z',
    '2026-11-20': '2026-11-20T00:00:00.000Z',
    '2026-11-20T03:00+02:00': '2026-11-20T01:00:00.000Z',
  };
  for (const [typed, at] of Object.entries(moments)) {
    const { calls } = await rollcall(['devices', '--at', typed], { answers: listing() });
    assert.deepEqual(calls[0]?.input, { at });
  }
});

test('bad input is refused with the value and a remedy, and nobody is asked', async () => {
  const refused: [string[], RegExp][] = [
    [['devices', '--at', 'yesterday'], /reading --at "yesterday": it is not a time\n  remedy: write a time like/],
    [['devices', '--at', '2026-02-30'], /reading --at "2026-02-30": it is not a time/],
    [['devices', '--present', '--away'], /option "--present" cannot be used with option "--away"/],
    [['devices', '--awya'], /unknown option "--awya"\n  remedy: did you mean --away\?/],
  ];
  for (const [argv, message] of refused) {
    const { code, out, err } = await rollcall(argv);
    assert.equal(code, 2);
    assert.equal(out, '');
    assert.match(err, message);
    assert.ok(err.startsWith('rollcall: reading '), err);
  }
});

const HOSTILE = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202egnp.exe\u200b\nroot';

test('S5, S6: a hostile name can neither steer the terminal nor hide', async () => {
  const answers = listing(device({ name: HOSTILE, vendor: HOSTILE }));
  const { out } = await rollcall(['devices'], { answers, tty: true, env: { NO_COLOR: '1' } });
  assert.doesNotMatch(out, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/);
  assert.equal(out.trimEnd().split('\n').length, 2);
  assert.match(out, /\\u\{1b\}\]0;owned\\u\{7\}\\u\{1b\}\[2J\\u\{9b\}31m\\u\{202…/);
});

test('S5: the JSON of a hostile name is plain, and parses back to it', async () => {
  const ran = await rollcall(['devices', '--json'], { answers: listing(device({ name: HOSTILE })), tty: true });
  assert.doesNotMatch(ran.out, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/);
  assert.equal(ran.json()[0].name, HOSTILE);
});

test('a terminal that wants colours gets them; NO_COLOR, dumb ones and pipes do not', async () => {
  const answers = listing(device());
  assert.match((await rollcall(['devices'], { answers, tty: true })).out, /\u001b\[32mpresent\u001b\[39m/);
  assert.doesNotMatch((await rollcall(['devices'], { answers, tty: true, env: { NO_COLOR: '1' } })).out, /\u001b/);
  assert.doesNotMatch((await rollcall(['devices'], { answers, tty: true, env: { TERM: 'dumb' } })).out, /\u001b/);
  assert.doesNotMatch((await rollcall(['devices'], { answers })).out, /\u001b/);
});

test('--quiet leaves the result alone', async () => {
  const { out, err } = await rollcall(['devices', '--quiet'], { answers: listing(device()) });
  assert.equal(out.split('\n').length, 3);
  assert.equal(err, '');
});
