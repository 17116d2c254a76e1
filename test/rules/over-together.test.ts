import assert from 'node:assert/strict';
import { test } from 'node:test';
import { channel, rule, windows } from '../make/alerts.ts';
import { HOUR, MINUTE } from '../make/device.ts';
import { refused, Stand, taken } from './stand.ts';

/** The ends of what was told in one message. */

const SECOND = 1000;
const left = (of: number) => ({ kind: 'device.left', of }) as const;
const back = (of: number) => ({ kind: 'device.returned', of }) as const;
const RULES = [rule({ group: 'subject' })];
const EDITING = [channel('chat', { edits: true })];

const told = (stand: Stand, name: string): string[] =>
  stand.arrived.filter((one) => one.channel === name).map(({ at, row }) => `${at / MINUTE} ${row.kind} ${row.title}`);

/** Five that leave within seconds: two by themselves, three in one message. */
function five(stand: Stand): Stand {
  for (let i = 1; i <= 5; i++) stand.at(i * SECOND, left(i));
  return stand;
}

test('where a message can be replaced, the end of what it told among others is told in it', () => {
  const stand = five(new Stand({ terms: { rules: RULES, channels: EDITING } }))
    .at(HOUR, back(4))
    .at(2 * HOUR, back(3), back(5))
    .run(3 * HOUR);
  const shared = stand.arrived[2]?.row;
  assert.deepEqual(
    shared?.lines.map(({ device }) => device?.id),
    [3, 4, 5],
  );
  assert.deepEqual(told(stand, 'chat').slice(3), [
    '60 edit 3 devices left: host3.lan, host4.lan, host5.lan',
    '120 edit over: 3 devices left: host3.lan, host4.lan, host5.lan',
  ]);
  assert.ok(
    stand.arrived.slice(3).every(({ row, message }) => row.instead === shared?.id && message.alert?.replaces === `handle-${shared?.id}`),
  );
  assert.match(stand.arrived[3]?.message.text ?? '', /host4\.lan left, .* \(over\).*\n.*host5\.lan left, [^(]*\n.*host4\.lan is back/);
  assert.ok([...stand.incidents.values()].filter(({ closedAt }) => closedAt !== null).length === 3);
});

test('where a message that was to be replaced is gone, the ends are one of their own', () => {
  const stand = five(
    new Stand({
      terms: { rules: RULES, channels: EDITING },
      sink: (row) => (row.kind === 'edit' ? refused({ again: false, what: 'message' }) : taken(`handle-${row.id}`)),
    }),
  )
    .at(HOUR, back(4))
    .at(2 * HOUR, back(3), back(5))
    .run(3 * HOUR);
  assert.deepEqual(told(stand, 'chat').slice(3), [
    '60 joined host4.lan is back',
    '120.5 resolved over: 2 devices are back: host3.lan, host5.lan',
  ]);
});

test('where no message can be replaced, what was told together and ends together is over in one', () => {
  const stand = five(new Stand({ terms: { rules: RULES } }))
    .at(HOUR, back(4))
    .at(HOUR + 20 * SECOND, back(3), back(5))
    .at(2 * HOUR, back(1))
    .run(3 * HOUR);
  assert.deepEqual(told(stand, 'mail').slice(3), [
    '60.5 resolved over: 3 devices are back: host4.lan, host3.lan, host5.lan',
    '120 resolved over: host1.lan is back',
  ]);
});

test('what a digest told is over in the digest, where that can be replaced', () => {
  const stand = new Stand({ terms: { rules: RULES, channels: EDITING, quiet: windows('08:00-09:00') } })
    .at(MINUTE, left(1))
    .at(2 * MINUTE, left(2))
    .at(2 * HOUR, back(1))
    .run(3 * HOUR);
  assert.deepEqual(told(stand, 'chat'), [
    '60 digest held back: 2 devices left: host1.lan, host2.lan',
    '120 edit 2 devices left: host1.lan, host2.lan',
  ]);
});

test('a message that is full is not replaced by one that could not say what is over', () => {
  const stand = new Stand({ terms: { rules: RULES, channels: EDITING } });
  for (let i = 1; i <= 240; i++) stand.at(i * 100, left(i));
  stand.at(HOUR, back(100)).run(2 * HOUR);
  assert.equal(told(stand, 'chat').at(-1), '60.5 resolved over: host100.lan is back');
});
