import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge, nextTo, settle } from '../../src/rules/index.ts';
import { channel, DAY, happeningOf, rule, terms } from '../make/alerts.ts';
import { AT, HOUR, MINUTE } from '../make/device.ts';
import { refused, Stand, taken } from './stand.ts';

const SECOND = 1000;
const minutesOf = ({ arrived }: Stand): number[] => arrived.map(({ at }) => Math.floor(at / MINUTE));
const linesOf = (stand: Stand, name = 'mail'): number[] =>
  stand.arrived.filter(({ channel: to }) => to === name).flatMap(({ row }) => row.lines.map(({ seq }) => seq));

/** The most messages of one cause that a channel heard within any ten minutes. */
function busiest({ arrived }: Stand, name = 'mail'): number {
  const times = arrived.filter(({ channel: to, row }) => to === name && row.kind !== 'edit').map(({ at }) => at);
  return Math.max(0, ...times.map((at) => times.filter((other) => other >= at && other < at + 10 * MINUTE).length));
}

test('a device that left is told at once, and that it is back', () => {
  const stand = new Stand().at(0, { kind: 'device.left', of: 7 }).at(HOUR, { kind: 'device.returned', of: 7 }).run();
  assert.deepEqual(stand.told(), ['opened host7.lan left', 'resolved over: host7.lan is back']);
  assert.deepEqual(
    stand.arrived.map(({ at }) => at),
    [0, HOUR],
  );
  assert.deepEqual([stand.verdict(1), stand.verdict(2)], ['tell first', 'tell resolved']);
  assert.equal(stand.incidents.get(1)?.closedBy, 'over');
});

test('G5: 254 hosts lost at once, in as many commits within a minute, are three messages in ten minutes, and nobody is left out', () => {
  const stand = new Stand();
  for (let i = 1; i <= 254; i++) stand.at(Math.floor((i * MINUTE) / 254), { kind: 'device.left', of: i });
  stand.run();
  assert.equal(busiest(stand), 3);
  assert.deepEqual(minutesOf(stand), [0, 0, 0, 10]);
  assert.deepEqual(
    linesOf(stand).sort((a, b) => a - b),
    Array.from({ length: 254 }, (_, i) => i + 1),
  );
  assert.match(stand.told()[3] ?? '', /^opened 1\d\d devices left: host\d+\.lan, host\d+\.lan, host\d+\.lan and 1\d\d more$/);
  assert.match(stand.rows.get(4)?.title ?? '', /devices left/);
});

test('what another rule tells is read by people, also when the message that gathers is full already', () => {
  const rules = [rule({ group: 'subject' }), rule({ name: 'blind', on: ['vantage.blind'], urgency: 'high' })];
  const stand = new Stand({ terms: { rules, channels: [channel('mail', { ceiling: 1 })] } });
  for (let i = 1; i <= 254; i++) stand.at(i * 100, { kind: 'device.left', of: i });
  stand.at(MINUTE, { kind: 'vantage.blind', of: '10.0.0.0/24' }).run();
  assert.ok(linesOf(stand).includes(255), stand.told().join('\n'));
  assert.equal(busiest(stand), 1);
  const lines = stand.arrived.map(({ row }) => row.lines.length + row.more);
  assert.deepEqual(lines, [1, 253, 1]);
});

test('R42: what one scan finds lost is one incident and one message, with two hundred lines and a count of the rest', () => {
  const stand = new Stand();
  stand.at(0, ...Array.from({ length: 254 }, (_, i) => ({ kind: 'device.left' as const, of: i + 1 }))).run();
  assert.deepEqual([stand.arrived.length, stand.incidents.size], [1, 1]);
  const [message] = stand.arrived;
  assert.deepEqual([message?.row.lines.length, message?.row.more], [200, 54]);
  assert.match(message?.message.text ?? '', /and 54 more changes/);
  assert.equal(stand.incidents.get(1)?.count, 254);
  assert.equal(stand.incidents.get(1)?.title, '254 devices left');
});

test('R38: a laptop that comes and goes for a day floods nobody, and its last word is told', () => {
  const stand = new Stand();
  for (let at = 0; at < DAY; at += 4 * MINUTE)
    stand.at(at, { kind: 'device.left', of: 7 }).at(at + 2 * MINUTE, { kind: 'device.returned', of: 7 });
  stand.run();
  assert.ok(busiest(stand) <= 3, `${busiest(stand)} in ten minutes`);
  assert.equal(linesOf(stand).at(-1), 720);
  assert.equal(new Set(linesOf(stand)).size, 720, 'each is told once');
  assert.ok([...stand.incidents.values()].every(({ closedBy }) => closedBy === 'over'));
});

test('a cooldown makes a restless laptop a message an hour', () => {
  const stand = new Stand({ terms: { rules: [rule({ cooldown: HOUR, resolved: false })] } });
  for (let at = 0; at < DAY; at += 4 * MINUTE)
    stand.at(at, { kind: 'device.left', of: 7 }).at(at + 2 * MINUTE, { kind: 'device.returned', of: 7 });
  stand.run();
  assert.equal(stand.arrived.length, 24);
  assert.equal(stand.verdict(3), 'quiet cooldown');
});

test('R41: a storm of strangers and its strangers are three messages at most, together', () => {
  const rules = [rule({ name: 'storm', on: ['storm.began'], group: 'subject' }), rule({ name: 'new', on: ['device.appeared'] })];
  const stand = new Stand({ terms: { rules } }).at(0, { kind: 'storm.began', of: '10.0.0.0/24' });
  for (let i = 1; i <= 30; i++) stand.at(i * SECOND, { kind: 'device.appeared', of: i });
  stand.at(HOUR, { kind: 'storm.ended', of: '10.0.0.0/24' }).run();
  assert.deepEqual(minutesOf(stand), [0, 0, 60]);
  assert.deepEqual(
    linesOf(stand).sort((a, b) => a - b),
    Array.from({ length: 32 }, (_, i) => i + 1),
  );
});

const RULES = [
  rule(),
  rule({ name: 'important', urgency: 'high', group: 'subject' }),
  rule({ name: 'back', on: ['device.returned', 'device.flapping'] }),
  rule({ name: 'ports', on: ['port.opened', 'service.changed'] }),
  rule({ name: 'trouble', on: ['segment.lost', 'vantage.blind', 'address.conflict'], group: 'subject' }),
  rule({ name: 'gateway', on: ['gateway.changed'], urgency: 'critical', group: 'subject' }),
];

test('G5: 254 hosts lost over some minutes, by five rules, while the network goes blind: three messages in ten minutes', () => {
  const stand = new Stand({ terms: { rules: RULES, channels: [channel('mail'), channel('chat', { edits: true })] } });
  for (let i = 1; i <= 254; i++) stand.at(Math.floor((i * 6 * MINUTE) / 254), { kind: 'device.left', of: i });
  stand.at(MINUTE, { kind: 'segment.lost', of: 'lan' }).at(3 * MINUTE, { kind: 'vantage.blind', of: 'lan' });
  stand.at(40 * MINUTE, ...Array.from({ length: 254 }, (_, i) => ({ kind: 'device.returned' as const, of: i + 1 }))).run();
  for (const name of ['mail', 'chat']) assert.equal(busiest(stand, name), 3);
  assert.ok([...stand.verdicts.values()].every(({ rules }) => rules.every(({ verdict }) => verdict === 'tell')));
});

test('R38, G5: what several rules tell of one device in ten minutes is three messages', () => {
  const stand = new Stand({ terms: { rules: RULES } });
  for (let turn = 0; turn < 15; turn++)
    stand
      .at(turn * 4 * MINUTE, { kind: 'device.left', of: 7 })
      .at((turn * 4 + 1) * MINUTE, { kind: 'device.returned', of: 7 })
      .at((turn * 4 + 2) * MINUTE, { kind: 'port.opened', of: 7, port: 1000 + turn });
  stand.run();
  assert.equal(busiest(stand), 3);
  assert.deepEqual(
    linesOf(stand)
      .sort((a, b) => a - b)
      .filter((seq, i, all) => seq !== all[i - 1]),
    Array.from({ length: 45 }, (_, i) => i + 1),
  );
});

test('what has nothing to do with each other is told at once, however much there is', () => {
  const stand = new Stand({ terms: { rules: RULES } })
    .at(0, { kind: 'port.opened', of: 1, port: 80 })
    .at(SECOND, { kind: 'port.opened', of: 1, port: 81 })
    .at(2 * SECOND, { kind: 'device.returned', of: 3 })
    .at(3 * SECOND, { kind: 'device.flapping', of: 4 })
    .run();
  assert.deepEqual(
    stand.arrived.map(({ at }) => at / SECOND),
    [0, 1, 2, 3],
  );
});

test('the first critical word of a cause does not wait for what is not critical; the next one of it does', () => {
  const stand = new Stand({ terms: { rules: RULES } });
  for (let i = 1; i <= 9; i++) stand.at(i * 10 * SECOND, { kind: 'vantage.blind', of: `lan ${i}` });
  stand
    .at(2 * MINUTE, { kind: 'gateway.changed', of: 'a' })
    .at(3 * MINUTE, { kind: 'gateway.changed', of: 'b' })
    .run();
  const critical = stand.arrived.filter(({ row }) => row.urgency === 'critical');
  assert.deepEqual(
    critical.map(({ at }) => at / MINUTE),
    [2, 10 + 1 / 6],
  );
  assert.equal(busiest(stand), 3, 'the last place was kept for it');
  assert.equal(new Set(linesOf(stand)).size, 11);
});

test('the first critical word goes beyond the ceiling where nobody could know that it comes', () => {
  const stand = new Stand({ terms: { rules: RULES } });
  for (let i = 1; i <= 9; i++) stand.at(i * 10 * SECOND, { kind: 'device.returned', of: i });
  stand
    .at(2 * MINUTE, { kind: 'gateway.changed', of: 'a' })
    .at(3 * MINUTE, { kind: 'gateway.changed', of: 'b' })
    .run();
  const critical = stand.arrived.filter(({ row }) => row.urgency === 'critical');
  assert.deepEqual(
    critical.map(({ at }) => at / MINUTE),
    [2, 10 + 1 / 3],
  );
  assert.equal(busiest(stand), 4);
});

test('the first critical word goes at once where there is room, instead of gathering', () => {
  const stand = new Stand({ terms: { rules: RULES } })
    .at(0, { kind: 'vantage.blind', of: 'x' })
    .at(SECOND, { kind: 'address.conflict', of: 'y' })
    .at(2 * SECOND, { kind: 'gateway.changed', of: 'z' })
    .run();
  assert.deepEqual(
    stand.arrived.map(({ at }) => at / SECOND),
    [0, 2, 31],
  );
});

test('R18, G4: of 500 changes while a sink is down for 24 hours all are told in order, and no more than its ceiling at once', () => {
  const stand = new Stand({
    terms: { rules: [rule(), rule({ name: 'new', on: ['device.appeared'] })] },
    sink: (_, at) => (at < DAY ? refused() : taken()),
    dice: () => 0.5,
  });
  for (let i = 0; i < 500; i++) stand.at(i * 2 * MINUTE, { kind: i % 2 ? 'device.appeared' : 'device.left', of: i + 1 });
  stand.run();
  const rows = [...stand.rows.values()];
  assert.equal(rows.filter(({ state }) => state === 'waiting').length, 0);
  assert.ok(rows.length <= 8, `${rows.length} notifications`);
  assert.ok(
    stand.arrived.every(({ at }) => at >= DAY && at < DAY + 6 * MINUTE),
    'crash-free redelivery within a backoff',
  );
  for (const name of ['left', 'new']) {
    const of = stand.arrived.filter(({ row }) => row.rule === name);
    assert.ok(of.length <= 3);
    const seqs = of.flatMap(({ row }) => row.lines.map(({ seq }) => seq));
    assert.deepEqual(
      seqs,
      seqs.toSorted((a, b) => a - b),
    );
    assert.equal(seqs.length + of.reduce((sum, { row }) => sum + row.more, 0), 250);
  }
});

test('what a sink that stays down could not take is dead, to be seen, and can be sent anew under the same key', () => {
  let down = true;
  const stand = new Stand({ sink: () => (down ? refused() : taken()) }).at(0, { kind: 'device.left', of: 7 }).run(5 * DAY);
  const [dead] = stand.rows.values();
  assert.equal(dead?.state, 'dead');
  assert.match(dead?.because ?? '', /^could not be delivered for too long: it answered 503; wait$/);
  assert.ok((dead?.endedAt ?? 0) <= AT + 3 * DAY && (dead?.endedAt ?? 0) > AT + 3 * DAY - 6 * MINUTE);
  down = false;
  stand.do(6 * DAY, () => stand.resend(1)).run(7 * DAY);
  assert.deepEqual(
    stand.arrived.map(({ message }) => message.id),
    [dead?.key],
  );
  assert.equal(stand.rows.get(1)?.state, 'delivered');
});

test('ten thousand changes in one step, and one more beside ten thousand open incidents, take little time', () => {
  const asked = terms({ channels: [channel('mail'), channel('chat', { edits: true })] });
  const crowd = Array.from({ length: 10_000 }, (_, i) =>
    happeningOf({ kind: 'device.left', of: i + 1 }, { seq: i + 1, at: AT + i, scan: i }),
  );
  const { desk } = new Stand();
  const begun = process.cpuUsage();
  const full = judge(desk, { happenings: crowd, terms: asked, now: AT + 10_000 }).desk;
  const all = process.cpuUsage(begun);
  const single = process.cpuUsage();
  let next = full;
  for (let i = 1; i <= 20; i++) {
    const event = { kind: i % 2 ? 'device.left' : 'device.returned', of: i % 2 ? 20_000 + i : i } as const;
    const happening = happeningOf(event, { seq: 10_000 + i, at: AT + 20_000, scan: 20_000 + i });
    next = judge(next, { happenings: [happening], terms: asked, now: AT + 20_000 }).desk;
  }
  const one = process.cpuUsage(single);
  assert.ok(all.user < 1_500_000, `10,000 at once: ${all.user / 1000} ms`);
  assert.ok(one.user < 20 * 15_000, `20 more: ${one.user / 1000} ms`);
});

test('ten thousand that wait for a channel without a ceiling make no delivery dear', () => {
  const asked = terms({ rules: [rule({ group: 'subject' })], channels: [channel('log', { ceiling: 0 })] });
  const crowd = Array.from({ length: 10_000 }, (_, i) =>
    happeningOf({ kind: 'device.left', of: i + 1 }, { seq: i + 1, at: AT + i, scan: i }),
  );
  const now = AT + 10_000;
  let { desk } = judge(new Stand().desk, { happenings: crowd, terms: asked, now });
  const begun = process.cpuUsage();
  for (let i = 0; i < 300; i++) {
    const sent = nextTo(desk, 'log', now);
    assert.ok(sent);
    desk = settle(desk, { id: sent.id, sent, delivery: taken(), terms: asked, now, dice: 0 }).desk;
  }
  const { user } = process.cpuUsage(begun);
  assert.ok(user < 300 * 600, `${user / 300_000} ms each`);
});
