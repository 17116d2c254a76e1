import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wakeAt } from '../../src/rules/index.ts';
import { channel, DAY, rule, windows } from '../make/alerts.ts';
import { AT, HOUR, MINUTE } from '../make/device.ts';
import { refused, Stand, taken } from './stand.ts';

const left = (of: number) => ({ kind: 'device.left', of }) as const;
const back = (of: number) => ({ kind: 'device.returned', of }) as const;
const timesOf = (stand: Stand, name = 'mail'): number[] =>
  stand.arrived.filter(({ channel: to }) => to === name).map(({ at }) => at / HOUR);

test('people are reminded until somebody takes note, and no longer', () => {
  const stand = new Stand({ terms: { rules: [rule({ remind: HOUR })] } }).at(0, left(7));
  stand.do(2.5 * HOUR, () => stand.acknowledge([1], 'anna')).run(DAY);
  assert.deepEqual(stand.told(), ['opened host7.lan left', 'reminder still: host7.lan left', 'reminder still: host7.lan left']);
  assert.deepEqual(timesOf(stand), [0, 1, 2]);
  assert.deepEqual(stand.incidents.get(1)?.acknowledged, { at: AT + 2.5 * HOUR, by: 'anna' });
  assert.equal(stand.incidents.get(1)?.closedAt, null, 'a device that is away is still away');
});

test('people are reminded until it is over, and no longer', () => {
  const stand = new Stand({ terms: { rules: [rule({ remind: HOUR })] } })
    .at(0, left(7))
    .at(90 * MINUTE, back(7))
    .run(DAY);
  assert.deepEqual(stand.told(), ['opened host7.lan left', 'reminder still: host7.lan left', 'resolved over: host7.lan is back']);
});

test('a reminder that still waits is not doubled, and goes no more when somebody took note meanwhile', () => {
  const down = new Stand({
    terms: { rules: [rule({ remind: HOUR })] },
    sink: (_, at) => (at > MINUTE && at < 5 * HOUR ? refused() : taken()),
  });
  down.at(0, left(7)).run(5.2 * HOUR);
  assert.deepEqual(down.told(), ['opened host7.lan left', 'reminder still: host7.lan left']);
  const noted = new Stand({
    terms: { rules: [rule({ remind: HOUR })] },
    sink: (_, at) => (at > MINUTE && at < 5 * HOUR ? refused() : taken()),
  });
  noted
    .at(0, left(7))
    .do(4 * HOUR, () => noted.acknowledge('open', null))
    .run(DAY);
  assert.deepEqual(noted.told(), ['opened host7.lan left']);
  assert.deepEqual([noted.rows.get(2)?.state, noted.rows.get(2)?.because], ['folded', 'somebody took note of it']);
});

test('what nobody took note of goes to others, once, and they hear of its end', () => {
  const channels = [channel('mail'), channel('pager', { usual: false })];
  const rules = [rule({ escalate: { after: 10 * MINUTE, to: ['pager'] } })];
  const stand = new Stand({ terms: { channels, rules } }).at(0, left(7)).at(HOUR, back(7)).run();
  assert.deepEqual(stand.told('pager'), ['escalation nobody took note: host7.lan left', 'resolved over: host7.lan is back']);
  assert.deepEqual(stand.incidents.get(1)?.to, ['mail', 'pager']);
  const noted = new Stand({ terms: { channels, rules } }).at(0, left(7));
  noted.do(5 * MINUTE, () => noted.acknowledge('open')).run(DAY);
  assert.deepEqual(noted.told('pager'), []);
});

test('what is new in an incident of which somebody took note has to be taken note of anew', () => {
  const rules = [rule({ group: 'rule', remind: HOUR })];
  const stand = new Stand({ terms: { rules } }).at(0, left(7));
  stand
    .do(MINUTE, () => stand.acknowledge('open', 'anna'))
    .at(2 * HOUR, left(8))
    .run(2 * HOUR + MINUTE);
  assert.equal(stand.incidents.get(1)?.acknowledged, null);
  assert.equal(stand.incidents.get(1)?.remindAt, AT + 3 * HOUR);
});

test('what has no end of its own is closed after a calm day, or when somebody takes note', () => {
  const rules = [rule({ on: ['service.changed'] })];
  const calm = new Stand({ terms: { rules } }).at(0, { kind: 'service.changed', of: 7, port: 22 }).run();
  assert.deepEqual([calm.incidents.get(1)?.closedBy, calm.incidents.get(1)?.closedAt], ['calm', AT + DAY]);
  assert.equal(wakeAt(calm.desk), null);
  const noted = new Stand({ terms: { rules } }).at(0, { kind: 'service.changed', of: 7, port: 22 });
  noted.do(HOUR, () => noted.acknowledge('open', 'anna')).run(2 * HOUR);
  assert.deepEqual([noted.incidents.get(1)?.closedBy, noted.incidents.get(1)?.closedAt], ['acknowledged', AT + HOUR]);
});

test('an open port is over when it is closed, and nothing to wait for otherwise', () => {
  const rules = [rule({ on: ['port.opened'] })];
  const opened = { kind: 'port.opened', of: 7, port: 22 } as const;
  const closed = new Stand({ terms: { rules } })
    .at(0, opened)
    .at(HOUR, { ...opened, kind: 'port.closed' })
    .run();
  assert.deepEqual(closed.told(), ['opened host7.lan opened 22/tcp', 'resolved over: host7.lan closed 22/tcp']);
  const open = new Stand({ terms: { rules } }).at(0, opened).run();
  assert.equal(open.incidents.get(1)?.closedBy, 'calm');
});

test('a device that is away keeps its incident open for weeks', () => {
  const stand = new Stand()
    .at(0, left(7))
    .at(20 * DAY, back(7))
    .run();
  assert.deepEqual(stand.told(), ['opened host7.lan left', 'resolved over: host7.lan is back']);
});

test('acknowledging twice, or what is not there, changes nothing', () => {
  const stand = new Stand().at(0, left(7));
  stand.do(MINUTE, () => stand.acknowledge([1, 1, 99], 'anna'));
  stand.do(HOUR, () => stand.acknowledge('open', 'bo')).run(DAY);
  assert.deepEqual(stand.incidents.get(1)?.acknowledged, { at: AT + MINUTE, by: 'anna' });
});

test('a reminder of which the lines are forgotten says what the incident is called', () => {
  const stand = new Stand({ terms: { rules: [rule({ remind: 2 * DAY })] } }).at(0, left(7)).run(2 * DAY + HOUR);
  assert.deepEqual(stand.told(), ['opened host7.lan left', 'reminder still: host7.lan left']);
});

test('a rule that is gone reminds nobody', () => {
  const stand = new Stand({ terms: { rules: [rule({ remind: HOUR, escalate: { after: HOUR, to: ['mail'] } })] } }).at(0, left(7));
  stand.do(MINUTE, () => {
    stand.terms = { ...stand.terms, rules: [] };
  });
  stand.run(DAY);
  assert.equal(stand.arrived.length, 1);
});

test('nobody is reminded by night, and once in the morning', () => {
  const stand = new Stand({ terms: { quiet: windows('22:00-07:00'), rules: [rule({ remind: 2 * HOUR })] } })
    .at(12 * HOUR, left(7))
    .run(23 * HOUR);
  assert.deepEqual(stand.told(), ['opened host7.lan left', 'reminder still: host7.lan left']);
  assert.deepEqual(timesOf(stand), [12, 23]);
});

test('channels that are being told something wake nobody', () => {
  const stand = new Stand({ latency: () => HOUR }).at(0, left(7)).run(MINUTE);
  assert.equal(wakeAt(stand.desk), AT);
  assert.equal(wakeAt(stand.desk, new Set(['mail'])), null);
});
