import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messageOf, nextTo, settle, wakeAt } from '../../src/rules/index.ts';
import { channel, DAY, rule, windows } from '../make/alerts.ts';
import { HOUR, MINUTE } from '../make/device.ts';
import { refused, Stand, taken } from './stand.ts';

const SECOND = 1000;
const left = (of: number) => ({ kind: 'device.left', of }) as const;
const back = (of: number) => ({ kind: 'device.returned', of }) as const;
const timesOf = (stand: Stand, name = 'mail'): number[] =>
  stand.arrived.filter(({ channel: to }) => to === name).map(({ at }) => at / SECOND);

test('two at once, the third gathers half a minute, what comes after waits for room in ten minutes', () => {
  const stand = new Stand();
  for (let i = 0; i < 8; i++) stand.at(i * 10 * SECOND, left(i + 1));
  stand.run();
  assert.deepEqual(timesOf(stand), [0, 10, 50, 600]);
  assert.deepEqual(
    stand.arrived.map(({ row }) => row.lines.map(({ seq }) => seq)),
    [[1], [2], [3, 4, 5], [6, 7, 8]],
  );
  assert.match(stand.arrived[3]?.row.because ?? '', /^storm ceiling of 3 in ten minutes until 2026-01-05 08:10$/);
});

test('a ceiling of one tells the first at once and the rest ten minutes later; none tells each by itself', () => {
  const channels = [channel('pager', { ceiling: 1 }), channel('log', { ceiling: 0 })];
  const stand = new Stand({ terms: { channels } });
  for (let i = 0; i < 5; i++) stand.at(i * SECOND, left(i + 1));
  stand.run();
  assert.deepEqual(timesOf(stand, 'pager'), [0, 600]);
  assert.deepEqual(timesOf(stand, 'log'), [0, 1, 2, 3, 4]);
});

test('each rule is a cause of its own, and each channel counts for itself', () => {
  const rules = [rule(), rule({ name: 'new', on: ['device.appeared'] })];
  const stand = new Stand({ terms: { rules, channels: [channel('mail'), channel('chat')] } });
  stand.at(0, left(1)).at(1, left(2)).at(2, { kind: 'device.appeared', of: 3 }).at(3, { kind: 'device.appeared', of: 4 }).run();
  for (const name of ['mail', 'chat']) assert.equal(timesOf(stand, name).length, 4);
});

test('what is refused is tried again after 2 s, 4 s, 8 s, as the dice say a half to all of it, at most 5 min', () => {
  for (const [dice, waits] of [
    [1, [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]],
    [0, [1, 2, 4, 8, 16, 32, 64, 128, 150, 150]],
  ] as const) {
    const tries: number[] = [];
    const sink = (_: unknown, at: number) => {
      tries.push(at / SECOND);
      return tries.length > 10 ? taken() : refused();
    };
    new Stand({ sink, dice: () => dice }).at(0, left(1)).run();
    assert.deepEqual(
      tries.slice(1).map((at, i) => at - (tries[i] ?? 0)),
      waits,
    );
  }
});

test('R20: Retry-After wins when it is longer, and is believed for six hours at most', () => {
  for (const [after, waited] of [
    [10 * SECOND, 10],
    [1, 2],
    [DAY, 6 * 3600],
  ] as const) {
    let tries = 0;
    const stand = new Stand({ sink: () => (tries++ ? taken() : refused({ after })) }).at(0, left(1)).run();
    assert.deepEqual(timesOf(stand), [waited]);
  }
});

test('what is tried again holds those behind it in its channel, and in no other', () => {
  const stand = new Stand({
    terms: { channels: [channel('mail'), channel('chat')] },
    sink: ({ channel: to }, at) => (to === 'mail' && at < MINUTE ? refused() : taken()),
  });
  stand.at(0, left(1)).at(SECOND, left(2)).run();
  assert.deepEqual(timesOf(stand, 'chat'), [0, 1]);
  assert.deepEqual(timesOf(stand, 'mail'), [62, 62]);
  assert.deepEqual(
    stand.arrived.filter(({ channel: to }) => to === 'mail').map(({ row }) => row.id),
    [1, 3],
  );
});

test('while a channel is down no more than its ceiling waits of one rule; the rest folds into the last', () => {
  const stand = new Stand({ sink: (_, at) => (at < HOUR ? refused() : taken()) });
  for (let i = 0; i < 300; i++) stand.at(i * SECOND, left(i + 1));
  stand.run();
  assert.equal(stand.rows.size, 3);
  const [first, second, third] = stand.arrived.map(({ row }) => row);
  assert.deepEqual([first?.lines.length, second?.lines.length, third?.lines.length, third?.more], [1, 1, 200, 98]);
});

test('R21: poison is dead at once, others are not held, and the fallback channel tells it with its reason', () => {
  const stand = new Stand({
    terms: { channels: [channel('chat', { fallback: 'mail' }), channel('mail', { usual: false })] },
    sink: (row) =>
      row.channel === 'chat' && row.lines[0]?.seq === 1 ? refused({ again: false, what: 'message', reason: 'it answered 400' }) : taken(),
  });
  stand.at(0, left(1)).at(1, left(2)).run();
  assert.equal(stand.rows.get(1)?.state, 'dead');
  assert.equal(stand.rows.get(1)?.because, 'it answered 400; wait');
  assert.deepEqual(stand.told('chat'), ['opened host2.lan left']);
  assert.deepEqual(stand.told('mail'), ['fallback not delivered by chat: host1.lan left']);
  assert.match(stand.arrived[0]?.message.text ?? '', /chat could not deliver it: it answered 400; wait/);
});

test('a fallback that fails, too, is dead; two channels do not send each other round', () => {
  const channels = [channel('a', { fallback: 'b' }), channel('b', { fallback: 'a' })];
  const stand = new Stand({ terms: { channels }, sink: () => refused({ again: false }) }).at(0, left(1)).run();
  assert.ok(stand.rows.size <= 4);
  assert.ok([...stand.rows.values()].every(({ state }) => state === 'dead'));
});

test('what waits for a channel that does not exist any more is dead, and says so', () => {
  const stand = new Stand({ sink: () => refused() }).at(0, left(1)).at(1, left(2));
  stand.do(HOUR, () => {
    stand.terms = { ...stand.terms, channels: [] };
    stand.beat();
  });
  stand.run(2 * HOUR);
  assert.deepEqual(
    [...stand.rows.values()].map(({ state, because }) => [state, because]),
    [1, 2].map(() => ['dead', 'channel mail does not exist any more']),
  );
  assert.equal(wakeAt(stand.desk), null);
});

test('what is over before it could be told is told as over, in one message', () => {
  const stand = new Stand({ sink: (_, at) => (at < HOUR ? refused() : taken()) });
  stand
    .at(0, left(1))
    .at(10 * SECOND, left(2))
    .at(20 * SECOND, back(2))
    .run();
  assert.deepEqual(stand.told(), ['opened host1.lan left', 'opened over: host2.lan left']);
  assert.match(stand.arrived[1]?.message.text ?? '', /host2.lan left.*\(over\)/);
});

test('what comes into a message while it is on its way is told by another one', () => {
  const stand = new Stand({ latency: () => MINUTE });
  stand.at(0, left(1)).run(SECOND);
  const sent = nextTo(stand.desk, 'mail', stand.now);
  assert.ok(sent);
  const grown = { ...sent, lines: [...sent.lines, { ...sent.lines[0], seq: 99 } as (typeof sent.lines)[number]] };
  const memory = stand.memory();
  stand.rows.set(sent.id, grown);
  assert.equal(memory.notifications[0]?.lines.length, 1);
  const fresh = stand.restart();
  const { work } = settle(fresh, { id: sent.id, sent, delivery: taken(), terms: stand.terms, now: stand.now, dice: 0 });
  assert.deepEqual(
    work.notifications.map(({ id, state, lines }) => [id, state, lines.map(({ seq }) => seq)]),
    [
      [1, 'delivered', [1]],
      [2, 'waiting', [99]],
    ],
  );
});

test('a channel that can replace messages has one for each incident, completed and over in place', () => {
  const rules = [rule({ on: ['device.appeared', 'device.left'] })];
  const stand = new Stand({ terms: { rules, channels: [channel('chat', { edits: true }), channel('mail')] } });
  stand
    .at(0, { kind: 'device.appeared', of: 7 })
    .at(2 * SECOND, { kind: 'device.described', of: 7 })
    .at(3 * SECOND, { kind: 'device.edited', of: 7, device: { name: 'Anna' } })
    .at(4 * SECOND, { kind: 'device.edited', of: 7, device: { name: 'Annas phone' } })
    .at(HOUR, left(8))
    .at(2 * HOUR, back(8))
    .run();
  assert.deepEqual(stand.told('chat'), [
    'opened host7.lan is new',
    'edit host7.lan is new',
    'edit Annas phone is new',
    'opened host8.lan left',
    'edit over: host8.lan left',
  ]);
  assert.deepEqual(timesOf(stand, 'chat').slice(0, 3), [0, 2, 32]);
  assert.deepEqual(stand.told('mail'), ['opened host7.lan is new', 'opened host8.lan left', 'resolved over: host8.lan is back']);
  const [, first, second] = stand.arrived.filter(({ channel: to }) => to === 'chat');
  assert.deepEqual(
    [first, second].map((one) => [one?.message.alert?.replaces, one?.row.lines.map(({ seq }) => seq)]),
    [
      ['handle-1', [1, 2]],
      ['handle-1', [1, 2, 3, 4]],
    ],
  );
  assert.equal(new Set([first, second].map((one) => one?.message.alert?.thread)).size, 1);
});

test('where nothing can be replaced, or it is old news, an enrichment is quiet', () => {
  const described = { kind: 'device.described', of: 7 } as const;
  const rules = [rule({ on: ['device.appeared'] })];
  const plain = new Stand({ terms: { rules } }).at(0, { kind: 'device.appeared', of: 7 }).at(SECOND, described).run();
  assert.equal(plain.verdict(2), 'quiet edited');
  const late = new Stand({ terms: { rules, channels: [channel('chat', { edits: true })] } })
    .at(0, { kind: 'device.appeared', of: 7 })
    .at(HOUR, described)
    .run();
  assert.equal(late.verdict(2), 'quiet unasked');
});

test('a message that cannot be replaced after all is followed by one of its own', () => {
  const stand = new Stand({
    terms: { channels: [channel('chat', { edits: true })] },
    sink: (row) => (row.kind === 'edit' ? refused({ again: false, what: 'message' }) : taken('it')),
  });
  stand.at(0, left(7)).at(HOUR, back(7)).run();
  assert.deepEqual(stand.told('chat'), ['opened host7.lan left', 'joined host7.lan is back']);
});

test('the desk knows its messages: a late settlement of what is folded or dead counts as delivered, a second one as nothing', () => {
  const stand = new Stand({ sink: () => refused({ again: false }) }).at(0, left(1)).run(HOUR);
  const settled = settle(stand.desk, { id: 1, delivery: taken(), terms: stand.terms, now: stand.now, dice: 0 });
  assert.equal(settled.work.notifications[0]?.state, 'delivered');
  const again = settle(settled.desk, { id: 1, delivery: taken(), terms: stand.terms, now: stand.now, dice: 0 });
  assert.deepEqual(again.work.notifications, []);
  assert.deepEqual(settle(stand.desk, { id: 77, delivery: taken(), terms: stand.terms, now: stand.now, dice: 0 }).work.notifications, []);
});

test('every message of an incident to one channel is of one thread', () => {
  const stand = new Stand()
    .at(0, left(7))
    .at(HOUR, back(7))
    .at(2 * HOUR, left(8))
    .run();
  const threads = stand.arrived.map(({ row }) => messageOf(stand.desk, row).alert?.thread);
  assert.deepEqual(threads, ['tag-mail-i1', 'tag-mail-i1', 'tag-mail-i2']);
});

test('G5: what a person sends anew obeys the storm ceiling, and says so', () => {
  const stand = new Stand({
    terms: { channels: [channel('mail', { ceiling: 1 })] },
    sink: (_, at) => (at < MINUTE ? refused({ again: false }) : taken()),
  });
  stand.at(0, left(7)).at(MINUTE, left(8));
  stand.do(2 * MINUTE, () => stand.resend(1)).run(3 * MINUTE);
  assert.equal(stand.rows.get(1)?.because, 'storm ceiling of 1 in ten minutes until 2026-01-05 08:11');
  stand.run(DAY);
  assert.deepEqual(timesOf(stand), [60, 660]);
});

test('what a person sends anew does not wait for the end of quiet hours', () => {
  const quiet = windows('08:01-09:00');
  const stand = new Stand({ terms: { quiet }, sink: (_, at) => (at < MINUTE ? refused({ again: false }) : taken()) });
  stand.at(0, left(7));
  stand.do(2 * MINUTE, () => stand.resend(1)).run(DAY);
  assert.deepEqual(timesOf(stand), [120]);
});
