import assert from 'node:assert/strict';
import { test } from 'node:test';
import { channel, mute, rule, windows } from '../make/alerts.ts';
import { AT, HOUR, MINUTE } from '../make/device.ts';
import { refused, Stand, taken } from './stand.ts';

const SECOND = 1000;
const left = (of: number) => ({ kind: 'device.left', of }) as const;
const back = (of: number) => ({ kind: 'device.returned', of }) as const;
const timesOf = (stand: Stand, name = 'mail'): number[] =>
  stand.arrived.filter(({ channel: to }) => to === name).map(({ at }) => at / SECOND);

test('quiet hours put off into one digest for each channel; critical ones and those that pass through go out', () => {
  const quiet = windows('22:00-07:00');
  const rules = [
    rule(),
    rule({ name: 'new', on: ['device.appeared'] }),
    rule({ name: 'blind', on: ['vantage.blind'], urgency: 'critical' }),
    rule({ name: 'storm', on: ['storm.began'], through: true }),
  ];
  const stand = new Stand({ terms: { quiet, rules, channels: [channel('mail'), channel('chat'), channel('log', { quiet: [] })] } });
  const night = 15 * HOUR; // 23:00
  stand
    .at(night, left(1))
    .at(night + HOUR, { kind: 'device.appeared', of: 2 })
    .at(night + 2 * HOUR, back(1))
    .at(night + 3 * HOUR, { kind: 'vantage.blind', of: 'x' }, { kind: 'storm.began', of: 'y' })
    .run();
  for (const name of ['mail', 'chat']) {
    assert.deepEqual(timesOf(stand, name), [18 * 3600, 18 * 3600, 23 * 3600]);
    assert.deepEqual(stand.told(name).at(-1), 'digest held back: over: host1.lan left, host2.lan is new: host1.lan, host2.lan');
  }
  assert.equal(stand.told('log').length, 5);
  assert.match(
    stand.verdicts.get(1)?.rules[0]?.text ?? '',
    /tells mail at 2026-01-06 07:00 \(quiet hours \(22:00-07:00\) until 2026-01-06 07:00\), chat at/,
  );
  const digest = stand.arrived.find(({ channel: to, row }) => to === 'mail' && row.kind === 'digest');
  assert.match(digest?.message.text ?? '', /held back: quiet hours \(22:00-07:00\) until 2026-01-06 07:00/);
});

test('what would be tried again, or gather, in quiet hours goes into the digest', () => {
  const quiet = windows('08:01-09:00');
  const stand = new Stand({ terms: { quiet }, sink: (_, at) => (at < MINUTE ? refused() : taken()) });
  stand
    .at(0, left(1))
    .at(SECOND, left(2))
    .at(2 * SECOND, left(3))
    .at(45 * SECOND, left(4))
    .run();
  assert.deepEqual(timesOf(stand), [3600]);
  assert.deepEqual(stand.arrived[0]?.row.lines.map(({ seq }) => seq).sort(), [1, 2, 3, 4]);
  const folded = [...stand.rows.values()].filter(({ state }) => state === 'folded');
  assert.ok(folded.length > 0 && folded.every(({ instead }) => instead === stand.arrived[0]?.row.id));
});

test('maintenance puts off what it covers until it is over, and tells it then', () => {
  const mutes = [mute({ kind: 'maintenance', rule: 'left', from: AT, until: AT + 2 * HOUR, why: 'new switch' })];
  const stand = new Stand({ terms: { mutes, rules: [rule({ urgency: 'critical' }), rule({ name: 'new', on: ['device.appeared'] })] } });
  stand
    .at(0, left(1))
    .at(HOUR, { kind: 'device.appeared', of: 2 })
    .at(90 * MINUTE, left(3))
    .at(3 * HOUR, left(4))
    .run();
  assert.deepEqual(stand.told(), [
    'opened host2.lan is new',
    'digest held back: 2 devices left: host1.lan, host3.lan',
    'opened host4.lan left',
  ]);
  assert.deepEqual(timesOf(stand), [3600, 7200, 10_800]);
});

test('maintenance that a person ends early lets go of what it held', () => {
  const on = mute({ kind: 'maintenance', from: AT, until: AT + 20 * HOUR });
  const stand = new Stand({ terms: { mutes: [on] } }).at(0, left(1));
  stand.do(HOUR, () => {
    stand.terms = { ...stand.terms, mutes: [{ ...on, endedAt: stand.now }] };
    stand.beat();
  });
  stand.run();
  assert.deepEqual(timesOf(stand), [3600]);
});

test('upkeep comes again each week, and what it holds goes on into quiet hours that follow', () => {
  const upkeep = [{ name: 'backup', hours: windows('Mon 08:00-10:00'), where: 'tag:nas', why: 'disks' }];
  const stand = new Stand({ terms: { upkeep, quiet: windows('09:30-12:00') } })
    .at(0, left(1))
    .at(1, { ...left(2), happening: { fits: () => false } })
    .run();
  assert.deepEqual(timesOf(stand), [0.001, 4 * 3600]);
  assert.match(stand.rows.get(1)?.kind ?? '', /digest/);
});

test('quiet hours that are made longer hold back what waited for their end', () => {
  const stand = new Stand({ terms: { quiet: windows('07:00-10:00') } }).at(HOUR, left(7));
  stand.do(1.5 * HOUR, () => {
    stand.terms = { ...stand.terms, quiet: windows('07:00-14:00') };
    stand.beat();
  });
  stand.run(24 * HOUR);
  assert.deepEqual([stand.told(), timesOf(stand)], [['digest held back: host7.lan left'], [6 * 3600]]);
});

test('quiet hours that begin while much is on its way let nothing through but what was sent before', () => {
  const stand = new Stand({
    terms: { quiet: windows('08:01-09:00'), rules: [rule({ group: 'subject' })], channels: [channel('log', { ceiling: 0 })] },
    latency: () => 10 * SECOND,
  });
  stand.at(0, ...Array.from({ length: 30 }, (_, i) => left(i + 1))).run();
  assert.deepEqual(timesOf(stand, 'log'), [10, 20, 30, 40, 50, 60, 3610]);
  assert.equal(stand.arrived.at(-1)?.row.lines.length, 24);
});

test('a ceiling that is lowered holds for what waits already', () => {
  const stand = new Stand({
    terms: { rules: [rule({ group: 'subject' })], channels: [channel('log', { ceiling: 0 })] },
    latency: () => SECOND,
  });
  stand.at(0, ...Array.from({ length: 9 }, (_, i) => left(i + 1)));
  stand.do(2500, () => stand.change({ channels: [channel('log', { ceiling: 3 })] })).run();
  assert.deepEqual(
    timesOf(stand, 'log').filter((at) => at < 600),
    [1, 2, 3],
  );
});
