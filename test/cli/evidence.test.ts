import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttendeeJson, ProposalJson, TimelineJson, WhyStepJson } from '../../src/contract/index.ts';
import { rollcall } from './fake-world.ts';
import { change, device } from './make.ts';

const attendee = (over: Partial<AttendeeJson> = {}): AttendeeJson => ({
  id: 7,
  name: 'printer',
  owner: null,
  type: 'printer',
  guessed: true,
  addresses: ['192.0.2.20'],
  presence: 'present',
  since: '2026-11-21T08:30:00.000Z',
  lastSeen: '2026-11-21T11:59:00.000Z',
  ...over,
});

const who = (attendees: readonly AttendeeJson[]) => ({ 'presence.who': () => attendees });

test('who is here is told since when and for how long, people first', async () => {
  const anna = attendee({ id: 8, name: 'phone', owner: 'anna', type: 'phone', guessed: false, addresses: ['192.0.2.8', '2001:db8::8'] });
  const { code, out, err, calls } = await rollcall(['who'], { answers: who([anna, attendee()]) });
  assert.equal(code, 0);
  assert.deepEqual(calls[0]?.input, { presence: 'present', sort: 'recent' });
  assert.equal(
    out,
    `WHO   ID  DEVICE   TYPE      ADDRESS       SINCE                FOR
anna  8   phone    phone     192.0.2.8 +1  2026-11-21 08:30:00  3h 30m
-     7   printer  printer?  192.0.2.20    2026-11-21 08:30:00  3h 30m
`,
  );
  assert.equal(err, '2 devices present; 1 person owns some of them\n');
});

test('who is away is told with when it was seen last; filter words and order go to the daemon as they are', async () => {
  const { out, calls } = await rollcall(['who', '--away', '--sort', 'longest', 'group:iot', 'port:23'], {
    answers: who([attendee({ presence: 'away', since: null })]),
  });
  assert.deepEqual(calls[0]?.input, { presence: 'away', sort: 'longest', filter: 'group:iot port:23' });
  assert.match(out, /^ID .* LAST SEEN\n7 .* - +- +2026-11-21 11:59:00\n$/);
  assert.match((await rollcall(['who', '--unknown', '--away'], { answers: who([]) })).err, /cannot be used with/);
});

test('a hostile name cannot move the cursor', async () => {
  const { out } = await rollcall(['who'], { answers: who([attendee({ name: '\u001b[2Jx\u202e' })]), tty: true });
  assert.ok(out.includes('\\u{1b}[2Jx\\u{202e}'));
});

const timeline = (over: Partial<TimelineJson> = {}): TimelineJson => ({
  device: { id: 7, name: 'printer' },
  since: '2026-11-21T00:00:00.000Z',
  until: '2026-11-21T12:00:00.000Z',
  sessions: [
    { presence: 'away', from: '2026-11-21T03:00:00.000Z', to: '2026-11-21T06:00:00.000Z' },
    { presence: 'present', from: '2026-11-21T06:00:00.000Z', to: null },
  ],
  cut: false,
  seconds: { present: 21_600, away: 10_800, unknown: 0 },
  share: 2 / 3,
  ...over,
});

test('a timeline is one bar for a day, as wide as the terminal, then its sessions', async () => {
  const { out, err, calls } = await rollcall(['timeline', 'printer', '--since', '12h', '--ascii'], {
    answers: { 'presence.timeline': () => [timeline()] },
  });
  assert.deepEqual(calls[0]?.input, { device: ['printer'], since: '2026-11-21T00:00:00.000Z' });
  assert.equal(
    out,
    `printer (#7)  2026-11-21 00:00:00 to 2026-11-21 12:00:00
  ${' '.repeat(24)}${'.'.repeat(24)}${'#'.repeat(48)}
67 % present of the time it is known of: present 6h, away 3h, unknown 0s; 1 session

FROM                 TO                   LENGTH  PRESENCE
2026-11-21 03:00:00  2026-11-21 06:00:00  3h      away
2026-11-21 06:00:00  now                  6h      present
`,
  );
  assert.equal(err, '  # present  + partly  . away  ? unknown\n');
});

test('a week is a bar for each day, in colour on a terminal; several devices are a bar each', async () => {
  const week = timeline({ since: '2026-11-15T12:00:00.000Z' });
  const one = await rollcall(['timeline', '7'], { answers: { 'presence.timeline': () => [week] }, tty: true });
  const days = one.out.split('\n').filter((line) => /^ {2}(Mon|Tue|Wed|Thu|Fri|Sat|Sun) 2026-/.test(line));
  assert.equal(days.length, 7);
  assert.match(days.at(-1) ?? '', /\u001b\[32m█+\u001b\[39m/);
  const more = await rollcall(['timeline', '--filter', 'group:iot'], {
    answers: { 'presence.timeline': () => [week, { ...week, device: { id: 8, name: null } }] },
  });
  assert.deepEqual(more.calls[0]?.input.filter, 'group:iot');
  assert.match(more.out, /^#8 .*67 % .*█/m);
});

test('of many sessions the newest are listed; as JSON there are all', async () => {
  const begin = Date.parse('2026-11-21T00:00:00Z');
  const sessions = Array.from({ length: 100 }, (_, i) => ({
    presence: i % 2 === 0 ? ('present' as const) : ('away' as const),
    from: new Date(begin + i * 60_000).toISOString(),
    to: new Date(begin + (i + 1) * 60_000).toISOString(),
  }));
  const answers = { 'presence.timeline': () => [timeline({ sessions })] };
  const few = await rollcall(['timeline', '7'], { answers });
  assert.match(few.err, /60 earlier sessions not listed; --all lists them/);
  assert.equal((await rollcall(['timeline', '7', '--all'], { answers })).out.match(/^2026-/gm)?.length, 100);
  assert.equal((await rollcall(['timeline', '7', '--json'], { answers })).json()[0].sessions.length, 100);
  const none = await rollcall(['timeline']);
  assert.deepEqual([none.code, none.out], [2, '']);
});

const step = (over: Partial<WhyStepJson> = {}): WhyStepJson => {
  return { kind: 'belief', text: '', at: null, until: null, lastSeen: null, scan: null, commands: [], lines: [], ...over };
};

test('why a change was told: the scan with its command, the lines of the tool, what else it changed, what is lost', async () => {
  const coverage = { addresses: ['192.0.2.0/28'], ports: { tcp: '1-1000' }, depth: 'ports' as const, basis: 'asked' as const };
  const scan = { id: 31, plan: 'ports' as const, subject: '192.0.2.0/28', outcome: 'complete' as const, coverage };
  const steps = [
    step({
      kind: 'scan',
      text: 'ports of 192.0.2.0/28 ended complete',
      at: '2026-11-21T03:00:02.500Z',
      scan,
      commands: ['nmap -sS -- 192.0.2.0/28'],
    }),
    step({ kind: 'lines', text: 'what the tool of scan 31 wrote of it', lines: ['<port portid="22"/>', 'x\u001b[2J'] }),
    step({ kind: 'identity', text: 'the host was taken for this device because of its MAC' }),
    step({ kind: 'lost', text: 'its tolerance' }),
  ];
  const answers = {
    'why.change': () => ({ change: change(), steps, beside: [change({ seq: 13, kind: 'device.returned' })], verdict: null }),
  };
  const { code, out, calls } = await rollcall(['why', '12'], { answers });
  assert.equal(code, 0);
  assert.deepEqual(calls, [{ operation: 'why.change', input: { seq: 12 } }]);
  assert.equal(
    out,
    `change 12  port.opened  printer (#7)  2026-11-21 03:00:00
  22/tcp ssh OpenSSH 9.2

found by scan 31
  scan       ports of 192.0.2.0/28 ended complete, at 2026-11-21 03:00:02
             $ nmap -sS -- 192.0.2.0/28
             asked 192.0.2.0/28 for ports, tcp 1-1000
  output     what the tool of scan 31 wrote of it
             | <port portid="22"/>
             | x\\u{1b}[2J
  identity   the host was taken for this device because of its MAC
  not known  its tolerance
  rule       none has judged it

by the same scan
  13  device.returned${'  '}
`,
  );
});

test('why a word of a person was told says nothing of silence, as it looked for nobody; a look that says nothing by it does', async () => {
  const nobody = { addresses: [], ports: {}, depth: 'presence' as const, basis: 'asked' as const };
  const trail = async (plan: 'edit' | 'listen'): Promise<string> => {
    const scan = { id: 31, plan, subject: 'device set', outcome: 'complete' as const, coverage: nobody };
    const verdict = { at: '2026-11-21T03:00:03.000Z', rules: [] };
    const steps = [step({ kind: 'scan', text: 'it ended', at: '2026-11-21T03:00:02.500Z', scan })];
    return (await rollcall(['why', '12'], { answers: { 'why.change': () => ({ change: change(), steps, beside: [], verdict }) } })).out;
  };
  assert.ok((await trail('edit')).endsWith('\nsaid by edit 31\n  scan       it ended, at 2026-11-21 03:00:02\n'));
  assert.match(await trail('listen'), /found by scan 31\n.*\n +its silence says nothing of anybody\n$/);
});

test('why a device is what it is: each thing with its beginning; a number of a device has to be told from one of a change', async () => {
  const steps = [
    step({ text: 'address 192.0.2.20 by scan 31', at: '2026-11-21T03:00:00.000Z', lastSeen: '2026-11-21T11:59:00.000Z' }),
    step({ text: 'name old (dns) by scan 2', at: '2026-11-01T08:00:00.000Z', until: '2026-11-21T03:00:00.000Z' }),
    step({ text: `asked tcp ports 1,3-4,${Array.from({ length: 500 }, (_, i) => 2 * i + 7).join(',')} by scan 31` }),
    step({ kind: 'tolerance', text: 'it may be missed for 45m' }),
  ];
  const answers = { 'why.device': () => ({ device: device(), steps }) };
  const { out } = await rollcall(['why', 'printer', '--all'], { answers });
  assert.equal(
    out,
    `printer  #7  present
  2026-11-21 03:00:00  address 192.0.2.20 by scan 31, last seen 2026-11-21 11:59:00
  2026-11-01 08:00:00 to 2026-11-21 03:00:00  name old (dns) by scan 2
                       asked tcp 503 ports (1,3-4,7,9,11,13,15,17,19,21,23,25,27,29,...) by scan 31
  tolerance  it may be missed for 45m
`,
  );
  for (const argv of [
    ['why', '7', '--device'],
    ['why', '#7'],
  ])
    assert.deepEqual((await rollcall(argv, { answers })).calls[0]?.input, { reference: '7', all: false });
});

const member = (id: number) => ({
  id,
  name: 'phone',
  macs: ['02:00:5e:00:53:01'],
  addresses: ['192.0.2.8'],
  presence: 'present' as const,
  lastSeen: '2026-11-21T11:59:00.000Z',
});
const PROPOSAL: ProposalJson = {
  keep: member(8),
  absorb: [member(12)],
  confidence: 0.6,
  guess: true,
  reasons: ['both call themselves "phone"'],
};

test('proposals are listed under the ids of their devices, with reasons; accepted and rejected by them', async () => {
  const proposals = { 'merges.proposals': () => [PROPOSAL] };
  const listed = await rollcall(['merge'], { answers: proposals });
  assert.match(listed.out, /^8\+12 {4}60 %, a guess\n {6}phone \(#8\) {2}192\.0\.2\.8 /);
  assert.match(listed.out, /both call themselves "phone"/);
  const accepted = await rollcall(['merge', '--accept', '8+12'], { answers: { ...proposals, 'merges.merge': () => device({ id: 8 }) } });
  assert.deepEqual(accepted.calls.at(-1), { operation: 'merges.merge', input: { keep: '8', absorb: ['12'] } });
  assert.match(accepted.err, /take it back with "rollcall split 8 --undo 12"/);
  const rejected = await rollcall(['merge', '--reject', '#8+#12'], { answers: { ...proposals, 'merges.distinct': () => [device()] } });
  assert.deepEqual(rejected.calls.at(-1)?.input, { devices: ['8', '12'] });
  const unknown = await rollcall(['merge', '--accept', '1+2'], { answers: proposals });
  assert.deepEqual([unknown.code, unknown.calls.length], [2, 1]);
  assert.match((await rollcall(['merge', '8'])).err, /no other device is named/);
  const merged = await rollcall(['merge', 'phone', 'other', '--json'], { answers: { 'merges.merge': () => device({ id: 8 }) } });
  assert.deepEqual([merged.json().id, merged.calls[0]?.input], [8, { keep: 'phone', absorb: ['other'] }]);
});

test('S6: who joins a proposal after it was shown is not merged with it', async () => {
  const proposals = { 'merges.proposals': () => [{ ...PROPOSAL, absorb: [member(12), member(57)] }] };
  for (const ids of ['8+12', '8', '8+12+13', '8+57+12+13']) {
    const { code, err, calls } = await rollcall(['merge', '--accept', ids], { answers: proposals });
    assert.deepEqual([code, calls.length], [2, 1], ids);
    assert.match(err, /it is of phone \(#8\), phone \(#12\), phone \(#57\)\n {2}remedy: .* name all of them: 8\+12\+57/);
  }
});

test('a merge of several says how each is taken back', async () => {
  const answers = { 'merges.merge': () => device({ id: 8 }) };
  const { err } = await rollcall(['merge', '8', '12', 'old phone'], { answers });
  assert.match(err, /"rollcall split 8 --undo 12"\n.*"rollcall split 8 --undo 'old phone'"/);
});

test('a device is split by its MACs, or a merge taken back; either has to be said', async () => {
  const both = [device({ id: 8 }), device({ id: 12 })];
  const split = await rollcall(['split', 'phone', '02:00:5e:00:53:01'], { answers: { 'merges.split': () => both } });
  assert.deepEqual(split.calls[0]?.input, { device: 'phone', macs: ['02:00:5e:00:53:01'] });
  assert.match(split.out, /^apart now\n {2}printer \(#8\) /);
  const answers = { 'merges.undo': () => both };
  assert.deepEqual((await rollcall(['split', 'phone', '--undo'], { answers })).calls[0]?.input, { device: 'phone' });
  assert.deepEqual((await rollcall(['split', 'phone', '--undo', '12'], { answers })).calls[0]?.input, { device: 'phone', part: '12' });
  assert.equal((await rollcall(['split', 'phone'])).code, 2);
});

test('nothing is forgotten without --yes; what would be is named', async () => {
  const history = { device: device(), spans: [], changes: [] };
  const asked = await rollcall(['forget', 'printer'], { answers: { 'devices.get': () => history } });
  assert.deepEqual([asked.code, asked.calls.length], [2, 1]);
  assert.match(asked.err, /forgetting printer \(#7\): that cannot be taken back\n {2}remedy: say it again with --yes/);
  const done = await rollcall(['forget', 'printer', '--yes'], { answers: { 'devices.forget': () => [member(8)] } });
  assert.deepEqual([done.code, done.out], [0, 'forgot 1 device: phone (#8)\n']);
});
