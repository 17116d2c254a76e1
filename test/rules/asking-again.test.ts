import assert from 'node:assert/strict';
import { test } from 'node:test';
import { channel, DAY, mute, rule, windows } from '../make/alerts.ts';
import { AT, HOUR, MINUTE } from '../make/device.ts';
import { Stand } from './stand.ts';

/** Reminders and escalations: what they say, and when nobody is asked. */

const left = (of: number) => ({ kind: 'device.left', of }) as const;
const back = (of: number) => ({ kind: 'device.returned', of }) as const;

const told = (stand: Stand, name = 'mail'): string[] =>
  stand.arrived
    .filter((one) => one.channel === name)
    .map(({ at, row }) => `${at / HOUR}h ${row.kind}: ${row.lines.map(({ text }) => text.split(',')[0]).join(' + ')}`);

test('a reminder says what still goes on, and nothing of what is over', () => {
  const stand = new Stand({ terms: { rules: [rule({ remind: HOUR, group: 'rule' })] } })
    .at(0, left(7))
    .at(10 * MINUTE, left(8))
    .at(90 * MINUTE, back(8))
    .run(2 * HOUR);
  assert.deepEqual(told(stand).slice(2), [
    '1h reminder: host7.lan left + host8.lan left',
    '1.5h resolved: host8.lan is back',
    '2h reminder: host7.lan left',
  ]);
});

test('an escalation says what still goes on, also when it was told together with other incidents', () => {
  const rules = [rule({ group: 'subject', escalate: { after: HOUR, to: ['boss'] } })];
  const stand = new Stand({ terms: { rules, channels: [channel('mail'), channel('boss', { usual: false, ceiling: 0 })] } });
  for (const id of [1, 2, 3, 4, 5]) stand.at(id * MINUTE, left(id));
  stand.at(50 * MINUTE, back(4)).run(2 * HOUR);
  assert.deepEqual(
    stand.arrived.filter(({ row }) => row.kind === 'escalation').map(({ row }) => row.title),
    [1, 2, 3, 5].map((id) => `nobody took note: host${id}.lan left`),
  );
});

test('of what was lost long ago a reminder says how much of it still goes on', () => {
  const stand = new Stand({ terms: { rules: [rule({ remind: 3 * DAY, group: 'rule' })] } })
    .at(0, left(7), left(8))
    .at(HOUR, back(8))
    .run(3 * DAY);
  assert.match(told(stand).at(-1) ?? '', /^72h reminder: 2 devices left \(1 of 2 still\)$/);
});

test('what maintenance holds back is reminded of only after it was told', () => {
  const mutes = [mute({ kind: 'maintenance', until: AT + 4 * HOUR })];
  const rules = [rule({ remind: HOUR, escalate: { after: 90 * MINUTE, to: ['boss'] } })];
  const stand = new Stand({ terms: { rules, mutes, channels: [channel('mail'), channel('boss', { usual: false })] } })
    .at(HOUR, left(7))
    .run(6 * HOUR);
  assert.deepEqual(told(stand), ['4h digest: host7.lan left', '5h reminder: host7.lan left', '6h reminder: host7.lan left']);
  assert.deepEqual(told(stand, 'boss'), ['5.5h escalation: host7.lan left', '6h reminder: host7.lan left']);
});

test('nobody is asked in quiet hours: once they are over, unless somebody took note meanwhile', () => {
  const terms = {
    rules: [rule({ remind: HOUR, escalate: { after: 90 * MINUTE, to: ['boss'] } })],
    channels: [channel('mail'), channel('boss', { usual: false })],
    quiet: windows('09:30-12:00'),
  };
  const night = new Stand({ terms }).at(HOUR, left(7)).run(4 * HOUR);
  assert.deepEqual(told(night), ['1h opened: host7.lan left', '4h reminder: host7.lan left']);
  assert.deepEqual(told(night, 'boss'), ['4h escalation: host7.lan left']);
  const noted = new Stand({ terms }).at(HOUR, left(7));
  noted.do(3 * HOUR, () => noted.acknowledge('open', 'eve')).run(DAY);
  assert.deepEqual([told(noted), told(noted, 'boss')], [['1h opened: host7.lan left'], []]);
});

test('a mute, maintenance and upkeep of some devices remind nobody of these, and of the others still', () => {
  const silent = { from: AT + 90 * MINUTE, until: AT + 4 * HOUR, where: 'tag:lab' };
  for (const fields of [
    { mutes: [mute(silent)] },
    { mutes: [mute({ ...silent, kind: 'maintenance' })] },
    { upkeep: [{ name: 'lab', hours: windows('09:30-12:00'), where: 'tag:lab', why: null }] },
  ]) {
    const rules = [rule({ remind: HOUR, group: 'rule', escalate: { after: 2 * HOUR, to: ['boss'] } })];
    const terms = { rules, channels: [channel('mail'), channel('boss', { usual: false })], ...fields };
    const alone = new Stand({ terms, fits: (device) => device === 7 }).at(0, left(7)).run(4 * HOUR);
    assert.deepEqual(told(alone), ['0h opened: host7.lan left', '1h reminder: host7.lan left', '4h reminder: host7.lan left']);
    assert.deepEqual(told(alone, 'boss'), ['4h escalation: host7.lan left']);
    const both = new Stand({ terms, fits: (device) => device === 7 }).at(0, left(7), left(8)).run(4 * HOUR);
    assert.deepEqual(told(both).slice(1), [
      '1h reminder: host7.lan left + host8.lan left',
      '2h reminder: host8.lan left',
      '3h reminder: host8.lan left',
      '4h reminder: host7.lan left + host8.lan left',
    ]);
    assert.deepEqual(told(both, 'boss')[0], '2h escalation: host8.lan left');
  }
});

test('several mutes that silence all of an incident together remind nobody until the first is over', () => {
  const mutes = [
    mute({ where: '#7', from: AT + MINUTE, until: AT + 2.5 * HOUR }),
    mute({ where: '#8', from: AT + MINUTE, until: AT + 9 * HOUR }),
  ];
  const terms = { rules: [rule({ remind: 3 * HOUR, group: 'rule' })], mutes };
  const stand = new Stand({ terms, fits: (device, where) => where === `#${device}` }).at(0, left(7), left(8)).run(3 * HOUR);
  assert.deepEqual(told(stand).slice(1), ['3h reminder: host7.lan left']);
});

test('a filter that fails silences nobody', () => {
  const fits = (): never => assert.fail('it cannot be read');
  const terms = { rules: [rule({ remind: HOUR })], mutes: [mute({ where: 'x', from: AT + MINUTE })] };
  assert.equal(told(new Stand({ terms, fits }).at(0, left(7)).run(HOUR)).length, 2);
});

test('a muted rule reminds nobody, until the mute is over', () => {
  for (const fields of [{ rule: 'left' }, { kinds: ['device.left'] as const }, {}]) {
    const stand = new Stand({
      terms: {
        rules: [rule({ remind: HOUR, escalate: { after: 2 * HOUR, to: ['boss'] } })],
        channels: [channel('mail'), channel('boss', { usual: false })],
      },
    });
    stand.at(0, left(7)).do(90 * MINUTE, () => {
      stand.terms = { ...stand.terms, mutes: [mute({ from: AT, until: AT + 4 * HOUR, ...fields })] };
    });
    stand.run(4 * HOUR);
    assert.deepEqual(told(stand), ['0h opened: host7.lan left', '1h reminder: host7.lan left', '4h reminder: host7.lan left']);
    assert.deepEqual(told(stand, 'boss'), ['4h escalation: host7.lan left']);
  }
  const other = new Stand({
    terms: {
      rules: [rule({ remind: HOUR })],
      mutes: [mute({ from: AT + MINUTE, rule: 'another' }), mute({ from: AT + MINUTE, kinds: ['port.opened'] })],
    },
  });
  assert.equal(told(other.at(0, left(7)).run(3 * HOUR)).length, 4);
});
