import assert from 'node:assert/strict';
import { test } from 'node:test';
import { channel, rule } from '../make/alerts.ts';
import { HOUR, MINUTE } from '../make/device.ts';
import { Stand } from './stand.ts';

const SECOND = 1000;

test('a device that left is told at once, and that it is back', () => {
  const stand = new Stand().at(0, { kind: 'device.left', of: 7 }).at(HOUR, { kind: 'device.returned', of: 7 }).run();
  assert.deepEqual(stand.told(), ['opened host7.lan left', 'resolved over: host7.lan is back']);
  assert.deepEqual(
    stand.arrived.map(({ at }) => at),
    [0, HOUR],
  );
  assert.equal(stand.verdict(1), 'tell first');
  assert.equal(stand.verdict(2), 'tell resolved');
  assert.equal(stand.incidents.get(1)?.closedBy, 'over');
});

test('G5: 254 hosts lost at once, in as many commits within a minute, are three messages in ten minutes', () => {
  const stand = new Stand();
  for (let i = 1; i <= 254; i++) stand.at(Math.floor((i * MINUTE) / 254), { kind: 'device.left', of: i });
  stand.run();
  for (const { at, row } of stand.arrived) console.log(at, row.kind, row.title, row.lines.length, row.more, row.because);
});

test('on a channel that can, a message is completed, and told to be over, in place', () => {
  const stand = new Stand({
    terms: { rules: [rule({ on: ['device.appeared'] })], channels: [channel('mail', { edits: true }), channel('log')] },
  })
    .at(0, { kind: 'device.appeared', of: 7 })
    .at(2 * SECOND, { kind: 'device.described', of: 7 })
    .at(3 * SECOND, { kind: 'device.edited', of: 7 })
    .run();
  for (const { at, channel, row, message } of stand.arrived) console.log(at, channel, row.kind, row.title, message.text);
  for (const v of stand.verdicts.values()) console.log(v.rules[0]);
});
